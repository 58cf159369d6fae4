internal import Floor
internal import JSON
internal import OdooSimulator
internal import TestKit

/// What people do in Odoo's own screens while we work.
enum Deed: String, CaseIterable, Sendable {
  case validate
  case validatePart = "validate, no backorder"
  case setQuantity = "set quantity"
  case setPicked = "set picked"
  case setLot = "set lot"
  case addLine = "add line"
  case raiseDemand = "raise demand"
  case cutDemand = "cut demand"
  case cancelTransfer = "cancel transfer"
  case cancelOrder = "cancel order"
  case unreserve
  case reserve
  case reserveAnew = "reserve anew"
  case split = "split transfer"
  case merge = "merge transfers"
  case takeSerial = "take serial"
  case createPackage = "create package"
}

/// Something that somebody has done.
struct DeedDone {
  let deed: Deed
  let chain: String
  let transfer: Int
}

/// Who is at work in Odoo: nobody, or people who do a few things at random and at chosen steps.
struct People {
  private var kinds: [Deed] = []
  private var aims: [(deed: Deed, step: CallStep)] = []
  private var perCent = 0
  private var left = 0
  /// What was done.
  var done: [DeedDone] = []

  /// - Parameter wanted: Deeds at steps of which one is to come to be, as `Coverage.missing` names
  ///   them.
  init(_ choices: inout Choices, wanted: [String] = []) {
    if let aim = wanted.isEmpty ? nil : Self.aim(choices.element(of: wanted)) { add(aim) }
    guard choices.chance(55) else { return }
    for deed in Deed.allCases where choices.chance(20) { kinds.append(deed) }
    perCent = choices.int(2...12)
    left = choices.int(0...4)
    for _ in 0..<choices.int(0...3) {
      let deed = choices.element(of: Deed.allCases)
      let step = CallStep.aimed(&choices)
      add((deed, step))
    }
  }

  private mutating func add(_ aim: (deed: Deed, step: CallStep)) {
    if aim.step.isCall { aims.append(aim) }
    // Names are asked for only where Odoo has other goods than were counted.
    if aim.step == .name {
      aims.append((.setQuantity, .validate))
      aims.append((.validate, .validate))
    }
  }

  private static func aim(_ name: String) -> (deed: Deed, step: CallStep)? {
    for deed in Deed.allCases {
      for step in CallStep.allCases where name == "\(deed.rawValue) at \(step.rawValue)" {
        return (deed, step)
      }
    }
    return nil
  }

  var areThere: Bool { !done.isEmpty }

  /// True if somebody is to act at a step, so that it should come to be.
  func aims(at step: CallStep) -> Bool { aims.contains { $0.step == step } }

  /// True if somebody is to do just that, so that it should be possible.
  func aims(at deed: Deed) -> Bool { aims.contains { $0.deed == deed } }

  mutating func draw(_ step: CallStep, _ choices: inout Choices) -> Deed? {
    if let index = aims.firstIndex(where: { $0.step == step }) { return aims[index].deed }
    guard left > 0, !kinds.isEmpty, choices.chance(perCent) else { return nil }
    return choices.element(of: kinds)
  }

  mutating func did(_ deed: Deed, _ step: CallStep, chain: String, transfer: Int) {
    if let index = aims.firstIndex(where: { $0.step == step && $0.deed == deed }) {
      aims.remove(at: index)
    } else {
      left -= 1
    }
    done.append(DeedDone(deed: deed, chain: chain, transfer: transfer))
  }
}
