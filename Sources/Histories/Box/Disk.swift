internal import Dispatching
internal import Floor
internal import Odoo

/// What the box has on disk: the outbox of its journal, as far as it decides anything.
struct Disk {
  enum State: String {
    case pending, sending, waiting, applied, parked, discarded
  }

  struct Row {
    let sequence: Int64
    let content: Confirmation
    var state = State.pending
    var attempts = 0
    var transferID: Int?
    var backorders: [Int] = []
    var nextMoves: [Int] = []
    var category: String?
    var reason: String?

    var isOpen: Bool { state == .pending || state == .sending || state == .waiting }

    var entry: OutboxEntry {
      OutboxEntry(
        uuid: content.uuid,
        sequence: sequence,
        warehouse: content.warehouse,
        chain: content.chain,
        step: content.step,
        attempts: attempts
      )
    }

    var asPredecessor: AttemptTarget.Predecessor {
      let fate: AttemptTarget.Predecessor.Fate =
        switch state {
        case .pending, .sending, .waiting, .parked: .open
        case .discarded: .discarded
        case .applied:
          .applied(transferID: transferID, backorders: backorders, nextMoves: nextMoves)
        }
      return .init(transferName: content.transferName, fate: fate)
    }
  }

  private var rows: [String: Row] = [:]

  subscript(uuid: String) -> Row? { rows[uuid] }

  /// In the order of closing.
  var all: [Row] { rows.values.sorted { $0.sequence < $1.sequence } }

  /// Transfers that other confirmations are bound to.
  func bound(except uuid: String) -> Set<Int> {
    Set(
      rows.filter { $0.key != uuid && $0.value.state != .discarded }
        .compactMap(\.value.transferID)
    )
  }

  mutating func add(_ content: Confirmation) {
    rows[content.uuid] = Row(sequence: Int64(rows.count + 1), content: content)
  }

  mutating func change(_ uuid: String, _ change: (inout Row) -> Void) {
    guard var row = rows[uuid] else { return }
    change(&row)
    rows[uuid] = row
  }

  mutating func store(_ uuid: String, _ record: Attempt.Record) {
    change(uuid) { row in
      switch record {
      case .sending(let transfer):
        row.state = .sending
        row.transferID = transfer
      case .applied(let applied, let transfer):
        row.state = .applied
        row.transferID = transfer
        row.backorders = applied.backorders.map(\.id)
        row.nextMoves = applied.nextMoves
      case .parked(let obstacle):
        row.state = .parked
        row.category = obstacle.category
        row.reason = obstacle.sentence
      }
    }
  }
}
