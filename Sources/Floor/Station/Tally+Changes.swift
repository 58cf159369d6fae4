extension Tally {
  /// Counts goods that were found admissible.
  ///
  /// - Parameter package: The package that they went into or came in, noted as the last one.
  mutating func count(_ goods: [Confirmation.Line], package: String? = nil, fills: Bool = false) {
    var new: [String] = []
    if fills, let package, note(package) { new.append(package) }
    remember(
      .counted(goods, lastPackage: lastPackage, awaited: awaitingLot, newPackages: new)
    )
    for line in goods { add(line) }
    awaitingLot = nil
    if let package { lastPackage = package }
  }

  /// Waits for the lot or serial number of a scanned product.
  mutating func awaitLot(_ lot: AwaitingLot) {
    remember(.awaited(before: awaitingLot))
    awaitingLot = lot
  }

  /// Puts all lines that are in no package into `package`.
  mutating func pack(into package: String) {
    let loose = lines.filter { $0.package == nil }
    let isNew = note(package)
    move(loose, from: nil, to: package)
    remember(.packed(loose, into: package, lastPackage: lastPackage, isNew: isNew))
    lastPackage = package
  }

  /// Opens `package` for the counts that follow.
  mutating func open(package: String) {
    let isNew = note(package)
    remember(
      .packageOpened(package, before: openPackage, lastPackage: lastPackage, isNew: isNew)
    )
    openPackage = package
    lastPackage = package
  }

  /// Notes the gross weight of a package in kilograms.
  mutating func weigh(_ package: String, kilograms: Quantity) {
    let isNew = note(package)
    guard let index = packages.firstIndex(where: { $0.name == package }) else { return }
    remember(
      .weighed(package, before: packages[index].weight, lastPackage: lastPackage, isNew: isNew)
    )
    packages[index].weight = kilograms
    lastPackage = package
  }

  /// Sets the carrier's tracking reference.
  mutating func track(_ reference: String) {
    remember(.tracked(before: tracking))
    tracking = reference
  }

  /// Takes the last change back; false if nothing can be taken back.
  mutating func undo() -> Bool {
    guard let change = history.popLast() else { return false }
    switch change {
    case .counted(let goods, let last, let awaited, let new):
      for line in goods { subtract(line) }
      packages.removeAll { new.contains($0.name) }
      lastPackage = last
      awaitingLot = awaited
    case .awaited(let before): awaitingLot = before
    case .packed(let loose, let package, let last, let isNew):
      move(loose, from: package, to: nil)
      if isNew { packages.removeAll { $0.name == package } }
      lastPackage = last
    case .packageOpened(let package, let before, let last, let isNew):
      if isNew { packages.removeAll { $0.name == package } }
      openPackage = before
      lastPackage = last
    case .weighed(let package, let before, let last, let isNew):
      if let index = packages.firstIndex(where: { $0.name == package }) {
        packages[index].weight = before
      }
      if isNew { packages.removeAll { $0.name == package } }
      lastPackage = last
    case .tracked(let before): tracking = before
    }
    return true
  }

  private mutating func remember(_ change: Change) {
    history.append(change)
    if history.count > Self.historyLimit { history.removeFirst() }
  }

  /// Adds `package` to the list if it is not there; true if it was added.
  private mutating func note(_ package: String) -> Bool {
    if packages.contains(where: { $0.name == package }) { return false }
    packages.append(Confirmation.Package(name: package))
    return true
  }

  private mutating func move(
    _ goods: [Confirmation.Line],
    from source: String?,
    to destination: String?
  ) {
    for var line in goods {
      line.package = source
      subtract(line)
      line.package = destination
      add(line)
    }
  }

  private mutating func add(_ line: Confirmation.Line) {
    if let index = lines.firstIndex(where: { $0.isSameGoods(as: line) }) {
      lines[index].quantity += line.quantity
    } else {
      let index = lines.firstIndex { line.isBefore($0) } ?? lines.endIndex
      lines.insert(line, at: index)
    }
  }

  private mutating func subtract(_ line: Confirmation.Line) {
    guard let index = lines.firstIndex(where: { $0.isSameGoods(as: line) }) else { return }
    lines[index].quantity -= line.quantity
    if lines[index].quantity <= .zero { lines.remove(at: index) }
  }
}

extension Confirmation.Line {
  /// True if only the quantity may differ.
  func isSameGoods(as other: Self) -> Bool {
    productID == other.productID && lot == other.lot && package == other.package
      && sourcePackage == other.sourcePackage
  }

  /// The order of a tally's lines.
  func isBefore(_ other: Self) -> Bool {
    if productID != other.productID { return productID < other.productID }
    if lot != other.lot { return (lot ?? "") < (other.lot ?? "") }
    if sourcePackage != other.sourcePackage {
      return (sourcePackage ?? "") < (other.sourcePackage ?? "")
    }
    return (package ?? "") < (other.package ?? "")
  }
}
