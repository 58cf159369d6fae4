public import Floor
public import Odoo

extension Edit {
  /// What is known besides the confirmation.
  public struct Knowledge: Sendable {
    /// What the exception said, line by line.
    public var versions: ApplyException.Versions?
    /// How products are tracked, by their database ids; those that are left out are not checked.
    public var tracking: [Int: Product.Tracking]

    /// What is known.
    public init(
      versions: ApplyException.Versions?,
      tracking: [Int: Product.Tracking] = [:]
    ) {
      self.versions = versions
      self.tracking = tracking
    }
  }

  /// The corrected confirmation.
  ///
  /// It goes by `key` in Odoo from now on, remembers the packages that its earlier contents named,
  /// and is compared with what Odoo was seen to ask for last.
  public func applied(
    to old: Confirmation,
    key: String,
    knowing known: Knowledge
  ) throws(DecisionProblem) -> Confirmation {
    var new = old
    for change in lines { try apply(change, to: &new) }
    new.lines.removeAll { $0.quantity == .zero }
    new.lines = Self.merged(new.lines + added)
    if let tracking {
      try Self.requireName(tracking, "the tracking reference")
      new.tracking = tracking
    }
    if let rest { new.rest = rest }
    guard !new.lines.isEmpty else {
      throw DecisionProblem("Nothing would be left to apply: drop it instead of editing it.")
    }
    guard new != old else {
      throw DecisionProblem("The edit changes nothing: say what is to be otherwise, or retry.")
    }
    new.renamePackages(of: old)
    try Self.check(new, old, known)
    return new.revised(key: key, from: old, known.versions)
  }

  private func apply(
    _ change: LineChange,
    to confirmation: inout Confirmation
  ) throws(DecisionProblem) {
    let index = change.number - 1
    guard confirmation.lines.indices.contains(index) else {
      throw DecisionProblem(
        "There is no line \(change.number): the count has lines 1 to \(confirmation.lines.count)."
      )
    }
    var line = confirmation.lines[index]
    if let quantity = change.quantity { line.quantity = quantity }
    line.lot = change.lot.applied(to: line.lot)
    line.package = change.package.applied(to: line.package)
    line.sourcePackage = change.sourcePackage.applied(to: line.sourcePackage)
    confirmation.lines[index] = line
  }

  /// Lines of the same product, lot and packages become one.
  private static func merged(_ lines: [Confirmation.Line]) -> [Confirmation.Line] {
    var merged: [Confirmation.Line] = []
    for line in lines {
      let same = merged.firstIndex { other in
        other.productID == line.productID && other.lot == line.lot
          && other.package == line.package && other.sourcePackage == line.sourcePackage
      }
      if let same {
        merged[same].quantity += line.quantity
      } else {
        merged.append(line)
      }
    }
    return merged
  }

  private static func check(
    _ new: Confirmation,
    _ old: Confirmation,
    _ known: Knowledge
  ) throws(DecisionProblem) {
    guard new.lines.count <= lineLimit else {
      throw DecisionProblem("\(new.lines.count) lines are too many: at most \(lineLimit).")
    }
    let products = Set(
      old.lines.map(\.productID) + old.seen.map(\.productID)
        + (known.versions?.lines.map(\.productID) ?? [])
    )
    var serials: Set<[String]> = []
    for (index, line) in new.lines.enumerated() {
      let place = "line \(index + 1)"
      guard products.contains(line.productID) else {
        throw DecisionProblem(
          "\(place): product \(line.productID) does not belong to \(new.transferName). "
            + "Add it to the order in Odoo first."
        )
      }
      guard line.quantity > .zero, line.quantity <= .limit else {
        throw DecisionProblem("\(place): expected a quantity above 0, got \(line.quantity).")
      }
      for name in [line.lot, line.package, line.sourcePackage].compactMap(\.self) {
        try requireName(name, place)
      }
      try check(line, place, known.tracking[line.productID], &serials)
    }
    try checkSums(new, old, known.versions)
  }

  private static func check(
    _ line: Confirmation.Line,
    _ place: String,
    _ tracking: Product.Tracking?,
    _ serials: inout Set<[String]>
  ) throws(DecisionProblem) {
    switch tracking {
    case nil: return
    case .some(.none):
      guard line.lot == nil else {
        throw DecisionProblem("\(place): product \(line.productID) has no lots or serial numbers.")
      }
    case .lot:
      guard line.lot != nil else {
        throw DecisionProblem("\(place): product \(line.productID) needs a lot.")
      }
    case .serial:
      guard let serial = line.lot else {
        throw DecisionProblem("\(place): product \(line.productID) needs a serial number.")
      }
      guard line.quantity == .one else {
        throw DecisionProblem(
          "\(place): serial number \(serial) is one unit, not \(line.quantity)."
        )
      }
      guard serials.insert(["\(line.productID)", serial]).inserted else {
        throw DecisionProblem("\(place): serial number \(serial) is on two lines.")
      }
    }
  }

  /// No more than Odoo asks for, unless the floor had counted more already.
  private static func checkSums(
    _ new: Confirmation,
    _ old: Confirmation,
    _ versions: ApplyException.Versions?
  ) throws(DecisionProblem) {
    let asked = old.asked(versions)
    guard !asked.isEmpty else { return }
    for product in Set(new.lines.map(\.productID)).sorted() {
      let counted = new.counted(of: product)
      let most = max(asked[product] ?? .zero, old.counted(of: product))
      guard counted <= most else {
        throw DecisionProblem(
          "product \(product): \(counted) is more than the \(most) that may be applied. Raise the "
            + "order in Odoo first, then retry."
        )
      }
    }
  }

  static func requireName(_ name: String, _ place: String) throws(DecisionProblem) {
    let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard !name.isEmpty, name.utf8.count <= nameLimit, isPlain else {
      throw DecisionProblem(
        "\(place): expected a name of 1 to \(nameLimit) bytes without control characters."
      )
    }
  }
}

extension Confirmation {
  /// How much was counted of a product.
  func counted(of product: Int) -> Quantity {
    lines.reduce(into: .zero) { if $1.productID == product { $0 += $1.quantity } }
  }

  /// What Odoo asks for of each product: as it was seen last, else as it was at closing.
  func asked(_ versions: ApplyException.Versions?) -> [Int: Quantity] {
    var asked: [Int: Quantity] = [:]
    if let versions, versions.basis == .asked {
      for line in versions.lines { asked[line.productID, default: .zero] += line.odoo ?? .zero }
    } else {
      for move in seen { asked[move.productID, default: .zero] += move.demand }
    }
    return asked
  }

  /// A package that no line names any more, and in whose place exactly one new name came, is called
  /// by that name: its weight and type stay with it.
  mutating func renamePackages(of old: Confirmation) {
    for index in packages.indices {
      let name = packages[index].name
      let before = old.lines.filter { $0.package == name }
      guard !before.isEmpty, !lines.contains(where: { $0.package == name }) else { continue }
      let known = Set(old.lines.compactMap(\.package) + packages.map(\.name))
      let new = Set(lines.compactMap(\.package)).subtracting(known)
      guard new.count == 1, let first = new.first else { continue }
      packages[index].name = first
    }
    let used = Set(lines.compactMap(\.package) + packages.compactMap(\.parent))
    packages.removeAll { package in
      !used.contains(package.name) && old.lines.contains { $0.package == package.name }
    }
  }

  /// The confirmation under another key, compared with what Odoo asked for last.
  func revised(
    key: String,
    from old: Confirmation,
    _ versions: ApplyException.Versions?
  ) -> Confirmation {
    var new = self
    let former = (old.edition?.packages ?? []) + old.lines.compactMap(\.package)
    new.edition = Edition(key: key, packages: Set(former).sorted())
    if let versions, versions.basis == .asked {
      new.seen = versions.lines.compactMap { line in
        guard let asked = line.odoo, asked > .zero else { return nil }
        let before = old.seen.first { $0.productID == line.productID }
        return SeenMove(
          moveID: nil,
          productID: line.productID,
          demand: asked,
          factor: before?.factor ?? .one,
          rounding: before?.rounding ?? Move.usualRounding
        )
      }
    }
    return new
  }
}
