internal import Barcodes

extension Workplace {
  /// The name of the package that a code stands for; nil if it stands for none.
  ///
  /// A package is an SSCC, a name that the transfer or the mirror knows, or one that Odoo prints
  /// (`PACK…`).
  func packageName(_ code: ScannedCode, in tally: Tally) -> String? {
    if let digits = SSCC.digits(of: code) { return digits }
    let text = code.text
    let known =
      tally.packages.contains { $0.name == text }
      || tally.transfer.moves.contains { move in
        move.lines.contains { $0.package?.name == text || $0.resultPackage?.name == text }
      }
    if known || lookup.hasPackage(named: text) { return text }
    let isOdoos = text.utf8.count > 4 && text.uppercased().hasPrefix("PACK")
    return isOdoos ? text : nil
  }

  /// Counts all that the transfer expects out of a package that arrives whole; false if the
  /// transfer expects nothing out of it.
  func countWhole(_ package: String, in tally: inout Tally) throws(Refusal) -> Bool {
    var goods: [Confirmation.Line] = []
    for move in tally.transfer.moves {
      for line in move.lines where line.package?.name == package {
        goods.append(
          Confirmation.Line(
            productID: move.productID,
            lot: line.lot?.name,
            sourcePackage: package,
            package: line.resultPackage?.name ?? package,
            quantity: line.quantity
          )
        )
      }
    }
    guard !goods.isEmpty else { return false }
    if tally.lines.contains(where: { $0.sourcePackage == package }) {
      throw Refusal(.packageTwice, Messages.packageTwice(package))
    }
    var sums: [Int: Quantity] = [:]
    for line in goods { sums[line.productID, default: .zero] += line.quantity }
    for (product, sum) in sums.sorted(by: { $0.key < $1.key }) {
      let demand = tally.demand(of: product)
      guard tally.counted(of: product) + sum <= demand else {
        throw Refusal(.tooMany, Messages.tooMany(productName(product), demand: demand))
      }
    }
    tally.count(goods, package: package)
    return true
  }

  /// Refuses a package that the open transfer of another station uses.
  func requireFree(_ package: String) throws(Refusal) {
    if let other = others.station(using: package, except: name) {
      throw Refusal(.packageElsewhere, Messages.packageElsewhere(package, station: other))
    }
  }

  /// Notes a weight on its package.
  mutating func weighed(_ weight: EventBody.Weight) -> Verdict {
    guard var tally = station.tally else { return refuse(.nothingOpen, Messages.nothingOpen) }
    do throws(Refusal) {
      let package = try weigh(weight, in: &tally)
      station.tally = tally
      return accept(.weighed, Messages.weighed(package, weight.kilograms))
    } catch {
      return refuse(error.code, error.message)
    }
  }

  private func weigh(
    _ weight: EventBody.Weight,
    in tally: inout Tally
  ) throws(Refusal) -> String {
    guard weight.stable else { throw Refusal(.weightUnstable, Messages.weightUnstable) }
    guard weight.kilograms > .zero, weight.kilograms <= Self.heaviest else {
      throw Refusal(.weightImplausible, Messages.weightImplausible(weight.kilograms))
    }
    let packages = Set(tally.lines.compactMap(\.package))
    guard
      let package = weight.package ?? tally.lastPackage
        ?? (packages.count == 1 ? packages.first : nil)
    else { throw Refusal(.noPackage, Messages.noPackage) }
    try requireFree(package)
    tally.weigh(package, kilograms: weight.kilograms)
    return package
  }

  /// Heaviest load in kilograms that is believed.
  static var heaviest: Quantity { Quantity(20_000) }
}
