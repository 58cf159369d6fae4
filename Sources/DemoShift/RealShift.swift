internal import Glibc
internal import TestKit

/// The open transfers of a real Odoo, which are validated.
struct RealShift {
  let options: DemoOptions
  let odoo: DemoOptions.RealOdoo
  let site: Site
  let terminal: Terminal

  /// Longest wait for the agent to have read Odoo for the first time.
  private static let firstRead: Duration = .seconds(120)
  /// Time without any transfer being closed after which the shift is given up.
  private static let patience: Duration = .seconds(90)
  /// Longest wait for the outbox to drain after the last transfer was closed.
  private static let drain: Duration = .seconds(180)
  /// More units than this are too many to be scanned one by one in a demo.
  private static let mostUnits = 500.0

  func play() throws -> Bool {
    terminal.show("Everything is in \(site.directory.path)")
    let web = Web(base: odoo.url, authorityFile: odoo.authorityFile)
    let client = OdooClient(
      web,
      database: odoo.database,
      login: odoo.login,
      key: String(try File.text(odoo.keyFile).filter { !$0.isWhitespace })
    )
    try site.startBroker()
    try site.configure(
      Site.OdooSettings(
        url: odoo.url,
        database: odoo.database,
        login: odoo.login,
        keyFile: odoo.keyFile,
        authorityFile: odoo.authorityFile
      )
    )
    try site.startAgent()
    terminal.report("broker and agent are up; the agent reads \(odoo.url)")
    let source = APISource(client: client, ids: try mirroredTransfers())
    let before = try source.state()
    let (shelf, chosen) = try choose(before, client)
    guard !chosen.isEmpty else {
      throw Refusal(sentence: "There is no open, ready transfer that the demo can do.")
    }
    try ask(chosen)
    return try work(
      chosen,
      before,
      APISource(client: client, ids: chosen.map(\.id)),
      shelf
    )
  }

  /// The open transfers that the agent's mirror shows.
  private func mirroredTransfers() throws -> [Int] {
    var ids: [Int] = []
    try eventually("the agent's first read of Odoo", within: Self.firstRead) {
      guard File.exists(site.mirror), let mirror = try? SQLiteFile(site.mirror),
        let rows = try? mirror.rows("SELECT id FROM transfer WHERE open = 1 ORDER BY id")
      else { return false }
      ids = rows.compactMap { $0["id"].flatMap { Int($0) } }
      let isRead =
        (try? mirror.value("SELECT count(*) FROM refresh WHERE kind = 'transfers'"))?.map {
          $0 != "0"
        } ?? false
      return isRead
    }
    return ids
  }

  /// Transfers whose goods can all be scanned, and their products.
  private func choose(
    _ state: OdooState,
    _ client: OdooClient
  ) throws -> (Shelf, [OdooTransfer]) {
    let rows = try client.rows(
      "stock.move",
      [["picking_id", "in", .array(state.transfers.map { .number(Double($0.id)) })]],
      ["picking_id", "product_id", "product_uom"]
    )
    let shelf = try Shelf(client: client, ids: rows.compactMap { $0["product_id"]?.id })
    let otherUnits = Set(
      rows.filter { row in
        row["product_id"]?.id.flatMap { shelf.byID[$0]?.unit } != row["product_uom"]?.id
      }
      .compactMap { $0["picking_id"]?.id }
    )
    let chosen = state.transfers.filter { transfer in
      transfer.state == "assigned" && !otherUnits.contains(transfer.id)
        && [.pick, .pack, .ship].contains(transfer.step) && canBeScanned(transfer, shelf)
    }
    return (shelf, Array(chosen.prefix(odoo.transfers)))
  }

  private func canBeScanned(_ transfer: OdooTransfer, _ shelf: Shelf) -> Bool {
    let units = transfer.lines.reduce(0) { $0 + $1.quantity }
    return !transfer.lines.isEmpty && units <= Self.mostUnits
      && transfer.lines.allSatisfy { line in
        guard let product = shelf[line.product], line.quantity > 0 else { return false }
        let isTracked = product.tracking != "none"
        return !product.barcode.isEmpty && line.quantity == line.quantity.rounded()
          && isTracked == (line.lot != nil)
      }
  }

  private func ask(_ chosen: [OdooTransfer]) throws {
    terminal.show("")
    terminal.show("WARNING: this validates \(chosen.count) transfers for good in")
    terminal.show("  \(odoo.url), database \(odoo.database):")
    for transfer in chosen {
      terminal.show("  " + Terminal.left(transfer.name, 22) + transfer.origin)
    }
    terminal.show("Odoo moves the stock, and there is no undo.")
    if odoo.isConfirmed { return }
    guard isatty(0) == 1 else {
      throw Refusal(sentence: "Nobody can be asked here. To go on without a question, add --yes")
    }
    terminal.show("Type yes to go on:")
    guard readLine() == "yes" else { throw Refusal(sentence: "Nothing was validated.") }
  }

  private func work(
    _ chosen: [OdooTransfer],
    _ before: OdooState,
    _ source: APISource,
    _ shelf: Shelf
  ) throws -> Bool {
    let crew = try Crew(
      site: site,
      shelf: shelf,
      terminal: terminal,
      seed: options.seed
    ) { _, _ in }
    let trouble = Trouble(
      site,
      crew.gate,
      crew.book,
      terminal,
      simulator: nil,
      seed: options.seed
    )
    let played = Background { try trouble.play(closings: chosen.count) }
    // Labels of two shifts must not be the same.
    var dispatcher = Dispatcher(firstLabel: Int(time(nil) % 1_000_000) * 1_000)
    for transfer in chosen {
      crew.board.add(
        dispatcher.job(
          for: transfer,
          hasTracking: before.hasTracking,
          hasWeights: before.weights != nil
        )
      )
    }
    var closings = 0
    while crew.book.closings + crew.book.problems.count < chosen.count {
      closings = crew.book.closings
      if !crew.book.waitForClosings(closings + 1, within: Self.patience) {
        crew.book.fail("no transfer was closed for \(Self.patience)")
        break
      }
    }
    do { try played.finish(within: .seconds(120)) } catch { crew.book.fail("\(error)") }
    try crew.finish()
    terminal.report("the last transfer is closed; waiting for Odoo to have everything")
    if try !crew.waitForQueue(site, within: Self.drain) {
      crew.book.fail("the outbox did not drain within \(Self.drain)")
    }
    let checker = Checker(
      history: crew.book.history,
      journal: try JournalContent(SQLiteFile(site.journal)),
      odoo: try source.state(),
      isAlone: false
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
