public import Floor
public import JSON
public import Odoo

/// One attempt at a confirmation: finds its transfer, applies it, and says what must be on disk
/// before it goes on.
///
/// A state machine without I/O; the agent and the seeded histories carry out its steps. Invariants:
///
/// * Before the first call that may write, the confirmation is stored as `sending` with the transfer
///   that it is bound to (hazard `sending-unrecorded`); a crash at any later point leads to a new
///   attempt, which begins by reading.
/// * It has ended as applied or parked only once that is stored.
public struct Attempt: Sendable {
  /// What the driver has to do.
  public enum Step: Hashable, Sendable {
    /// Make the call and give its result to `resume`.
    case call(OdooCall)
    /// Put this on disk, then call `stored`; the attempt goes on only once it is there.
    case store(Record)
    /// Wait, then call `woke`.
    case wait(Duration)
    /// The attempt is over; its end is for `AttemptMemory.ended`.
    case finished(End)
  }

  /// What must be on disk.
  public enum Record: Hashable, Sendable {
    /// Calls to this transfer are about to be sent.
    case sending(transfer: Int)
    /// The transfer equals the confirmation.
    case applied(ApplyOutcome.Applied, transfer: Int)
    /// A person must decide.
    case parked(AttemptTarget.Obstacle)
  }

  /// How an attempt ended.
  public enum End: Hashable, Sendable {
    /// Odoo agrees, shown by reading it back.
    case applied
    /// A person must decide.
    case parked
    /// What it is for does not exist yet.
    case notYet
    /// What had to be on disk could not be stored.
    case unstored(Outbox.Reason)
    /// Nothing is decided; `onlyLooked` if nothing was written, as an earlier call may still be
    /// carried out.
    case later(ApplyOutcome.Later, onlyLooked: Bool)
    /// The login is refused.
    case stopped(OdooFailure)
  }

  /// What an attempt needs to know besides the confirmation.
  public struct Circumstances: Sendable {
    /// The server's version and fields.
    public var fields: OdooFields
    /// What is known without asking Odoo; for a search.
    public var known: TransferSearch.Known
    /// Limits of the plan.
    public var settings: ApplyPlan.Settings
    /// Lots and packages that were asked for beforehand.
    public var names = KnownNames()
    /// True if the confirmation is stored as `sending` already.
    public var isSending: Bool

    /// Circumstances of an attempt.
    ///
    /// - Parameter standing: What earlier attempts have left; goes into `known` and `settings`.
    public init(
      fields: OdooFields,
      known: TransferSearch.Known = TransferSearch.Known(),
      settings: ApplyPlan.Settings = ApplyPlan.Settings(),
      standing: AttemptMemory.Standing,
      isSending: Bool
    ) {
      self.fields = fields
      self.known = known
      self.settings = settings
      self.isSending = isSending
      self.known.missedBefore = standing.notReady
      self.settings.unsettledFor = standing.unsettledFor
      self.settings.notReadyBefore = standing.notReady
    }
  }

  private enum State {
    case idle
    case searching(TransferSearch)
    case applying(ApplyPlan, transfer: Int)
    /// A call waits until `sending` is on disk.
    case announcing(ApplyPlan, transfer: Int, OdooCall)
    case ending(End)
  }

  private let confirmation: Confirmation
  private let target: AttemptTarget
  private let circumstances: Circumstances
  private var isSending: Bool
  /// Why the server action could not be used, once an attempt has found out.
  public private(set) var lostAction: String?
  private var state = State.idle

  /// An attempt at what `target` says.
  public init(_ confirmation: Confirmation, _ target: AttemptTarget, _ circumstances: Circumstances)
  {
    self.confirmation = confirmation
    self.target = target
    self.circumstances = circumstances
    isSending = circumstances.isSending
  }

  /// True while the transfer is looked for.
  public var isSearching: Bool {
    if case .searching = state { true } else { false }
  }

  /// The first step.
  public mutating func start() -> Step {
    switch target {
    case .transfer(let id): return apply(id)
    case .search(let goal):
      var search = TransferSearch(confirmation, goal, known: circumstances.known)
      let step = search.start()
      return next(step, search)
    case .notYet: return .finished(.notYet)
    case .never(let obstacle): return park(obstacle)
    }
  }

  /// The step after a call's result.
  public mutating func resume(_ result: Result<JSON, OdooFailure>) -> Step {
    switch state {
    case .searching(var search):
      let step = search.resume(result)
      return next(step, search)
    case .applying(var plan, let transfer):
      let step = plan.resume(result)
      return next(step, plan, transfer)
    case .idle, .announcing, .ending: return .finished(.notYet)
    }
  }

  /// The step after a wait.
  public mutating func woke() -> Step {
    guard case .applying(var plan, let transfer) = state else { return .finished(.notYet) }
    let step = plan.woke()
    return next(step, plan, transfer)
  }

  /// The step after a record was stored, or could not be.
  public mutating func stored(_ isOnDisk: Bool) -> Step {
    switch state {
    case .announcing(let plan, let transfer, let call):
      guard isOnDisk else { return .finished(.unstored(.notYet)) }
      isSending = true
      state = .applying(plan, transfer: transfer)
      return .call(call)
    case .ending(let end): return .finished(isOnDisk ? end : .unstored(.unanswered))
    case .idle, .searching, .applying: return .finished(.notYet)
    }
  }

  private mutating func next(_ step: TransferSearch.Step, _ search: TransferSearch) -> Step {
    switch step {
    case .call(let call):
      state = .searching(search)
      return .call(call)
    case .finished(.found(let id)): return apply(id)
    case .finished(.later(let later)): return .finished(.later(later, onlyLooked: false))
    case .finished(.exception(let exception)): return park(AttemptTarget.Obstacle(exception))
    case .finished(.stop(let failure)): return .finished(.stopped(failure))
    }
  }

  private mutating func apply(_ transfer: Int) -> Step {
    var plan = ApplyPlan(
      confirmation: confirmation,
      transferID: transfer,
      fields: circumstances.fields,
      settings: circumstances.settings,
      names: circumstances.names
    )
    let step = plan.start()
    return next(step, plan, transfer)
  }

  private mutating func next(_ step: ApplyPlan.Step, _ plan: ApplyPlan, _ transfer: Int) -> Step {
    lostAction = plan.lostAction
    switch step {
    case .call(let call):
      if call.writes, !isSending {
        state = .announcing(plan, transfer: transfer, call)
        return .store(.sending(transfer: transfer))
      }
      state = .applying(plan, transfer: transfer)
      return .call(call)
    case .wait(let time):
      state = .applying(plan, transfer: transfer)
      return .wait(time)
    case .finished(.applied(let applied)):
      state = .ending(.applied)
      return .store(.applied(applied, transfer: transfer))
    case .finished(.exception(let exception)): return park(AttemptTarget.Obstacle(exception))
    case .finished(.later(let later)):
      let onlyLooked = circumstances.settings.unsettledFor > .zero
      return .finished(.later(later, onlyLooked: onlyLooked))
    case .finished(.stop(let failure)): return .finished(.stopped(failure))
    }
  }

  private mutating func park(_ obstacle: AttemptTarget.Obstacle) -> Step {
    state = .ending(.parked)
    return .store(.parked(obstacle))
  }
}
