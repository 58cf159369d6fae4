internal import Floor
internal import JSON

/// A transfer as one pass of reads found it.
struct TransferSnapshot {
  var id = 0
  var name = ""
  /// Odoo's state; `gone` if there is no such record.
  var state = State.gone
  var companyID: Int?
  var tracking: String?
  var backorders: [ApplyOutcome.Backorder] = []
  var moves: [Move] = []
  var lines: [Line] = []
  var lots: [Lot] = []
  var packages: [Package] = []

  enum State: String {
    case gone, draft, waiting, confirmed, assigned, done, cancel
  }

  struct Move {
    var id: Int
    var productID: Int
    var demand: Quantity
    var state: String
    var locationID: Int
    var destinationID: Int
    var next: [Int]
    var unit: Unit?
  }

  /// A unit of measure.
  struct Unit: Equatable {
    var id: Int
    /// How much of the reference unit it is; nil if Odoo does not tell.
    var ratio: Quantity?
    /// The step to which Odoo rounds quantities in it.
    var rounding: Quantity?
  }

  struct Line: Equatable {
    var id: Int
    var moveID: Int?
    var productID: Int
    /// How much, in the unit of the move.
    var quantity: Quantity
    /// The line's own unit where it is not the move's.
    var unit: Unit?
    /// By how much the quantity may be off because its own unit is rounded otherwise.
    var slack = Quantity.zero
    var picked: Bool
    var lotID: Int?
    var lotName: String?
    var packageID: Int?
    var resultPackageID: Int?
    var locationID: Int
    var destinationID: Int
    var state: String
    /// The datetime text of the expiration date that a new lot gets.
    var expires: String?

    /// True while it can be written to without moving stock.
    var isOpen: Bool { state != "done" && state != "cancel" }
  }

  struct Lot {
    var id: Int
    var name: String
    var productID: Int
    var companyID: Int?
  }

  struct Package {
    var id: Int
    var name: String
    var locationID: Int?
    var weight: Quantity?
    var typeID: Int?
    /// The package that it is in, or will be in after the validation.
    var containerID: Int?
  }

  /// Moves that still have to be done.
  var openMoves: [Move] { moves.filter { $0.state != "done" && $0.state != "cancel" } }

  /// Ids of the lots of a product with a name.
  func lotIDs(_ name: String, of productID: Int) -> [Int] {
    lots.filter { $0.name == name && $0.productID == productID }.map(\.id)
  }

  /// Ids of the packages with a name.
  func packageIDs(_ name: String) -> [Int] {
    packages.filter { $0.name == name }.map(\.id)
  }
}
