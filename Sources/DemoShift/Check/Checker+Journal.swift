extension Checker {
  /// Finds events without a row, and rows without an event; answers how many have theirs.
  mutating func checkEvents() -> Int {
    let rows = Dictionary(grouping: journal.events) { Key($0.device, $0.id, $0.payload) }
    var found = 0
    for event in history.events where event.id != nil {
      let same = rows[Key(event.device, event.id, event.payload)] ?? []
      if same.isEmpty {
        guard let answer = event.answer else { continue }
        note(
          .lost,
          "event \(event.id ?? "") of \(event.device) was answered \(answer.code) and is not in"
            + " the journal"
        )
      } else if event.answer != nil {
        found += 1
      }
      if same.count > 1 {
        note(.twice, "event \(event.id ?? "") of \(event.device) is in the journal \(same.count)×")
      }
      if let answer = event.answer, let row = same.first, row.code != answer.code {
        note(
          .odd,
          "event \(row.sequence) is \(row.code) in the journal; the device heard \(answer.code)"
        )
      }
    }
    found += checkEventsWithoutID(rows)
    for (key, same) in rows where key.id != nil {
      let known = history.events.contains { $0.id == key.id && $0.payload == key.payload }
      if !known, let row = same.first {
        note(.odd, "event \(row.sequence) of \(key.device ?? "nobody") was sent by no device")
      }
    }
    return found
  }

  /// Scans of a device without ids can only be counted, by device and payload.
  private mutating func checkEventsWithoutID(_ rows: [Key: [JournalContent.Event]]) -> Int {
    let sent = Dictionary(grouping: history.events.filter { $0.id == nil }) {
      Key($0.device, nil, $0.payload)
    }
    var found = 0
    for key in Set(sent.keys).union(rows.keys.filter { $0.id == nil }) {
      let events = sent[key] ?? []
      let acknowledged = events.count { $0.answer != nil }
      let journaled = rows[key]?.count ?? 0
      found += min(acknowledged, journaled)
      let name = "\(key.payload) of \(key.device ?? "nobody")"
      for _ in journaled..<max(journaled, acknowledged) {
        note(.lost, "a scan \(name) was answered and is not in the journal")
      }
      for _ in events.count..<max(events.count, journaled) {
        note(.twice, "\(name) is in the journal more often than it was scanned")
      }
    }
    return found
  }

  /// Finds closed transfers without a confirmation, and confirmations that are not applied.
  mutating func checkConfirmations() {
    let sequences = Dictionary(
      journal.events.map { ($0.id ?? "e\($0.sequence)", $0.sequence) },
      uniquingKeysWith: { first, _ in first }
    )
    var confirmations = Dictionary(grouping: journal.confirmations, by: \.event)
    for closing in history.closings {
      let own = sequences[closing.event].flatMap { confirmations.removeValue(forKey: $0) } ?? []
      if own.isEmpty {
        note(.lost, "\(closing.transfer) was closed and has no confirmation in the journal")
      }
      if own.count > 1 {
        note(.twice, "\(closing.transfer) was closed once and has \(own.count) confirmations")
      }
      for confirmation in own where confirmation.state != "applied" {
        let reason = confirmation.reason.map { ": \($0)" } ?? ""
        note(.lost, "\(closing.transfer) is \(confirmation.state), not applied\(reason)")
      }
    }
    for confirmation in confirmations.values.joined() {
      note(.odd, "\(confirmation.transfer) has a confirmation, and no device heard of it")
    }
  }
}

/// What tells one event from another for the checker.
private struct Key: Hashable {
  let device: String?
  let id: String?
  let payload: String

  init(_ device: String?, _ id: String?, _ payload: String) {
    self.device = device
    self.id = id
    self.payload = payload
  }
}
