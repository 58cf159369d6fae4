public import JSON

/// Refreshes the mirror from Odoo: a state machine that says what to call and what to apply.
///
/// The driver calls `start`, carries out each step, and answers with `resume` (after a call) or
/// `proceed` (after a change was made durable), until the refresh has finished or failed. It may
/// be started anew at any time, which forgets the unfinished run; changes that were applied stay
/// right, as every change says the whole of what it is about.
///
/// Transfers. `write_date` of a picking does not move when its lines do (17, 18), so pickings,
/// moves and lines are polled by `write_date`, each with a watermark of its own (`Watermark`); a
/// row that was seen with the same date is left alone. What was written leads to the ids of
/// transfers, and these are read whole: pickings, moves, lines, and the names that their ids stand
/// for. Closed transfers are read only if the mirror knew them as open. A comparison lists ids and
/// dates of all open transfers, moves and lines, and reads again whatever differs: deletions and
/// rows that the poll missed. The first load reads page by page.
///
/// Master data. Each table is read by `write_date` in pages by id; archived records are forgotten,
/// and a comparison of ids finds deletions. Operation types and units are few and read whole.
///
/// Nothing here decides between Odoo's answer and what happened on the floor meanwhile: every
/// change carries the stamp that `start` was given (hazard `resurrection`).
public struct MirrorRefresh: Sendable {
  /// Where the next refresh goes on; changes only when a refresh has finished, except for the
  /// progress of a first load of master data.
  public private(set) var state: MirrorState
  private var schema: MirrorSchema
  private var names = NameCache()
  private var lastTransferRun: Duration?
  private var phase: Phase = .idle

  private enum Phase: Sendable {
    case idle
    case calling(Run, Run.Task)
    case applying(Run)
  }

  /// What the driver has to do next.
  public enum Step: Sendable {
    /// Make this call and give its result to `resume`.
    case call(OdooCall)
    /// Make this change durable and call `proceed`.
    case apply(MirrorChange)
    /// The mirror is fresh; `state` is to be kept with it.
    case finished(Summary)
    /// The refresh ended early; what was applied is right, the rest is as old as before.
    case failed(OdooFailure)
  }

  /// What a refresh did.
  public struct Summary: Hashable, Sendable {
    /// What was refreshed; says `everything` for a first load.
    public var kind: RefreshKind
    /// True if nothing that exists can be missing from the mirror now.
    public var complete: Bool
    /// Calls that were made.
    public var calls = 0
    /// Transfers that were read whole.
    public var transfers = 0
    /// Transfers that are gone from Odoo.
    public var forgotten = 0
    /// Transfers that only the comparison found to be different (hazard `missed-rows`).
    public var missed = 0
    /// Records of master data that were read.
    public var records = 0
    /// Tables that Odoo refused to give, with the reason; the others were refreshed.
    public var skipped: [MirrorTable: OdooFailure] = [:]
  }

  /// A refresh that goes on from `state`, or starts anew for nil or another version.
  ///
  /// - Parameters:
  ///   - major: Odoo's major version, 17 or newer.
  ///   - state: What an earlier refresh left.
  ///   - fields: Names of the existing fields of the models that are read, from `fields_get`;
  ///     models left out are taken as their version has them without extra modules.
  public init(major: Int, state: MirrorState? = nil, fields: [String: Set<String>] = [:]) {
    schema = MirrorSchema(major: major, known: fields)
    if let state, state.major == major {
      self.state = state
    } else {
      self.state = MirrorState(major: major)
    }
  }

  /// Negative control of the tests: asks for what is newer than the newest row that was read.
  package var asksForNewerOnly: Bool {
    get { schema.asksForNewerOnly }
    set { schema.asksForNewerOnly = newValue }
  }

  /// Begins a refresh.
  ///
  /// - Parameters:
  ///   - kind: What to read.
  ///   - startedAt: A stamp that grows over restarts and is not read here, such as the journal's
  ///     sequence; the applied changes carry it.
  ///   - now: Monotonic time; without it the overlap is read again every time.
  public mutating func start(
    _ kind: RefreshKind,
    startedAt: Int64,
    now: Duration? = nil
  ) -> Step {
    let run = Run(
      kind: kind,
      startedAt: startedAt,
      now: now,
      lastRun: lastTransferRun,
      state: state,
      names: names,
      schema: schema
    )
    return advance(run)
  }

  /// Takes the result of the call that was asked for.
  public mutating func resume(_ result: Result<JSON, OdooFailure>) -> Step {
    switch phase {
    case .calling(var run, let task):
      do {
        switch result {
        case .success(let json): try run.take(json, for: task)
        case .failure(let failure): try run.take(failure, for: task)
        }
        return advance(run)
      } catch {
        // The names of a broken run are as good as any; so is the progress of a first load.
        names = run.names
        state.tables = run.state.tables
        phase = .idle
        return .failed(error)
      }
    case .applying: return proceed()
    case .idle: return notRunning
    }
  }

  /// Goes on after a change was made durable.
  public mutating func proceed() -> Step {
    guard case .applying(let run) = phase else { return notRunning }
    return advance(run)
  }

  private mutating func advance(_ run: Run) -> Step {
    var run = run
    while true {
      if let change = run.nextChange() {
        phase = .applying(run)
        return .apply(change)
      }
      guard let task = run.nextTask() else { break }
      if let call = run.call(for: task) {
        run.summary.calls += 1
        phase = .calling(run, task)
        return .call(call)
      }
      run.perform(task)
    }
    names = run.names
    names.trim()
    state = run.state
    if case .transfers = run.kind { lastTransferRun = run.now }
    phase = .idle
    return .finished(run.summary)
  }

  private var notRunning: Step {
    .failed(
      OdooFailure(
        kind: .contract,
        name: "mirror.not_running",
        message: "no refresh waits for this: call start first"
      )
    )
  }
}
