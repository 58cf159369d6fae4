internal import OdooSimulator
internal import TestKit

/// What goes wrong with calls and with the box.
enum HistoryFault: String, CaseIterable, Sendable {
  /// Connections are refused for a while.
  case down
  /// Carried out and answered late, but in time.
  case slow
  /// The request, or the server's process with it, is lost: nothing was done.
  case requestLost = "lost before commit"
  /// Done, but the answer is lost.
  case answerLost = "lost after commit"
  /// The client gives up; the call is carried out up to two minutes later.
  case late
  /// The request is delivered twice.
  case duplicate
  /// Concurrent transactions collided until Odoo gave up.
  case serialization
  /// PostgreSQL is away for a while.
  case databaseDown = "database down"
  /// The key is refused for a while.
  case accessDenied = "access denied"
  /// A proxy turns the request away.
  case tooMany = "429"
  case badGateway = "502"
  case unavailable = "503"
  /// The proxy gives up, the server goes on.
  case gatewayTimeout = "504"
  /// The box dies.
  case crash

  /// Whether it lasts.
  var lasts: Bool { self == .down || self == .databaseDown || self == .accessDenied }

  var status: Int? {
    switch self {
    case .tooMany: 429
    case .badGateway: 502
    case .unavailable: 503
    case .gatewayTimeout: 504
    default: nil
    }
  }
}

/// Which faults a history has: a random few of them, each at a rate of its own, until they are used
/// up; and some at chosen steps, so that every fault comes to every step in few histories.
struct Weather {
  private var rates: [(fault: HistoryFault, perMille: Int)] = []
  private var aims: [(fault: HistoryFault, step: CallStep)] = []
  private var left = 0
  private var windowKind: HistoryFault?
  private var windowEnd = Duration.zero

  init(_ choices: inout Choices) {
    guard choices.chance(90) else { return }
    for fault in HistoryFault.allCases where choices.chance(35) {
      rates.append((fault, choices.element(of: [15, 40, 90])))
    }
    left = choices.int(0...8)
    for _ in 0..<choices.int(0...3) {
      let fault = choices.element(of: HistoryFault.allCases)
      let step = CallStep.aimed(&choices)
      if step.isCall || fault == .crash { aims.append((fault, step)) }
    }
  }

  /// True if something is to go wrong at a step, so that it should come to be.
  func aims(at step: CallStep) -> Bool { aims.contains { $0.step == step } }

  /// The fault that lasts now.
  func window(_ now: Duration) -> HistoryFault? { now < windowEnd ? windowKind : nil }

  /// The fault that meets a call.
  mutating func draw(_ step: CallStep, _ now: Duration, _ choices: inout Choices) -> HistoryFault? {
    if let lasting = window(now) { return lasting }
    guard let fault = aimed(at: step) ?? byChance(&choices) else { return nil }
    if fault.lasts {
      windowKind = fault
      windowEnd = now + .seconds(choices.int(1...90))
    }
    return fault
  }

  private mutating func aimed(at step: CallStep) -> HistoryFault? {
    guard let index = aims.firstIndex(where: { $0.step == step }) else { return nil }
    return aims.remove(at: index).fault
  }

  private mutating func byChance(_ choices: inout Choices) -> HistoryFault? {
    guard left > 0, !rates.isEmpty else { return nil }
    // The last numbers, so that the dull one means no fault.
    var drawn = 999 - choices.int(0...999)
    for (fault, perMille) in rates {
      if drawn < perMille {
        left -= 1
        return fault
      }
      drawn -= perMille
    }
    return nil
  }

  /// Whether the box dies at a step that is no call.
  mutating func crashes(at step: CallStep, _ choices: inout Choices) -> Bool {
    if let index = aims.firstIndex(where: { $0.step == step && $0.fault == .crash }) {
      aims.remove(at: index)
      return true
    }
    guard left > 0, let rate = rates.first(where: { $0.fault == .crash })?.perMille else {
      return false
    }
    guard 999 - choices.int(0...999) < rate else { return false }
    left -= 1
    return true
  }
}
