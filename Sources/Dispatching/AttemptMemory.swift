internal import Odoo

/// What is known of earlier attempts, by confirmation.
///
/// Kept in memory only: what must survive a restart is the state `sending` in the journal.
public struct AttemptMemory: Sendable {
  private struct Entry {
    /// Monotonic time until which an unanswered call may still be carried out.
    var unsettledUntil = Duration.zero
    /// Looks at the transfer since that call.
    var looks = 0
    /// Attempts in a row that found the transfer not ready.
    var notReady = 0
  }

  /// What an attempt that begins must know.
  public struct Standing: Hashable, Sendable {
    /// For how long nothing may be written.
    public var unsettledFor: Duration
    /// How often in a row the transfer was not ready.
    public var notReady: Int
  }

  private var entries: [String: Entry] = [:]
  private let longestCall: Duration

  /// - Parameter longestCall: How long Odoo may go on with a call.
  public init(longestCall: Duration) { self.longestCall = longestCall }

  /// The last process ended in the midst of an attempt: its last call may still be carried out.
  public mutating func interrupted(_ uuid: String, now: Duration) {
    entries[uuid] = Entry(unsettledUntil: now + longestCall)
  }

  /// A person must decide, and the last call of the attempt may still be carried out.
  public mutating func parkedUnsettled(_ uuid: String, now: Duration) {
    entries[uuid, default: Entry()].unsettledUntil = now + longestCall
  }

  /// An attempt begins.
  public func begin(_ uuid: String, now: Duration) -> Standing {
    let entry = entries[uuid] ?? Entry()
    return Standing(
      unsettledFor: max(.zero, entry.unsettledUntil - now),
      notReady: entry.notReady
    )
  }

  /// True while a call may still be carried out.
  public func isUnsettled(_ uuid: String, now: Duration) -> Bool {
    (entries[uuid]?.unsettledUntil ?? .zero) > now
  }

  /// An attempt has ended: what the outbox is told.
  public mutating func ended(_ uuid: String, _ end: Attempt.End, now: Duration) -> Outbox.Outcome {
    switch end {
    case .applied:
      entries[uuid] = nil
      return .applied
    case .parked:
      // What was sent without an answer is still on its way, whatever was found meanwhile.
      let until = entries[uuid]?.unsettledUntil ?? .zero
      entries[uuid] = until > now ? Entry(unsettledUntil: until) : nil
      return .parked
    case .notYet: return .later(.notYet)
    case .unstored(let reason): return .later(reason)
    case .stopped: return .later(.denied)
    case .later(let later, let onlyLooked):
      let reason = later.kind.map { Outbox.Reason($0) }
      if later.isUnsettled {
        let pause = unsettled(uuid, isNew: !onlyLooked, now: now)
        return .later(reason ?? .unsettled, retryAfter: pause)
      }
      entries[uuid, default: Entry()].notReady =
        later.kind == nil ? (entries[uuid]?.notReady ?? 0) + 1 : 0
      return .later(reason ?? .notYet, retryAfter: later.retryAfter)
    }
  }

  /// A call got no answer, or the transfer was looked at once more since: when to look again.
  ///
  /// Soon at first, as most calls end soon; then less and less often, and once more at the end.
  private mutating func unsettled(_ uuid: String, isNew: Bool, now: Duration) -> Duration {
    var entry = entries[uuid] ?? Entry()
    if isNew {
      entry.unsettledUntil = now + longestCall
      entry.looks = 0
    }
    entry.looks = min(entry.looks + 1, 6)
    entries[uuid] = entry
    return min(
      max(.milliseconds(1), entry.unsettledUntil - now),
      .milliseconds(500 << entry.looks)
    )
  }
}
