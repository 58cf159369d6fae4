extension Tally {
  /// Counts goods that were found admissible.
  ///
  /// - Parameters:
  ///   - package: The package that they went into or came in, noted as the last one.
  ///   - fills: True if they went into it here, so that it is a package of this tally.
  mutating func count(_ goods: [Confirmation.Line], package: String? = nil, fills: Bool = false) {
    var change = Change()
    if fills, let package { note(package, &change) }
    for line in goods {
      add(line)
      change.added.append(line)
    }
    var after = marks
    // What else is counted meanwhile does not bring the lot that is waited for.
    if let waiting = after.awaitingLot, goods.contains(where: { $0.productID == waiting.productID })
    {
      after.awaitingLot = nil
    }
    if let package { after.lastPackage = package }
    set(after, &change)
    remember(change)
  }

  /// Makes all changes since `before` one, so that one *cancel* takes back one event.
  mutating func mergeChanges(since before: Tally) {
    guard self != before, history != before.history else { return }
    var change = Change()
    for line in lines {
      var part = line
      part.quantity -= before.quantity(of: line)
      if part.quantity > .zero { change.added.append(part) }
    }
    for line in before.lines {
      var part = line
      part.quantity -= quantity(of: line)
      if part.quantity > .zero { change.removed.append(part) }
    }
    for package in packages {
      let old = before.packages.first { $0.name == package.name }
      if old != package { change.packages.append(PackageChange(name: package.name, before: old)) }
    }
    if marks != before.marks { change.marks = before.marks }
    change.overrides = overrides.count - before.overrides.count
    history = before.history
    remember(change)
  }

  private func quantity(of goods: Confirmation.Line) -> Quantity {
    lines.first { $0.isSameGoods(as: goods) }?.quantity ?? .zero
  }

  /// Waits for the lot or serial number of a scanned product.
  mutating func awaitLot(_ lot: AwaitingLot) { mark { $0.awaitingLot = lot } }

  /// Puts all lines that are in no package into `package`.
  mutating func pack(into package: String) {
    var change = Change()
    note(package, &change)
    for line in lines where line.package == nil {
      var packed = line
      packed.package = package
      subtract(line)
      add(packed)
      change.removed.append(line)
      change.added.append(packed)
    }
    var after = marks
    after.lastPackage = package
    set(after, &change)
    remember(change)
  }

  /// Opens `package` for the counts that follow.
  mutating func open(package: String) {
    var change = Change()
    note(package, &change)
    var after = marks
    after.openPackage = package
    after.lastPackage = package
    set(after, &change)
    remember(change)
  }

  /// Lets the counts that follow be loose.
  mutating func closePackage() { mark { $0.openPackage = nil } }

  /// Changes what is known of a package of this tally, and notes it as the last one.
  mutating func change(_ package: String, _ body: (inout Confirmation.Package) -> Void) {
    var change = Change()
    note(package, &change)
    if let index = packages.firstIndex(where: { $0.name == package }) {
      if !change.packages.contains(where: { $0.name == package }) {
        change.packages.append(PackageChange(name: package, before: packages[index]))
      }
      body(&packages[index])
    }
    var after = marks
    after.lastPackage = package
    set(after, &change)
    remember(change)
  }

  /// Notes the gross weight of a package in kilograms.
  mutating func weigh(_ package: String, kilograms: Quantity) {
    change(package) { $0.weight = kilograms }
  }

  /// Sets the carrier's tracking reference.
  mutating func track(_ reference: String) { mark { $0.tracking = reference } }

  /// Adds to the last change that a supervisor let it pass.
  mutating func letPass(_ override: Confirmation.Override) {
    overrides.append(override)
    if history.isEmpty { history.append(Change()) }
    history[history.count - 1].overrides += 1
  }

  /// Takes the last change back; false if nothing can be taken back.
  mutating func undo() -> Bool {
    guard let change = history.popLast() else { return false }
    for line in change.added { subtract(line) }
    for line in change.removed { add(line) }
    for package in change.packages.reversed() {
      let index = packages.firstIndex { $0.name == package.name }
      if let before = package.before {
        if let index { packages[index] = before }
      } else if let index {
        packages.remove(at: index)
      }
    }
    if let before = change.marks { marks = before }
    overrides.removeLast(min(change.overrides, overrides.count))
    return true
  }

  private mutating func mark(_ body: (inout Marks) -> Void) {
    var change = Change()
    var after = marks
    body(&after)
    set(after, &change)
    remember(change)
  }

  private mutating func set(_ after: Marks, _ change: inout Change) {
    guard after != marks else { return }
    change.marks = marks
    marks = after
  }

  private mutating func remember(_ change: Change) {
    history.append(change)
    if history.count > Self.historyLimit { history.removeFirst() }
  }

  /// Adds `package` to the list if it is not there.
  private mutating func note(_ package: String, _ change: inout Change) {
    if packages.contains(where: { $0.name == package }) { return }
    packages.append(Confirmation.Package(name: package))
    change.packages.append(PackageChange(name: package, before: nil))
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
      && sourcePackage == other.sourcePackage && expires == other.expires
  }

  /// The order of a tally's lines.
  func isBefore(_ other: Self) -> Bool {
    if productID != other.productID { return productID < other.productID }
    if lot != other.lot { return (lot ?? "") < (other.lot ?? "") }
    if sourcePackage != other.sourcePackage {
      return (sourcePackage ?? "") < (other.sourcePackage ?? "")
    }
    if package != other.package { return (package ?? "") < (other.package ?? "") }
    return (expires ?? 0) < (other.expires ?? 0)
  }
}
