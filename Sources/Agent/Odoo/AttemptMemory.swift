/// What is known of earlier attempts, by confirmation; shared by the workers.
///
/// In memory only: what must survive a restart is the state `sending` in the journal.
final class AttemptMemory: Sendable {
  private struct Entry {
    /// Monotonic milliseconds until which an unanswered call may still be carried out.
    var unsettledUntil: Int64 = 0
    /// Looks at the transfer since that call.
    var looks = 0
    /// Attempts in a row that found the transfer not ready.
    var notReady = 0
  }

  private let entries = Monitor<[String: Entry]>([:])
  private let longestCall: Int64

  /// - Parameter longestCall: How long Odoo may go on with a call, in milliseconds.
  init(longestCall: Int64) { self.longestCall = longestCall }

  /// The last process ended in the midst of an attempt: its last call may still be carried out.
  func interrupted(_ uuid: String, now: Int64) {
    entries.with { $0[uuid] = Entry(unsettledUntil: now + longestCall) }
  }

  /// An attempt begins: for how long nothing may be written, in milliseconds, and how often the
  /// transfer was not ready.
  func begin(_ uuid: String, now: Int64) -> (unsettled: Int64, notReady: Int) {
    let entry = entries.with { $0[uuid] } ?? Entry()
    return (max(0, entry.unsettledUntil - now), entry.notReady)
  }

  /// A call got no answer, or the transfer was looked at once more since: when to look again.
  ///
  /// Soon at first, as most calls end soon; then less and less often, and once more at the end.
  func unsettled(_ uuid: String, isNew: Bool, now: Int64) -> Int64 {
    entries.with { entries in
      var entry = entries[uuid] ?? Entry()
      if isNew {
        entry.unsettledUntil = now + longestCall
        entry.looks = 0
      }
      entry.looks = min(entry.looks + 1, 6)
      entries[uuid] = entry
      return min(max(1, entry.unsettledUntil - now), 500 << Int64(entry.looks))
    }
  }

  /// True while a call may still be carried out.
  func isUnsettled(_ uuid: String, now: Int64) -> Bool {
    entries.with { ($0[uuid]?.unsettledUntil ?? 0) > now }
  }

  /// An attempt is to be made again; `notReady` if Odoo's transfer was not ready for it.
  func ended(_ uuid: String, notReady: Bool) {
    entries.with { entries in
      var entry = entries[uuid] ?? Entry()
      entry.notReady = notReady ? entry.notReady + 1 : 0
      entries[uuid] = entry
    }
  }

  /// The confirmation is decided.
  func decided(_ uuid: String) { entries.with { $0[uuid] = nil } }
}
