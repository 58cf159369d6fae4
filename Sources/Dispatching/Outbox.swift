/// Decides which confirmation goes to Odoo next, and when.
///
/// A state machine: inputs carry the monotonic time and a random number, and give actions; a thin
/// driver carries them out. Nothing here waits or reads a clock.
///
/// Rules
/// * Confirmations of a chain go one after the other in the order of their sequence; a parked one
///   holds those behind it. All other chains flow.
/// * One attempt at a time in each warehouse, as more only collide in Odoo; warehouses in parallel.
/// * What has a cut-off goes in the order of the cut-offs, from `headStart` before them on; the rest
///   is shipping before packing before anything else, then the oldest. Waiting makes up for urgency
///   (a step of it for each `aging`), and no cut-off puts a confirmation forward by more than
///   `headStart`: what comes in later than that passes nothing that waits, so nothing starves.
/// * What cannot be reached or cannot serve stops all of them: after a growing, uneven wait a
///   single confirmation tries the line. When it goes through, the others follow at the pace at
///   which Odoo answers: one at first, one more for each window of answers, half after a conflict,
///   after a call without an answer, and when Odoo answers `slowFactor` times slower than usual.
///   The one that tries is another each time, so that a confirmation which Odoo cannot digest does
///   not keep the line closed for the rest.
/// * A refused key stops all of them with one alarm, uses up no attempts, and is tried slowly.
/// * A confirmation that Odoo refuses again and again while it answers others is parked.
public struct Outbox: Sendable {
  /// The limits and times.
  public let policy: OutboxPolicy
  var items: [String: Item] = [:]
  /// The confirmations of each chain by sequence; the first one's turn it is.
  var chains: [String: [String]] = [:]
  /// Those that may start, by warehouse.
  var ready: [Int: Heap<TurnKey>] = [:]
  /// Those whose wait is not over.
  var waiting = Heap<WaitKey>()
  var inFlight: Set<String> = []
  var busyWarehouses: Set<Int> = []
  var busyChains: Set<String> = []
  var line: Line = .open(window: 1, answers: 0)
  /// Attempts that Odoo has answered, whatever it said.
  var answers: Int64 = 0
  var unansweredInARow = 0
  /// Nothing starts before this time: the server has asked so.
  var notBefore = Duration.zero
  var pace = AnswerPace()
  var alarms: Set<Alarm> = []

  /// A confirmation in the outbox.
  struct Item: Sendable {
    var entry: OutboxEntry
    var turn: Turn
    /// When it came in, less what it had waited before.
    let since: Duration
    /// When it must be done; nil where nobody said.
    let cutOff: Duration?
    /// Times that Odoo could not serve it, since it was last answered.
    var unserved = 0
    /// What `answers` was when it was last tried.
    var answersBefore: Int64 = 0
  }

  /// What a confirmation does.
  enum Turn: Hashable, Sendable {
    case ready
    case waiting(until: Duration)
    case inFlight
    case parked
  }

  /// What is known of the way to Odoo.
  enum Line: Hashable, Sendable {
    /// Open for `window` attempts at once; grows with answers.
    case open(window: Int, answers: Int)
    /// Closed until a time, after failures in a row.
    case broken(until: Duration, failures: Int)
    /// One confirmation tries it; two failures or more are not tried early.
    case probing(String, failures: Int)
    /// The key was refused; to be tried again at a time.
    case denied(until: Duration)
    /// One confirmation tries the key.
    case probingKey(String)
    /// The box has no network.
    case offline
  }

  /// An empty outbox.
  public init(policy: OutboxPolicy = OutboxPolicy()) { self.policy = policy }

  // MARK: Inputs

  /// Takes a confirmation in; one that is there already is left as it is.
  ///
  /// - Parameters:
  ///   - entry: The confirmation. One that was being sent when the agent stopped is taken in like
  ///     any other: every attempt reads before it writes.
  ///   - parked: True if a person must decide about it.
  ///   - waited: How long it has waited already, as after a restart.
  ///   - cutOff: The time left until it must be done, negative when that has passed; nil where
  ///     nobody said, or the clock is not proven.
  public mutating func enqueue(
    _ entry: OutboxEntry,
    parked: Bool = false,
    waited: Duration = .zero,
    cutOff: Duration? = nil,
    now: Duration
  ) -> [Action] {
    guard items[entry.uuid] == nil else { return [] }
    items[entry.uuid] = Item(
      entry: entry,
      turn: parked ? .parked : .ready,
      since: now - max(.zero, waited),
      cutOff: cutOff.map { now + $0 }
    )
    var chain = chains[entry.chain] ?? []
    let place = chain.firstIndex { (items[$0]?.entry.sequence ?? .min) > entry.sequence }
    chain.insert(entry.uuid, at: place ?? chain.endIndex)
    chains[entry.chain] = chain
    line(up: entry.uuid)
    return schedule(now)
  }

  /// Takes the end of an attempt.
  ///
  /// - Parameter took: The mean time of the calls that Odoo has answered in it; nil without any.
  public mutating func finished(
    _ uuid: String,
    _ outcome: Outcome,
    took: Duration? = nil,
    now: Duration,
    random: UInt64
  ) -> [Action] {
    guard let item = items[uuid], item.turn == .inFlight else { return [] }
    inFlight.remove(uuid)
    busyWarehouses.remove(item.entry.warehouse)
    busyChains.remove(item.entry.chain)
    var actions: [Action] = []
    switch outcome {
    case .applied:
      remove(uuid)
      actions += answered(uuid)
    case .parked:
      items[uuid]?.turn = .parked
      actions += answered(uuid)
    case .later(let reason, let retryAfter):
      let asked = retryAfter.map { min(max(.zero, $0), policy.longestRetryAfter) } ?? .zero
      actions += later(uuid, reason, asked, now, random)
    }
    if let took, pace.note(took, slowFactor: policy.slowFactor) { narrow() }
    // What came between may be the first of the chain now.
    chains[item.entry.chain]?.first.map { line(up: $0) }
    return actions + schedule(now)
  }

  /// Goes on with what has become due.
  public mutating func tick(now: Duration) -> [Action] { schedule(now) }

  /// Somebody wants a confirmation to be tried now: a parked one, or one that waits.
  public mutating func retry(_ uuid: String, now: Duration) -> [Action] {
    guard let item = items[uuid], item.turn != .inFlight else { return [] }
    items[uuid]?.turn = .ready
    items[uuid]?.entry.attempts = 0
    items[uuid]?.unserved = 0
    line(up: uuid)
    return schedule(now)
  }

  /// Somebody has given a confirmation up; those behind it go on.
  ///
  /// - Returns: Nil if an attempt is under way: its end must be awaited.
  public mutating func discard(_ uuid: String, now: Duration) -> [Action]? {
    guard !inFlight.contains(uuid) else { return nil }
    remove(uuid)
    return schedule(now)
  }

  /// The box has lost its network.
  public mutating func offline(now: Duration) -> [Action] {
    switch line {
    case .denied, .probingKey: break
    case .open, .broken, .probing, .offline: line = .offline
    }
    return schedule(now)
  }

  /// The box has a network again: Odoo is tried soon, not at once with everybody else.
  public mutating func online(now: Duration, random: UInt64) -> [Action] {
    guard case .offline = line else { return schedule(now) }
    line = .broken(until: now + policy.firstProbe.jittered(random), failures: 0)
    return schedule(now)
  }

  /// Somebody else, such as the mirror, had its key refused.
  public mutating func denied(now: Duration, random: UInt64) -> [Action] {
    switch line {
    // Known already; to put the next try off at every refusal would put it off for ever.
    case .denied, .probingKey: return schedule(now)
    case .open, .broken, .probing, .offline:
      let until = now + policy.deniedProbe.jittered(random)
      return close(.denied(until: until), .denied) + schedule(now)
    }
  }

  /// Somebody else, such as the mirror, had an answer from Odoo: the line is tried soon.
  public mutating func ok(now: Duration, random: UInt64) -> [Action] {
    switch line {
    case .open, .probing, .probingKey: return schedule(now)
    case .offline, .denied, .broken: break
    }
    // With nothing to try the line with, the word of others has to do.
    guard hasWork else { return reopen() + schedule(now) }
    let soon = now + (policy.firstProbe / 4).jittered(random)
    switch line {
    case .open, .probing, .probingKey: break
    case .offline, .denied: line = .broken(until: soon, failures: 0)
    case .broken(let until, let failures):
      // Only once: somebody else's answers must not undo the growing wait, nor a Retry-After.
      if failures <= 1 { line = .broken(until: min(until, soon), failures: failures) }
    }
    return schedule(now)
  }

  // MARK: For the console

  /// Confirmations that are not finished.
  public var count: Int { items.count }

  /// True if at least so many chains can go on, now or later.
  public func hasBacklog(of least: Int) -> Bool {
    var found = 0
    for chain in chains.values {
      guard let first = chain.first, items[first]?.turn != .parked else { continue }
      found += 1
      if found >= least { return true }
    }
    return false
  }

  /// Whether Odoo can be reached.
  public var connection: Connection {
    switch line {
    case .open: .open
    case .broken, .probing: .broken
    case .denied, .probingKey: .denied
    case .offline: .offline
    }
  }

  /// Where a confirmation stands; nil if it is not here.
  public func standing(_ uuid: String) -> Standing? {
    guard let item = items[uuid] else { return nil }
    switch item.turn {
    case .inFlight: return .inFlight
    case .parked: return .parked
    case .ready, .waiting: break
    }
    if let first = chains[item.entry.chain]?.first, first != uuid { return .behind(first) }
    if case .waiting(let until) = item.turn { return .waiting(until: until) }
    return .ready
  }

  /// True if there is a confirmation that could be tried, now or later.
  private var hasWork: Bool {
    chains.values.contains { chain in
      chain.first.map { items[$0]?.turn != .parked } ?? false
    }
  }

  private mutating func remove(_ uuid: String) {
    guard let entry = items.removeValue(forKey: uuid)?.entry else { return }
    chains[entry.chain]?.removeAll { $0 == uuid }
    if let first = chains[entry.chain]?.first {
      line(up: first)
    } else {
      chains[entry.chain] = nil
    }
  }
}
