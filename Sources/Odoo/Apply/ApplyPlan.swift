public import Floor
public import JSON

/// Makes one confirmation true in Odoo over the plain API of any stock Odoo 17 and newer, or with
/// the help of a server action (`ServerActionCode`) where an administrator has made it.
///
/// A state machine without I/O: `start`, `resume` and `woke` hand out steps, the driver carries
/// them out. It goes round in one loop, *read, decide, do one thing*:
/// ```
///        ┌──────────────── any answer, or none ────────────────┐
///        ▼                                                     │
///   read transfer, moves and lines ──► decide ──► look up lots and packages
///        ▲                                 │  ├──► load packages
///        │                                 │  ├──► write a package's weight
///        └──── wait ◄── unsettled ◄────────┤  ├──► load lines
///                                          │  ├──► write lines, then
///                      finished ◄──────────┘  └──► button_validate
/// ```
/// Invariants, each of which guards against something that was seen to happen:
///
/// 1. *Nothing is written to a transfer that is done.* It would move stock. What was seen done is not
///    written to; against a validation in the moment between, the one write names the unit of each
///    open move as it is, which Odoo refuses on a done one, so that nothing of it is carried out.
/// 2. *Only a read-back decides.* `applied` needs state `done` and lines equal to the confirmation
///    per product, lot, package and quantity. What `button_validate` answered proves nothing: `true`
///    may be another's validation, an action may be a question or a print-out.
/// 3. *After every write that failed or got no answer, whatever the failure's class, comes a read*
///    before anything else is written. The server may have done it, or may be doing it.
/// 4. *Repeating is harmless.* Lines and packages are made with `load` under external ids that
///    follow from the confirmation alone, so that a repetition, even one that the server carries
///    out two minutes later, updates the same record with the same values. Lines are made without
///    a quantity: on a transfer that became done meanwhile they move nothing. All else that is
///    written are absolute values on ids just read. `create` is never called, `state` is never
///    written.
/// 5. *All quantities are written in one call*, so that nobody sees half of it; the validation
///    follows it at once. What is not counted is marked as not picked and stays for the backorder.
/// 6. *The rest is dropped only if the demand is what it was at closing.* Growth otherwise goes to
///    the backorder; shrinkage is for a person to decide.
/// 7. *It ends.* Waits, repetitions and rounds are bounded by `Settings`.
///
/// A plan keeps nothing beyond its end. After `later`, or after a restart of the box in the midst
/// of it, a new plan starts with a read and finds out what was done; as long as a call of the
/// earlier plan may still be carried out (`Settings.unsettledFor`) it does nothing but look. The
/// driver must have the confirmation marked as `sending` on disk before it carries out the first
/// call with `writes`.
public struct ApplyPlan: Sendable {
  /// What the driver has to do.
  public enum Step: Hashable, Sendable {
    /// Make the call and give its result to `resume`.
    case call(OdooCall)
    /// Wait, then call `woke`.
    case wait(Duration)
    /// The plan is over.
    case finished(ApplyOutcome)
  }

  /// Limits of a plan.
  public struct Settings: Hashable, Sendable {
    /// Longest time to wait in all for a transfer to settle after unanswered writes.
    public var settling: Duration
    /// How long after the client gave a call up it may still be carried out.
    public var latestExecution: Duration
    /// How long a call of an earlier plan may still be carried out; until then this plan only looks.
    public var unsettledFor: Duration
    /// Earlier plans for the same confirmation that found the transfer not ready.
    public var notReadyBefore: Int
    /// How often a transfer may be found not ready before a person has to look at it.
    public var notReadyLimit: Int
    /// How long to wait before a transfer that was not ready is looked at again.
    public var notReadyPause: Duration
    /// How often the plan may start anew because lines vanished under it.
    public var replanLimit: Int
    /// What happens to goods beyond what Odoo has reserved.
    public var beyondReservation = BeyondReservation.apply
    /// Id of the server action that applies a confirmation in one transaction; nil for plain calls.
    public var action: Int?

    /// Limits; with the defaults a transfer may stay not ready for four hours.
    public init(
      settling: Duration = .seconds(30),
      latestExecution: Duration = .seconds(120),
      unsettledFor: Duration = .zero,
      notReadyBefore: Int = 0,
      notReadyLimit: Int = 240,
      notReadyPause: Duration = .seconds(60),
      replanLimit: Int = 3,
      action: Int? = nil
    ) {
      self.action = action
      self.settling = settling
      self.latestExecution = latestExecution
      self.unsettledFor = unsettledFor
      self.notReadyBefore = notReadyBefore
      self.notReadyLimit = notReadyLimit
      self.notReadyPause = notReadyPause
      self.replanLimit = replanLimit
    }

    /// Negative controls of the tests: each breaks one invariant on purpose.
    package var trustsReturnValue = false
    package var writesWithoutReading = false
    package var createsInsteadOfLoads = false
    package var namesLots = false
    package var writesState = false
  }

  /// What happens to goods beyond what Odoo has reserved.
  public enum BeyondReservation: String, CaseIterable, Sendable {
    /// What was counted is applied; Odoo's stock may become negative, and shows it.
    case apply
    /// Applied if Odoo has the goods there; else a person decides.
    case inStock = "in_stock"
    /// A person decides.
    case park
  }

  enum State {
    case idle
    case reading(Read)
    case writing(Action)
    case waiting
    case naming(ApplyException)
    case over
  }

  /// Which read of a pass is on its way.
  enum Read {
    case transfer, lots, packages, stock, look
  }

  /// A call that changes something.
  struct Action {
    enum Kind {
      case loadPackages, weigh, loadLines, write, validate, apply
    }
    var kind: Kind
    var call: OdooCall
  }

  /// What the last write came to, if not to what was expected.
  enum Trouble {
    case failure(OdooFailure)
    /// An action of a window was answered: Odoo asks something.
    case question(String)
    /// The validation was answered without an error.
    case answered
  }

  /// What a plan remembers between passes.
  struct Memory {
    var last: Action.Kind?
    var trouble: Trouble?
    /// True once a write got no answer: it may still be carried out.
    var isUnsettled = false
    /// True once anything was written.
    var hasWritten = false
    var waited = Duration.zero
    var pause = Duration.seconds(1)
    /// True once all that the confirmation names was looked up in this pass.
    var hasLookedUp = false
    /// True if this plan leans on what was asked for beforehand.
    var leansOnNames = false
    /// True once the stock was found to be enough.
    var hasCheckedStock = false
    /// What the server action called the state that it showed.
    var stamp = ""
    var rounds = 0
    var replans = 0
    /// Lines that parts were put on.
    var places: [Part: [Int: Quantity]] = [:]
    /// Parts whose lines are being loaded.
    var loading: [Part] = []
    /// Rows of lines that were loaded, by external id: repeated as they were.
    var rows: [String: LineRow] = [:]
    /// Result packages that lines had at the first read.
    var kept: Set<Int>?
    var notes: [String] = []
  }

  /// More rounds than any plan needs: each part of one takes at most a few.
  static let roundLimit = 40

  let confirmation: Confirmation
  let transferID: Int
  let fields: OdooFields
  let settings: Settings
  let names: KnownNames
  var state = State.idle
  var snapshot = TransferSnapshot()
  var memory = Memory()
  /// Why the server action could not be used; nil while it can.
  ///
  /// The plan then goes on with the plain calls, with the same end; the driver tells the operator.
  public internal(set) var lostAction: String?

  /// A plan that validates a transfer as a confirmation says.
  ///
  /// - Parameters:
  ///   - transferID: Database id of the transfer; for a remainder, that of the backorder.
  ///   - fields: The server's version and fields.
  ///   - names: What was asked for beforehand, if anything.
  public init(
    confirmation: Confirmation,
    transferID: Int,
    fields: OdooFields,
    settings: Settings = Settings(),
    names: KnownNames = KnownNames()
  ) {
    self.names = names
    self.confirmation = confirmation
    self.transferID = transferID
    self.fields = fields
    self.settings = settings
  }

  /// The first step.
  public mutating func start() -> Step { read() }

  /// The step after a wait.
  public mutating func woke() -> Step { read() }

  /// The step after a call's result.
  public mutating func resume(_ result: Result<JSON, OdooFailure>) -> Step {
    switch state {
    case .idle, .waiting, .over: return read()
    case .reading(let read): return took(read, result)
    case .writing(let action): return took(action, result)
    case .naming(let exception): return named(exception, result)
    }
  }

  mutating func finish(_ outcome: ApplyOutcome) -> Step {
    state = .over
    return .finished(outcome)
  }

  mutating func later(
    _ reason: String,
    _ kind: OdooFailure.Kind?,
    after: Duration? = nil
  ) -> Step {
    var pause = after
    if memory.isUnsettled { pause = max(pause ?? .zero, settings.latestExecution) }
    return finish(
      .later(
        .init(reason: reason, kind: kind, retryAfter: pause, isUnsettled: memory.isUnsettled)
      )
    )
  }

  /// Waits for the transfer to settle; nil once the time for that is used up.
  mutating func settle() -> Step? {
    let left = settings.settling - memory.waited
    guard left > .zero else { return nil }
    let pause = min(memory.pause, left)
    memory.waited += pause
    memory.pause = memory.pause * 2
    state = .waiting
    return .wait(pause)
  }
}
