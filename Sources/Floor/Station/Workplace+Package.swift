internal import Barcodes

extension Workplace {
  /// The name of the package that a code stands for; nil if it stands for none.
  ///
  /// A package is an SSCC, a name that the transfer or the mirror knows, or one that Odoo prints
  /// (`PACK…`).
  func packageName(_ code: Barcode, in tally: Tally) -> String? {
    if let digits = code.sscc { return digits }
    let text = code.text
    if code.gtin == nil, tally.knowsPackage(text) || lookup.hasPackage(named: text) { return text }
    return code.odooName == .package ? text : nil
  }

  /// A package in the open transfer: taken whole, put into the open one, or to be filled.
  mutating func packageScanned(_ package: String, _ before: Tally) throws(Refusal) -> Verdict {
    var tally = before
    if try countWhole(package, in: &tally) {
      return finish(tally, Messages.countedPackage(package, tally))
    }
    if let parent = tally.marks.openPackage, parent != package,
      !tally.stands(parent, in: package),
      tally.lines.contains(where: { $0.package == package })
    {
      return nest(package, in: parent, tally)
    }
    try requireFree(package, in: tally)
    if tally.lines.contains(where: { $0.package == nil }) {
      var into = package
      if breaks(.wrongPackage), let first = tally.packages.first { into = first.name }
      tally.pack(into: into)
      station.tally = tally
      return accept(.packed, Messages.packed(package))
    }
    tally.open(package: package)
    station.tally = tally
    return accept(.packageOpened, Messages.packageOpened(package))
  }

  private mutating func nest(_ package: String, in parent: String, _ before: Tally) -> Verdict {
    var tally = before
    tally.change(package) { $0.parent = parent }
    station.tally = tally
    return accept(.nested, Messages.nested(package, parent))
  }

  /// Counts all that the transfer expects out of a package that arrives whole; false if the
  /// transfer expects nothing out of it.
  mutating func countWhole(_ package: String, in tally: inout Tally) throws(Refusal) -> Bool {
    var goods: [Confirmation.Line] = []
    for move in tally.transfer.moves {
      for line in move.lines where line.package?.name == package {
        goods.append(
          Confirmation.Line(
            productID: move.productID,
            lot: line.lot?.name,
            sourcePackage: package,
            package: line.resultPackage?.name ?? package,
            quantity: move.inProductUnits(line.quantity)
          )
        )
      }
    }
    guard !goods.isEmpty else { return false }
    if tally.lines.contains(where: { $0.sourcePackage == package }) {
      throw Refusal(.packageTwice, Messages.packageTwice(package))
    }
    if let other = others.station(taking: package, tally, except: name) {
      throw Refusal(.packageElsewhere, Messages.packageElsewhere(package, station: other))
    }
    var sums: [Int: Quantity] = [:]
    for line in goods { sums[line.productID, default: .zero] += line.quantity }
    for (product, sum) in sums.sorted(by: { $0.key < $1.key }) {
      try requireRoom(product, sum, productName(product), in: tally)
    }
    for line in goods { try requireLot(of: line, in: tally) }
    tally.count(goods, package: package)
    return true
  }

  /// Refuses goods in a package whose lot or serial number was counted out of another one, or loose.
  private func requireLot(of line: Confirmation.Line, in tally: Tally) throws(Refusal) {
    guard let lot = line.lot else { return }
    let goods = Goods(productID: line.productID, quantity: line.quantity, lot: lot)
    if lookup.product(id: line.productID)?.tracking == .serial {
      try requireFree(goods, serial: lot, in: tally)
    }
    if tally.isArrival { try requireArrived(goods, lot, productName(line.productID), in: tally) }
  }

  /// Refuses a package that cannot be filled here: in use at another station, closed with other
  /// goods, or full of goods that Odoo knows.
  func requireFree(_ package: String, in tally: Tally) throws(Refusal) {
    if let other = others.station(using: package, except: name) {
      throw Refusal(.packageElsewhere, Messages.packageElsewhere(package, station: other))
    }
    if let other = station.tallies.first(where: { held in
      held.target != tally.target && held.packages.contains { $0.name == package }
    }) {
      throw Refusal(
        .packageElsewhere,
        Messages.packageElsewhere(package, station: other.transfer.name)
      )
    }
    guard !tally.knowsPackage(package) else { return }
    if let closed = lookup.closures(naming: package).last(where: { closure in
      closure.confirmation.packages.contains { $0.name == package }
        || closure.confirmation.lines.contains { $0.package == package }
    }) {
      throw Refusal(
        .packageElsewhere,
        Messages.packageElsewhere(package, station: closed.confirmation.transferName)
      )
    }
    if lookup.package(named: package)?.locationID != nil {
      throw Refusal(.packageNotEmpty, Messages.packageNotEmpty(package))
    }
  }

  /// A new package with a number of the site's own.
  mutating func newPackage() -> Verdict {
    guard let tally = station.tally else { return refuse(.nothingOpen, Messages.nothingOpen) }
    guard let range = site.packageNumbers, let next = nextPackage else {
      return refuse(.commandUnavailable, Messages.scanPackageLabel)
    }
    guard next <= range.last,
      let number = try? SSCC.make(
        extensionDigit: range.extensionDigit,
        companyPrefix: range.companyPrefix,
        serial: UInt64(next)
      )
    else { return refuse(.noPackageNumbers, Sentence(.noPackageNumbers)) }
    do throws(Refusal) {
      let verdict = try packageScanned(number, tally)
      nextPackage = next + 1
      return verdict
    } catch {
      return refuse(error)
    }
  }

  /// What is counted next is loose again.
  mutating func closePackage() -> Verdict {
    guard var tally = station.tally, let package = tally.marks.openPackage else {
      return refuse(.noPackage, Messages.noPackageOpen)
    }
    tally.closePackage()
    station.tally = tally
    return accept(.packageClosed, Messages.packageClosed(package))
  }

  /// Says what kind of carton or pallet the last package is.
  mutating func packageTyped(_ type: PackageType, _ before: Tally) throws(Refusal) -> Verdict {
    guard let package = before.marks.openPackage ?? before.marks.lastPackage else {
      throw Refusal(.noPackage, Messages.noPackage)
    }
    if let wanted = type.carrierType, let carrier = before.transfer.carrierType,
      wanted != carrier
    {
      throw Refusal(
        .wrongCarton,
        Messages.wrongCarton(type.name, before.transfer.carrier ?? carrier)
      )
    }
    var tally = before
    tally.change(package) { $0.typeID = type.id }
    station.tally = tally
    return accept(.packageTyped, Messages.packageTyped(package, type.name))
  }
}

extension Tally {
  /// True if a package stands inside another one, or inside one that does.
  func stands(_ package: String, in other: String) -> Bool {
    var name = package
    for _ in packages {
      guard let parent = packages.first(where: { $0.name == name })?.parent else { return false }
      if parent == other { return true }
      name = parent
    }
    return false
  }

  /// True if a package is named by the transfer or was touched here.
  func knowsPackage(_ name: String) -> Bool {
    packages.contains { $0.name == name }
      || transfer.moves.contains { move in
        move.lines.contains { $0.package?.name == name || $0.resultPackage?.name == name }
      }
  }
}

extension Floor {
  /// The other station that has already taken goods out of a package.
  func station(taking package: String, _ tally: Tally, except name: String) -> String? {
    stations.filter { entry in
      entry.key != name
        && entry.value.tallies.contains { held in
          held.target != tally.target
            && held.transfer.operation.step == tally.transfer.operation.step
            && held.lines.contains { $0.sourcePackage == package }
        }
    }.keys.min()
  }
}
