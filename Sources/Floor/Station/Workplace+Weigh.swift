extension Workplace {
  /// Heaviest load in kilograms that is believed.
  static var heaviest: Quantity { Quantity(20_000) }

  /// Notes a weight on its package.
  mutating func weighed(_ weight: EventBody.Weight) -> Verdict {
    guard var tally = station.tally else { return refuse(.nothingOpen, Messages.nothingOpen) }
    do throws(Refusal) {
      guard weight.stable else { throw Refusal(.weightUnstable, Messages.weightUnstable) }
      let packages = Set(tally.lines.compactMap(\.package))
      guard
        let package = weight.package ?? tally.marks.lastPackage
          ?? (packages.count == 1 ? packages.first : nil)
      else { throw Refusal(.noPackage, Messages.noPackage) }
      try weigh(package, weight.kilograms, in: &tally)
      return finishWeighing(package, weight.kilograms, tally)
    } catch {
      return refuse(error)
    }
  }

  private mutating func finishWeighing(
    _ package: String,
    _ kilograms: Quantity,
    _ tally: Tally
  ) -> Verdict {
    station.tally = tally
    if station.group == nil, tally.isComplete, policy.complete == .validate,
      policy.weight.isRequired, unweighed(tally) == nil
    {
      return close(confirmed: true)
    }
    return accept(.weighed, Messages.weighed(package, kilograms))
  }

  /// Notes a plausible weight that fits what is in the package.
  mutating func weigh(
    _ package: String,
    _ kilograms: Quantity,
    in tally: inout Tally
  ) throws(Refusal) {
    guard kilograms > .zero, kilograms <= Self.heaviest else {
      throw Refusal(.weightImplausible, Messages.weightImplausible(kilograms))
    }
    guard tally.knowsPackage(package) || tally.lines.contains(where: { $0.package == package })
    else { throw Refusal(.packageUnknown, Messages.packageUnknown(package)) }
    if let other = others.station(using: package, except: name) {
      throw Refusal(.packageElsewhere, Messages.packageElsewhere(package, station: other))
    }
    if let limit = packageType(of: package, tally)?.heaviest, limit > .zero, kilograms > limit {
      throw Refusal(.packageTooHeavy, Messages.packageTooHeavy(package, limit))
    }
    let policy = policy(of: tally.transfer.operation).weight
    if !breaks(.weightUnchecked), let expected = expectedWeight(of: package, tally) {
      let share = expected.scaled(by: policy.percent.millionths, over: 100_000_000)
      let difference = max(expected - kilograms, kilograms - expected)
      if difference > max(policy.absolute, share) {
        try require(
          policy.mismatch,
          about: "\(package) \(kilograms) kg",
          else: Refusal(.weightMismatch, Messages.weightMismatch(package, kilograms, expected))
        )
      }
    }
    tally.weigh(package, kilograms: kilograms)
  }

  /// What a package should weigh, in kilograms: its goods, what stands in it, and itself empty; nil
  /// if a product has no weight in Odoo, or nothing is known to be in it.
  private func expectedWeight(of package: String, _ tally: Tally) -> Quantity? {
    var inside: Set<String> = [package]
    for _ in 0..<8 {
      for part in tally.packages where part.parent.map(inside.contains) == true {
        inside.insert(part.name)
      }
    }
    let goods = tally.lines.filter { $0.package.map(inside.contains) == true }
    guard !goods.isEmpty else { return nil }
    var sum = Quantity.zero
    for line in goods {
      guard let weight = lookup.product(id: line.productID)?.weight, weight > .zero else {
        return nil
      }
      sum += weight.times(line.quantity)
    }
    for name in inside.sorted() { sum += packageType(of: name, tally)?.tare ?? .zero }
    return sum
  }

  /// What kind of carton or pallet a package is, as it was scanned here or as Odoo knows.
  private func packageType(of package: String, _ tally: Tally) -> PackageType? {
    let scanned = tally.packages.first { $0.name == package }?.typeID
    return (scanned ?? lookup.package(named: package)?.typeID)
      .flatMap { lookup.packageType(id: $0) }
  }

  /// A package with goods that has to be weighed before the transfer is closed.
  func unweighed(_ tally: Tally) -> String? {
    guard policy(of: tally.transfer.operation).weight.isRequired else { return nil }
    let inside = Set(tally.packages.filter { $0.parent != nil }.map(\.name))
    let filled = Set(tally.lines.compactMap(\.package)).subtracting(inside)
    return filled.sorted().first { name in
      tally.packages.first { $0.name == name }?.weight == nil
        && knownWeight(of: name, tally) == nil
    }
  }

  /// The weight that a package was given when it was closed here before.
  func knownWeight(of package: String, _ tally: Tally) -> Quantity? {
    lookup.closures(naming: package).reversed().lazy.compactMap { closure in
      closure.confirmation.packages.first { $0.name == package }?.weight
    }.first
  }
}
