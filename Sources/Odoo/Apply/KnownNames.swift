public import Floor
public import JSON

/// Which lots and packages Odoo has of those that many confirmations name, asked for at once.
///
/// A backlog drains with one question per model for dozens of transfers instead of one for each. It
/// is to be used for seconds only. What it says is believed for the first pass of a plan; as soon as
/// anything has gone wrong the plan asks for itself.
public struct KnownNames: Sendable {
  private struct LotName: Hashable {
    var productID: Int
    var name: String
  }

  private(set) var lots: [TransferSnapshot.Lot] = []
  private(set) var packages: [TransferSnapshot.Package] = []
  private var askedLots: Set<LotName> = []
  private var askedPackages: Set<String> = []
  private var hasLots = false
  private var hasPackages = false

  /// Most names of one question.
  private static let limit = 500

  var isEmpty: Bool { !hasLots && !hasPackages }

  /// Nothing is known.
  public init() {}

  /// What is to be asked for confirmations; the answers go to `take`.
  public init(of confirmations: [Confirmation]) {
    for confirmation in confirmations {
      for line in confirmation.lines where line.quantity > .zero {
        guard let lot = line.lot, askedLots.count < Self.limit else { continue }
        askedLots.insert(LotName(productID: line.productID, name: lot))
      }
      guard askedPackages.count < Self.limit else { continue }
      askedPackages.formUnion(confirmation.packageNames)
    }
  }

  /// The calls that ask, at most one per model; none if there is nothing to ask for.
  public func questions(_ fields: OdooFields) -> [OdooCall] {
    var calls: [OdooCall] = []
    if !askedLots.isEmpty {
      calls.append(
        fields.search(
          "stock.lot",
          [
            ["product_id", "in", list(Set(askedLots.map(\.productID)).sorted().map { .int($0) })],
            ["name", "in", list(Set(askedLots.map(\.name)).sorted().map { .string($0) })],
          ]
        )
      )
    }
    if !askedPackages.isEmpty {
      calls.append(
        fields.search(
          fields.packageModel,
          [["name", "in", list(askedPackages.sorted().map { .string($0) })]]
        )
      )
    }
    return calls
  }

  private func list(_ values: [JSON]) -> JSON { .array(values) }

  /// Takes the answer to one of the questions; false if it is not shaped as Odoo's are.
  public mutating func take(_ call: OdooCall, _ answer: JSON) -> Bool {
    var snapshot = TransferSnapshot()
    do throws(UnexpectedAnswer) {
      if call.model == "stock.lot" {
        try snapshot.takeLots(answer)
        lots = snapshot.lots
        hasLots = true
      } else {
        try snapshot.takePackages(answer)
        packages = snapshot.packages
        hasPackages = true
      }
    } catch {
      return false
    }
    return true
  }

  /// True if all that a confirmation names was asked for and answered.
  public func covers(_ confirmation: Confirmation) -> Bool {
    confirmation.lines.allSatisfy { line in
      line.lot.map { knowsLot($0, of: line.productID) } ?? true
    } && confirmation.packageNames.allSatisfy { knowsPackage($0) }
  }

  func knowsLot(_ name: String, of productID: Int) -> Bool {
    hasLots && askedLots.contains(LotName(productID: productID, name: name))
  }

  func knowsPackage(_ name: String) -> Bool { hasPackages && askedPackages.contains(name) }
}

extension Confirmation {
  /// Names of all packages that it speaks of.
  var packageNames: Set<String> {
    Set(
      lines.compactMap(\.package) + lines.compactMap(\.sourcePackage) + packages.map(\.name)
        + packages.compactMap(\.parent)
    )
  }
}
