/// What happened, told by those who saw it: devices, the tap on the wire, the journal, and Odoo.
///
/// Shares no code with the agent.
struct History {
  /// Messages that the agent acknowledged to the broker, as the tap saw it.
  var acknowledged: [Message] = []
  /// Ids of events whose feedback reached their device.
  var answered: Set<String> = []
  /// Ids of events that the broker has taken and keeps until the agent has them; nobody waits for
  /// their feedback.
  var taken: Set<String> = []
  /// The journal's events.
  var journal: [Row] = []
  /// What workers were told is closed, with what they had counted.
  var closings: [Closing] = []
  /// The journal's confirmations.
  var confirmations: [Confirmation] = []
  /// Odoo's transfers.
  var odoo: [Transfer] = []
  /// Weights of Odoo's packages in kilograms, by name.
  var weights: [String: Double] = [:]
  /// Calls that Odoo carried out and whose answer was lost; only to be told.
  var lostAnswers = 0

  struct Message: Hashable {
    var topic: String
    var payload: String
  }

  struct Row: Hashable {
    var id: String
    var topic: String
    var payload: String
    /// False for a message that was kept as rejected.
    var isEvent: Bool
  }

  struct Closing {
    var transfer: String
    var goods: [Goods: Double]
    var weights: [String: Double] = [:]
    var tracking: String?
    /// Units that were left for a backorder.
    var left: Double = 0
  }

  struct Confirmation: Hashable {
    var transfer: String
    var state: String
  }

  struct Transfer {
    var name: String
    var state: String
    /// How often stock really moved for it.
    var validated: Int
    /// Writes to it after it was done.
    var editsAfterDone: Int
    var goods: [Goods: Double]
    var tracking: String?
    var backorderOf: String?
    var demand: Double = 0
  }

  /// Goods by what must agree between floor and Odoo.
  struct Goods: Hashable, CustomStringConvertible {
    var product: String
    var lot: String?
    var package: String?

    var description: String { "\(product) lot \(lot ?? "-") package \(package ?? "-")" }
  }
}

extension History {
  /// Every way in which the history breaks a promise; empty if all were kept.
  func problems() -> [String] {
    lostEvents() + doubledEvents() + confirmationProblems() + odooProblems() + backorderProblems()
  }

  /// Promise: what was acknowledged, answered, or waited at the broker is in the journal.
  private func lostEvents() -> [String] {
    let kept = Set(journal.map { Message(topic: $0.topic, payload: $0.payload) })
    let events = Set(journal.filter(\.isEvent).map(\.id))
    return acknowledged.filter { !kept.contains($0) }.map { "lost: acknowledged \($0.payload)" }
      + answered.subtracting(events).sorted().map { "lost: answered event \($0)" }
      + taken.subtracting(events).sorted().map { "lost: event \($0), which the broker took" }
  }

  /// Promise: an event counts once.
  private func doubledEvents() -> [String] {
    var seen: [String: Int] = [:]
    for row in journal where row.isEvent { seen["\(row.topic) \(row.id)", default: 0] += 1 }
    return seen.filter { $0.value > 1 }.map {
      "twice: event \($0.key) is in the journal \($0.value) times"
    }
  }

  /// Promise: what was closed is one confirmation, and it is applied.
  private func confirmationProblems() -> [String] {
    var found: [String] = []
    for closing in closings {
      let mine = confirmations.filter { $0.transfer == closing.transfer }
      if mine.isEmpty { found.append("lost: \(closing.transfer) was closed, no confirmation") }
      if mine.count > 1 {
        found.append("twice: \(closing.transfer) has \(mine.count) confirmations")
      }
      for one in mine where one.state != "applied" {
        found.append("lost: \(closing.transfer) is \(one.state), not applied")
      }
    }
    let closed = Set(closings.map(\.transfer))
    for one in confirmations where !closed.contains(one.transfer) {
      found.append("invented: a confirmation of \(one.transfer), which nobody closed")
    }
    return found
  }

  /// Promise: Odoo has validated exactly what was closed, with exactly what was counted.
  private func odooProblems() -> [String] {
    var found: [String] = []
    var byName: [String: Transfer] = [:]
    for transfer in odoo { byName[transfer.name] = transfer }
    for closing in closings {
      guard let transfer = byName[closing.transfer] else {
        found.append("lost: \(closing.transfer) is not in Odoo")
        continue
      }
      if transfer.state != "done" || transfer.validated == 0 {
        found.append("lost: \(closing.transfer) is \(transfer.state) in Odoo")
      }
      if transfer.validated > 1 {
        found.append("twice: \(closing.transfer) was validated \(transfer.validated) times")
      }
      if transfer.editsAfterDone > 0 {
        found.append("twice: \(closing.transfer) was written to after it was done")
      }
      for goods in Set(closing.goods.keys).union(transfer.goods.keys) {
        let (floor, there) = (closing.goods[goods] ?? 0, transfer.goods[goods] ?? 0)
        if floor != there {
          let kind = there < floor ? "lost" : "twice"
          found.append("\(kind): \(closing.transfer): \(goods): counted \(floor), in Odoo \(there)")
        }
      }
      for (package, weight) in closing.weights where weights[package] != weight {
        found.append("lost: weight of \(package): \(weight), in Odoo \(weights[package] ?? 0)")
      }
      if let tracking = closing.tracking, transfer.tracking != tracking {
        found.append("lost: tracking of \(closing.transfer): \(transfer.tracking ?? "none")")
      }
    }
    let closed = Set(closings.map(\.transfer))
    for transfer in odoo where transfer.validated > 0 && !closed.contains(transfer.name) {
      found.append("invented: \(transfer.name) was validated, which nobody closed")
    }
    return found
  }

  /// Promise: what was left over is exactly one backorder.
  private func backorderProblems() -> [String] {
    closings.compactMap { closing in
      let backorders = odoo.filter { $0.backorderOf == closing.transfer }
      let demand = backorders.reduce(0) { $0 + $1.demand }
      guard backorders.count != (closing.left > 0 ? 1 : 0) || demand != closing.left else {
        return nil
      }
      return "backorder: \(closing.transfer) left \(closing.left), Odoo has \(backorders.count) "
        + "backorders of \(demand)"
    }
  }
}
