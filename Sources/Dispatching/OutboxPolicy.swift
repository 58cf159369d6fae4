/// The limits and times of an outbox.
public struct OutboxPolicy: Hashable, Sendable {
  /// Most confirmations under way at once; one per warehouse at that.
  public var parallel: Int
  /// Wait after the first failure of a confirmation, before jitter; doubles with each.
  public var firstDelay: Duration
  /// Longest wait of a confirmation.
  public var longestDelay: Duration
  /// Shortest wait before a confirmation with an unanswered call is looked at again.
  public var firstLook: Duration
  /// Failures of the conflict kind after which a confirmation goes to the exception desk.
  public var conflictLimit: Int
  /// Times that Odoo could not serve just this confirmation, while it served others, after which it
  /// goes to the exception desk.
  public var unservedLimit: Int
  /// Wait before Odoo is tried again once it could not be reached; doubles with each failed try.
  public var firstProbe: Duration
  /// Longest wait before Odoo is tried again.
  public var longestProbe: Duration
  /// Wait before Odoo is tried again after it refused the key.
  public var deniedProbe: Duration
  /// Calls without an answer in a row after which the line is taken for broken.
  public var unansweredLimit: Int
  /// Waiting time that makes up for one step of urgency.
  public var aging: Duration
  /// How long before its cut-off a confirmation begins to pass others; also the most that it is put
  /// forward.
  public var headStart: Duration
  /// How many times slower than usual an answer must be to narrow the window.
  public var slowFactor: Int
  /// Most that a server's Retry-After is believed.
  public var longestRetryAfter: Duration

  /// A policy; the defaults suit an Odoo that answers a validation in a tenth of a second.
  public init(
    parallel: Int = 4,
    firstDelay: Duration = .seconds(2),
    longestDelay: Duration = .seconds(300),
    firstLook: Duration = .milliseconds(500),
    conflictLimit: Int = 8,
    unservedLimit: Int = 20,
    firstProbe: Duration = .seconds(3),
    longestProbe: Duration = .seconds(60),
    deniedProbe: Duration = .seconds(300),
    unansweredLimit: Int = 3,
    aging: Duration = .seconds(600),
    headStart: Duration = .seconds(8 * 3600),
    slowFactor: Int = 4,
    longestRetryAfter: Duration = .seconds(3600)
  ) {
    self.parallel = max(1, parallel)
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.firstLook = firstLook
    self.conflictLimit = conflictLimit
    self.unservedLimit = unservedLimit
    self.firstProbe = firstProbe
    self.longestProbe = longestProbe
    self.deniedProbe = deniedProbe
    self.unansweredLimit = unansweredLimit
    self.aging = aging
    self.headStart = headStart
    self.slowFactor = max(2, slowFactor)
    self.longestRetryAfter = longestRetryAfter
  }
}

/// A number that grows twofold with each failure, up to a bound, and is then made uneven, so that
/// many boxes do not come back in step.
struct Backoff {
  let first: Duration
  let longest: Duration

  /// The wait after `failures` failures, between a half of the full time and all of it.
  func delay(after failures: Int, random: UInt64) -> Duration {
    var full = first
    for _ in 0..<max(0, min(failures - 1, 30)) where full < longest { full *= 2 }
    return min(full, longest).jittered(random)
  }
}

extension Duration {
  /// Between a half of the time and all of it.
  func jittered(_ random: UInt64) -> Duration {
    let half = self / 2
    return half + half * Int(random % 1025) / 1024
  }
}
