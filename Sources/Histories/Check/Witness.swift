internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator

/// Watches every call as it leaves and as Odoo carries it out.
///
/// It knows nothing of the plan: only what must never happen.
struct Witness {
  /// Wrongs that were seen at once.
  private(set) var problems: [String] = []
  /// Validations of ours that moved stock, in order.
  private(set) var validations: [(uuid: String, transfer: Int)] = []
  /// When a transfer was first seen done, as a number of executed calls.
  private var doneSince: [Int: Int] = [:]
  /// Transfers of which we changed lines after they were done, because somebody had validated them
  /// since we looked.
  private(set) var racedEdits: Set<Int> = []
  /// True if a weight was written late, perhaps over a newer one.
  private(set) var hasLateWeights = false
  /// Failures of the kind that count against a confirmation.
  var refusals: [String: Int] = [:]

  mutating func note(_ problem: String) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// A call leaves the box.
  mutating func sends(
    _ call: OdooCall,
    for uuid: String,
    row: Disk.Row?,
    _ flight: Box.Flight,
    _ now: Duration
  ) {
    guard call.writes else { return }
    let what = "\(call.model).\(call.method)"
    guard let row, row.state == .sending, let transfer = row.transferID else {
      return note("\(what) was sent while \(uuid.suffix(2)) was not on disk as sending")
    }
    guard flight.lastRead != nil || flight.hasWritten else {
      return note("\(what) was sent to transfer \(transfer) without a look at it in this attempt")
    }
    if let since = doneSince[transfer], let read = flight.lastRead, since < read {
      note("\(what) was sent to transfer \(transfer) though it had been read as done")
    }
  }

  func before(_ call: OdooCall, _ odoo: SimulatedOdoo) -> [Int: TransferStanding] {
    guard call.writes else { return [:] }
    return odoo.admin.standings()
  }

  /// Odoo has carried a call out.
  mutating func executed(
    _ call: OdooCall,
    for uuid: String,
    _ before: [Int: TransferStanding],
    _ odoo: SimulatedOdoo,
    _ number: Int,
    isLate: Bool
  ) {
    for (id, after) in odoo.admin.standings().sorted(by: { $0.key < $1.key }) {
      let was = before[id]
      if after.state == "done", doneSince[id] == nil { doneSince[id] = number }
      for _ in (was?.validations ?? 0)..<max(after.validations, was?.validations ?? 0) {
        validations.append((uuid, id))
      }
      if after.doneEdits > (was?.doneEdits ?? 0) { racedEdits.insert(id) }
    }
  }

  /// A call is carried out that was given up.
  mutating func cameLate(_ call: OdooCall) {
    let text = JSON.object(call.arguments).text + JSON.object(call.context).text
    if text.contains("shipping_weight") { hasLateWeights = true }
  }

  /// Somebody did something in Odoo.
  mutating func look(_ odoo: SimulatedOdoo, _ number: Int) {
    for (id, standing) in odoo.admin.standings() where standing.state == "done" {
      if doneSince[id] == nil { doneSince[id] = number }
    }
  }
}
