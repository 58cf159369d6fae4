import Floor
import TestKit

/// What is counted goes where the worker put it, and what is weighed was compared.
enum Packages {
  static func check(_ shift: inout Shift, _ step: Shift.Step) throws {
    let place = shift.floor.stations[step.station]?.joined ?? step.station
    let after = shift.floor.stations[place]?.tally
    if let before = step.before.stations[place]?.tally, let after,
      before.target == after.target, case .scan = step.event
    {
      try checkPacked(before, after, step)
    }
    if step.verdict.code == .weighed, let after { try checkWeights(after, shift, step, place) }
  }

  /// New goods go into the open package; what is packed goes into the package that was scanned.
  private static func checkPacked(_ before: Tally, _ after: Tally, _ step: Shift.Step) throws {
    if step.verdict.code == .packed {
      let into = after.marks.lastPackage
      let moved = after.lines.filter { line in !before.lines.contains(line) }
      try require(moved.allSatisfy { $0.package == into }, "packed into another than \(into ?? "")")
      return
    }
    guard step.verdict.code == .counted || step.verdict.code == .complete,
      let open = before.marks.openPackage
    else { return }
    let added = after.lines.filter { line in
      line.sourcePackage == nil && !before.lines.contains(line)
    }
    // A logistic unit's label names the package that its goods are in.
    guard case .scan(let scan) = step.event, !scan.code.contains("]C100") else { return }
    try require(added.allSatisfy { $0.package == open }, "counted beside \(open): \(added)")
  }

  /// A weight out of tolerance is noted only where the policy accepts it, or on a supervisor's word.
  private static func checkWeights(
    _ tally: Tally,
    _ shift: Shift,
    _ step: Shift.Step,
    _ place: String
  ) throws {
    let policy = shift.floor.site.policy(of: tally.transfer.operation, at: place).weight
    guard policy.mismatch == .refuse, tally.packages.allSatisfy({ $0.parent == nil }),
      case .weight(let weight) = step.event,
      let package = tally.packages.first(where: { $0.name == tally.marks.lastPackage })
    else { return }
    let goods = tally.lines.filter { $0.package == package.name }
    let weights = goods.map { line in
      (shift.mirror.products[line.productID]?.weight ?? .zero).times(line.quantity)
    }
    guard !goods.isEmpty, !weights.contains(.zero) else { return }
    let tare = shift.mirror.packageTypes.first { $0.id == package.typeID }?.tare ?? .zero
    let expected = weights.reduce(into: tare) { $0 += $1 }
    let difference = max(expected - weight.kilograms, weight.kilograms - expected)
    let allowed = max(policy.absolute, expected.scaled(by: 5, over: 100))
    try require(difference <= allowed, "\(weight.kilograms) kg passed for \(expected) kg")
  }
}
