internal import TestKit

/// Twenty orders in the simulator, in a warehouse with one step and one with three.
struct SimulatedShift {
  let options: DemoOptions
  let site: Site
  let terminal: Terminal

  /// Time without any transfer being closed after which the shift is given up.
  private static let patience: Duration = .seconds(45)
  /// The simulator carries out a late call after `Trouble.lateMilliseconds`; with the default of two
  /// minutes the agent would wait longer for a lost request than the shift lasts.
  private static let longestCall = "2s"
  /// Longest wait for the outbox to drain after the last transfer was closed.
  private static let drain: Duration = .seconds(60)

  func play() throws -> Bool {
    terminal.show("Everything is in \(site.directory.path)")
    try site.startBroker()
    let port = try site.startSimulator(version: options.version)
    let web = Web(base: "http://127.0.0.1:\(port)", authorityFile: nil)
    let keyFile = site.directory.path("odoo-key")
    let client = OdooClient(
      web,
      database: "demo",
      login: "tallyman",
      key: String(try File.text(keyFile).filter { !$0.isWhitespace })
    )
    let shelf = try Shelf(client: client)
    var orders = Orders(web, shelf, seed: options.seed)
    let plans = try orders.make()
    try site.configure(
      Site.OdooSettings(
        url: web.base,
        database: "demo",
        login: "tallyman",
        keyFile: keyFile,
        longestCall: Self.longestCall
      )
    )
    try site.startAgent()
    terminal.report(
      "Odoo \(options.version) (simulated), broker and agent are up; \(plans.count) orders, seed"
        + " \(options.seed)"
    )
    let source = SimulatorSource(web: web)
    let dispatcher = Monitor(Dispatcher(firstLabel: 1_000))
    let crew = try Crew(
      site: site,
      shelf: shelf,
      terminal: terminal,
      seed: options.seed
    ) { job, board in
      guard job.comesBack else { return }
      board.add(dispatcher.update { $0.secondVisit(to: job) })
    }
    let trouble = Trouble(
      site,
      crew.gate,
      crew.book,
      terminal,
      simulator: web,
      seed: options.seed
    )
    try trouble.begin()
    let played = Background { try trouble.play(closings: Orders.closings) }
    try handOut(crew, source, plans, dispatcher)
    do { try played.finish(within: .seconds(120)) } catch { crew.book.fail("\(error)") }
    try crew.finish()
    return try account(crew, source, trouble)
  }

  /// Hands each transfer to its station as soon as Odoo has made it ready.
  private func handOut(
    _ crew: Crew,
    _ source: SimulatorSource,
    _ plans: [String: Orders.Plan],
    _ dispatcher: Monitor<Dispatcher>
  ) throws {
    var known: Set<Int> = []
    var closings = 0
    var progress = ContinuousClock.now
    while crew.book.closings + crew.book.problems.count < Orders.closings {
      if crew.book.closings > closings {
        closings = crew.book.closings
        progress = .now
      }
      guard progress.duration(to: .now) < Self.patience else {
        crew.book.fail("no transfer was closed for \(Self.patience)")
        return
      }
      for transfer in try source.state().transfers where transfer.state == "assigned" {
        // The rest of a transfer is left, or fetched by those who left it.
        guard transfer.backorderOf == nil, let plan = plans[transfer.origin],
          known.insert(transfer.id).inserted
        else { continue }
        crew.board.add(dispatcher.update { $0.job(for: transfer, plan: plan) })
      }
      _ = crew.book.waitForClosings(Orders.closings, within: .milliseconds(400))
    }
  }

  private func account(
    _ crew: Crew,
    _ source: SimulatorSource,
    _ trouble: Trouble
  ) throws -> Bool {
    terminal.report("the last transfer is closed; waiting for Odoo to have everything")
    if try crew.waitForQueue(site, within: Self.drain) {
      terminal.report("the outbox is empty")
    } else {
      crew.book.fail("the outbox did not drain within \(Self.drain)")
    }
    if trouble.kills < Trouble.fewestKills {
      crew.book.fail("the agent was killed \(trouble.kills) times only")
    }
    let checker = Checker(
      history: crew.book.history,
      journal: try JournalContent(SQLiteFile(site.journal)),
      odoo: try source.state(),
      isAlone: true
    )
    let report = Report(
      result: checker.run(),
      problems: crew.book.problems,
      kills: trouble.kills
    )
    for line in report.lines { terminal.show(line) }
    return report.isGood
  }
}
