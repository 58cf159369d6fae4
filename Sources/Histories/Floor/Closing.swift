internal import Floor

/// Goods as a person on the floor counted them; whole pieces, by Odoo's codes and names.
struct Goods: Hashable {
  var product: String
  var lot: String?
  /// The package that they came in.
  var source: String?
  /// The package that they are in now.
  var package: String?
  var quantity: Int
}

/// What really happened on the floor when a tally was closed: the truth that Odoo is checked
/// against.
struct Closing {
  let uuid: String
  let number: Int
  let chain: String
  let step: Transfer.Step
  let from: String
  let to: String
  let goods: [Goods]
  /// Packages that were weighed, with their kilograms.
  let weights: [String: Int]
  let tracking: String?
  /// Why a person must be asked about it, whatever Odoo does; nil where it is as it should be.
  let flaw: Flaw?
  let confirmation: Confirmation

  /// Something about a count that Odoo cannot agree to.
  enum Flaw: String, CaseIterable {
    /// A lot that Odoo does not know.
    case lotUnknown = "lot_unknown"
    /// A product that the transfer does not ask for.
    case productNotInTransfer = "product_not_in_transfer"
    /// A name that Odoo has no transfer of.
    case nameUnknown = "blind_not_found"
  }
}
