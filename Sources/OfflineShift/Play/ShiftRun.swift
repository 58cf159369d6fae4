internal import DemoShift
internal import TestKit

/// Plays one shift without Odoo on one version, and accounts for it.
public struct ShiftRun {
  let options: ShiftOptions
  let terminal: Terminal

  /// Time between two looks at the simulator's log: it is long, and forgets only what is older than
  /// its last 15,000 calls.
  private static let logInterval: Duration = .seconds(5)

  /// A run with these options.
  public init(_ options: ShiftOptions) {
    self.options = options
    terminal = Terminal()
  }

  /// What came of a run.
  public struct Result: Sendable {
    /// The figures, and everything that is wrong.
    public var outcome: Outcome
    /// How often the agent was killed.
    public var kills: Int
    /// Events that were sent again because no answer had come.
    public var repetitions: Int
    /// Real time from the first scan to the last.
    public var floor: Duration
    /// Real time from Odoo's return until everything was applied.
    public var drain: Duration
  }

  /// Plays the shift and checks it; keeps the directory where something is wrong.
  public func play() throws -> Result {
    let yard = try Yard(options)
    defer { yard.stop() }
    do {
      let result = try play(yard)
      if !result.outcome.isGood, options.bug == nil { keep(yard) }
      return result
    } catch {
      keep(yard)
      throw error
    }
  }

  private func keep(_ yard: Yard) {
    yard.directory.keep()
    say("logs and journal are kept in \(yard.directory.path)")
  }

  private func play(_ yard: Yard) throws -> Result {
    var account = Account()
    let stocking = Stocking(yard: yard)
    var maker = OrderMaker(seed: options.seed)
    let orders = maker.orders(options.orders)
    try stocking.seed(orders)
    var made = try stocking.place(orders)
    try stocking.batch(&made)
    var plan = PlanOptions(version: options.version, seed: options.seed)
    plan.kills = options.kills
    let shift = Planner.plan(made, plan)
    let player = try Player(yard, shift)
    try player.leaveRetained()
    try yard.startAgent()
    try stocking.disturb(made)
    account.before = try OdooAccount(yard.web).stock
    say("Odoo \(options.version), \(options.orders) orders, \(shift.scans.count) scans planned")
    _ = try yard.web.request("POST", "/simulator/faults", ["kind": "down"])
    let start = ContinuousClock.now
    try player.play { index in
      if index > 0, index % 1_000 == 0 { say("\(index) scans") }
    }
    let end = ContinuousClock.now
    account.answers = player.answers
    say("the floor is done; Odoo comes back")
    _ = try yard.web.request("DELETE", "/simulator/faults")
    var log = ValidationLog()
    try drain(yard, &log)
    let drained = ContinuousClock.now
    let odoo = try OdooAccount(yard.web)
    account.transfers = odoo.transfers(log.places)
    account.after = odoo.stock
    account.kilograms = odoo.kilograms
    let journal = try JournalAccount(yard.journal, shift)
    account.journal = journal.codes
    account.unapplied = journal.unapplied
    return Result(
      outcome: Checker(shift: shift, account: account).run(),
      kills: player.kills,
      repetitions: player.repetitions,
      floor: start.duration(to: end),
      drain: end.duration(to: drained)
    )
  }

  /// Waits until the outbox has emptied itself, or nothing moves any more.
  private func drain(_ yard: Yard, _ log: inout ValidationLog) throws {
    var last = -1
    var progress = ContinuousClock.now
    var read = progress
    while true {
      if read.duration(to: .now) > Self.logInterval {
        try log.read(yard.web)
        read = .now
      }
      let (done, all) = try JournalAccount.drained(yard.journal)
      if done == all { return try log.read(yard.web) }
      if done > last {
        last = done
        progress = .now
      }
      guard progress.duration(to: .now) < options.standstill else {
        say("nothing was applied for \(options.standstill); \(all - done) of \(all) wait")
        return try log.read(yard.web)
      }
      pause(.milliseconds(200))
    }
  }

  private func say(_ text: String) {
    if options.isTalkative { terminal.report(text) }
  }
}
