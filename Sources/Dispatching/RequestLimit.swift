/// Spaces the requests to Odoo, so that a box never sends more than was agreed.
///
/// In any second at most `perSecond` requests start: the times of the last `perSecond` starts are
/// kept, and the next may start one second after the oldest of them. So a short burst goes out at
/// once, and no window of a second holds more than the limit, wherever it begins.
///
/// The dispatcher goes before the mirror, as shipments wait for it; after `share` of its requests
/// the mirror has a turn, so that what the floor sees does not stand still during a long drain.
public struct RequestLimit: Sendable {
  /// Who wants to send a request.
  public enum Caller: Hashable, Sendable {
    case dispatch, mirror
  }

  /// What to do with a request.
  public enum Turn: Hashable, Sendable {
    /// Send it now.
    case go
    /// Ask again at this monotonic time, or when another request has been let go.
    case wait(until: Duration)
  }

  /// Requests of the dispatcher that may go before one of the mirror that waits.
  public static let share = 8

  /// Most requests in any second.
  public let perSecond: Int
  /// Times of the last starts; once it is full, `oldest` is where the oldest stands.
  private var starts: [Duration] = []
  private var oldest = 0
  private var waiting: [Caller: Int] = [:]
  /// Requests that were let go so far.
  public private(set) var granted: Int64 = 0
  /// Requests of the dispatcher that went while one of the mirror waited.
  private var passed = 0

  /// A limit of `perSecond` requests, 1 at the least.
  public init(perSecond: Int) { self.perSecond = max(1, perSecond) }

  /// A caller has a request; to be followed by `ask` until it may go.
  public mutating func arrive(_ caller: Caller) { waiting[caller, default: 0] += 1 }

  /// A caller gives its request up.
  public mutating func leave(_ caller: Caller) {
    waiting[caller] = max(0, waiting[caller, default: 0] - 1)
    if !isWaiting(.mirror) { passed = 0 }
  }

  /// Whether a caller that has arrived may send its request.
  public mutating func ask(_ caller: Caller, now: Duration) -> Turn {
    let free = starts.count < perSecond ? now : starts[oldest] + .seconds(1)
    guard free <= now else { return .wait(until: free) }
    // Whoever's turn it is asks at the same time, or is woken by it.
    let mirrorsTurn = isWaiting(.mirror) && (passed >= Self.share || !isWaiting(.dispatch))
    guard caller == (mirrorsTurn ? .mirror : .dispatch) else {
      return .wait(until: now + .milliseconds(100))
    }
    leave(caller)
    granted += 1
    passed = caller == .dispatch && isWaiting(.mirror) ? passed + 1 : 0
    if starts.count < perSecond {
      starts.append(now)
    } else {
      starts[oldest] = now
      oldest = (oldest + 1) % perSecond
    }
    return .go
  }

  private func isWaiting(_ caller: Caller) -> Bool { waiting[caller, default: 0] > 0 }
}
