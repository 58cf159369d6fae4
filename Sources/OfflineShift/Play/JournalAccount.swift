internal import DemoShift
internal import TestKit

/// What the agent has on disk, by scan.
struct JournalAccount {
  /// Codes of the rows of each scan.
  private(set) var codes: [Int: [String]] = [:]
  /// Confirmations that are not applied.
  private(set) var unapplied: [String] = []

  init(_ path: String, _ shift: Shift) throws {
    let journal = try SQLiteFile(path)
    var byID: [String: [String]] = [:]
    // Rows that only the payload tells apart, in the order in which they came.
    var byPayload: [String: [String]] = [:]
    for row in try journal.rows("SELECT id, topic, payload, code FROM event ORDER BY seq") {
      let code = row["code"].flatMap { $0 } ?? ""
      let payload = row["payload"].flatMap { $0 } ?? ""
      if let id = row["id"].flatMap({ $0 }), code != "retained" {
        byID["\(id) \(payload)", default: []].append(code)
      } else {
        let topic = row["topic"].flatMap { $0 } ?? ""
        byPayload["\(topic) \(payload)", default: []].append(code)
      }
    }
    for (index, scan) in shift.scans.enumerated() {
      let envelope = Envelope(index, shift)
      let payload = String(decoding: envelope.payload, as: UTF8.self)
      if case .retained = scan.content {
        codes[index] = byPayload["\(envelope.topic) \(payload)"]
      } else if let id = envelope.id {
        codes[index] = byID["\(id) \(payload)"]
      } else if let code = byPayload["\(envelope.topic) \(payload)"]?.first {
        byPayload["\(envelope.topic) \(payload)"]?.removeFirst()
        codes[index] = [code]
      }
    }
    for row in try journal.rows(
      "SELECT transfer, state, reason FROM confirmation WHERE state <> 'applied' ORDER BY seq"
    ) {
      let reason = row["reason"].flatMap { $0 } ?? "no reason given"
      unapplied.append(
        "\(row["transfer"].flatMap { $0 } ?? ""): its confirmation is"
          + " \(row["state"].flatMap { $0 } ?? "nowhere") and not applied: \(reason)"
      )
    }
  }

  /// How many confirmations are applied or given up, and how many there are.
  static func drained(_ path: String) throws -> (done: Int, all: Int) {
    let journal = try SQLiteFile(path)
    let done = "SELECT count(*) FROM confirmation WHERE state IN ('applied', 'parked')"
    return (
      try journal.value(done).flatMap { Int($0) } ?? 0,
      try journal.value("SELECT count(*) FROM confirmation").flatMap { Int($0) } ?? 0
    )
  }
}
