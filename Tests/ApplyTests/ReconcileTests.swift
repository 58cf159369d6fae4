import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// What is confirmed here against what Odoo has, for each way in which they can differ.
@Suite("Reconciliation")
struct ReconcileTests {
  static let versions: [OdooSimulator.OdooVersion] = [.v17, .v18, .v19]

  /// An order that was applied, and what is compared afterwards.
  final class Night {
    let order: Order
    let bench: ApplyBench
    var entry: ReconcileEntry

    init(_ kind: Order.Kind, _ version: OdooSimulator.OdooVersion, apply: Bool = true) throws {
      order = try Order(kind, Setup(version))
      bench = try ApplyBench(copying: order.world)
      entry = ReconcileEntry(
        uuid: order.confirmation.uuid,
        transfer: order.confirmation.transferName,
        transferID: order.transfer,
        content: order.confirmation,
        standing: .applied,
        reason: nil,
        actor: "agent",
        closed: 1_800_000_000_000,
        changed: 1_800_000_000_000
      )
      if apply {
        guard case .applied = try bench.apply(order.confirmation, to: order.transfer) else {
          throw ApplyBench.Trouble("not applied")
        }
      }
      // Whatever people do, they do it later.
      bench.odoo.admin.advance(by: .seconds(60))
    }

    var name: JSON { .string(order.confirmation.transferName) }

    func person(_ deed: JSON) throws { _ = try bench.odoo.admin.person(deed) }

    /// The first line of the transfer in Odoo.
    func line() throws -> JSON {
      try bench.transfer(order.transfer)["moves"]?[0]?["lines"]?[0]?["id"] ?? .null
    }

    func report(_ break: (inout Reconciliation) -> Void = { _ in }) throws -> ReconcileReport {
      let side = try bench.side(of: [entry])
      var reconciliation = Reconciliation(
        [entry],
        side,
        ownUserID: try bench.userID(),
        now: 1_800_000_100_000
      )
      `break`(&reconciliation)
      return reconciliation.report(since: 1_799_000_000_000)
    }
  }

  @Test(arguments: Order.Kind.allCases, versions)
  func findsNothingWhereBothAgree(kind: Order.Kind, version: OdooSimulator.OdooVersion) throws {
    let report = try Night(kind, version).report()
    #expect(report.findings == [])
    #expect(report.compared == 1 && report.equal == 1)
  }

  @Test(arguments: versions)
  func explainsWhatAPersonChangedAfterwards(version: OdooSimulator.OdooVersion) throws {
    let night = try Night(.full, version)
    try night.person(["do": "set_line", "line": night.line(), "quantity": 1])
    let finding = try #require(night.report().findings.first)
    #expect(finding.kind == .changed && finding.isExplained)
    #expect(finding.by == "Mitchell Admin", "\(finding)")
    #expect(finding.lines.count == 1)
    #expect(finding.lines.first?.confirmed == Quantity(2))
    #expect(finding.lines.first?.odoo == .one)
    #expect(finding.lines.first?.product.contains("TM-1001") == true, "\(finding.lines)")
  }

  @Test func leavesToAPersonWhatItsOwnLoginChanged() throws {
    let night = try Night(.full, .v19)
    // This box never writes to a done transfer: something else uses its key.
    let line = try #require(try night.line().int)
    _ = try night.bench.call(
      OdooCall(
        "stock.move.line",
        "write",
        ids: [line],
        arguments: ["vals": ["quantity": 1]],
        writes: true
      )
    ).get()
    let finding = try #require(night.report().findings.first)
    #expect(finding.kind == .differs && !finding.isExplained)
    #expect(!finding.advice.isEmpty)
  }

  @Test func explainsAReturn() throws {
    let night = try Night(.full, .v18)
    try night.person(["do": "return", "transfer": night.name])
    let kinds = try night.report().findings.map(\.kind)
    #expect(kinds.contains(.returned), "\(kinds)")
    #expect(try night.report().findings.allSatisfy(\.isExplained))
  }

  @Test func findsAnotherTrackingReference() throws {
    let night = try Night(.full, .v18)
    _ = try night.bench.odoo.admin.call(
      "stock.picking",
      "write",
      [.int(night.order.transfer)],
      ["carrier_tracking_ref": "OTHER"]
    )
    let report = try night.report()
    #expect(report.findings.map(\.kind) == [.tracking])
    #expect(report.findings.first?.sentence.contains("OTHER") == true)
  }

  @Test func findsAnotherLotAndSaysWhich() throws {
    let night = try Night(.lots, .v18)
    night.entry.content?.lines[0].lot = "L2603-WH-B"
    night.entry.content?.lines[1].lot = "L2603-WH-A"
    let finding = try #require(night.report().findings.first)
    #expect(finding.kind == .differs)
    let rows = finding.lines.sorted { ($0.lot ?? "") < ($1.lot ?? "") }
    #expect(rows.map(\.lot) == ["L2603-WH-A", "L2603-WH-B"])
    #expect(rows.map(\.confirmed) == [Quantity(2), .one])
    #expect(rows.map(\.odoo) == [.one, Quantity(2)])
  }

  @Test("negative control: a comparison that ignores lots misses it")
  func noticesAComparisonThatIgnoresLots() throws {
    let night = try Night(.lots, .v18)
    night.entry.content?.lines[0].lot = "L2603-WH-B"
    night.entry.content?.lines[1].lot = "L2603-WH-A"
    #expect(try night.report { $0.ignoresLots = true }.findings.isEmpty)
    #expect(try !night.report().findings.isEmpty)
  }

  @Test(arguments: versions)
  func seesATransferThatIsOpenAgain(version: OdooSimulator.OdooVersion) throws {
    // Applied here, and Odoo is as it was before.
    let night = try Night(.full, version, apply: false)
    let report = try night.report()
    let finding = try #require(report.findings.first)
    #expect(finding.kind == .openAgain && !finding.isExplained)
    #expect(finding.advice.contains("--apply-again"))
    #expect(report.looksRestored)
  }

  @Test func seesATransferThatVanished() throws {
    let night = try Night(.full, .v18, apply: false)
    night.entry.transferID = 99_999
    let report = try night.report()
    #expect(report.findings.map(\.kind) == [.vanished])
    #expect(report.looksRestored)
  }

  @Test func saysWhatIsNotAppliedAndWhatOdooHas() throws {
    let night = try Night(.full, .v18)
    night.entry.standing = .parked
    night.entry.reason = "Odoo refused it."
    let finding = try #require(night.report().findings.first)
    #expect(finding.kind == .notApplied && finding.isExplained)
    #expect(finding.advice.contains("retry"), "Odoo has it just so")

    night.entry.content?.lines[0].quantity = Quantity(7)
    let other = try #require(night.report().findings.first)
    #expect(other.lines.first?.confirmed == Quantity(7))
    #expect(other.advice.contains("queue show"))

    let open = try Night(.full, .v18, apply: false)
    open.entry.standing = .waiting
    #expect(try open.report().findings.first?.kind == .notApplied)
    #expect(try !open.report().looksRestored)
  }

  @Test func saysWhatWasGivenUp() throws {
    let night = try Night(.full, .v18, apply: false)
    night.entry.standing = .givenUp
    night.entry.actor = "anna"
    let finding = try #require(night.report().findings.first)
    #expect(finding.kind == .givenUp && finding.isExplained)
    #expect(finding.sentence.contains("anna"))
  }

  @Test(arguments: versions)
  func findsWhatTheFloorNeverSaw(version: OdooSimulator.OdooVersion) throws {
    let night = try Night(.partial, version)
    // The rest is validated by somebody in Odoo.
    let rest = try #require(
      night.bench.odoo.admin.state()["transfers"]?.array?.first {
        $0["backorder_id"]?.int == night.order.transfer
      }
    )
    try night.person(["do": "validate", "transfer": rest["name"] ?? .null])
    let report = try night.report()
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    #expect(finding.kind == .unseen && finding.isExplained)
    #expect(finding.transfer == rest["name"]?.string)
    #expect(finding.by == "Mitchell Admin")
  }

  @Test func asksInBatchesOfAHundred() throws {
    let night = try Night(.full, .v18)
    let before = night.bench.made.count
    let question = ReconcileRead.Question(
      transfers: Array(1...250) + [night.order.transfer],
      known: [],
      types: [],
      since: 0,
      companyID: 1
    )
    _ = try night.bench.read(question)
    let transfers = night.bench.made[before...].filter { $0 == "stock.picking.web_search_read" }
    #expect(transfers.count == 4, "three batches and the others")
  }

  @Test func aFailedReadIsNoReport() throws {
    let night = try Night(.full, .v18)
    for number in 1...3 {
      night.bench.fault = (.unavailable, night.bench.made.count + number)
      #expect(throws: OdooFailure.self) { try night.report() }
    }
  }

  @Test func aReportIsTheSameAfterTheJournal() throws {
    let night = try Night(.lots, .v18)
    night.entry.content?.lines[0].quantity = Quantity(3)
    let report = try night.report()
    #expect(!report.findings.isEmpty)
    let text = report.json.text
    #expect(try ReconcileReport(json: JSON.parse(text)) == report)
  }
}

extension ApplyBench {
  /// What Odoo has of what the entries are about.
  func side(of entries: [ReconcileEntry]) throws -> OdooSide {
    let ids = entries.compactMap(\.transferID)
    return try read(
      ReconcileRead.Question(
        transfers: ids,
        known: Set(ids),
        types: [],
        since: 1_799_000_000_000,
        companyID: 1
      )
    )
  }

  func read(_ question: ReconcileRead.Question) throws -> OdooSide {
    var read = ReconcileRead(question, fields: fields)
    var step = read.start()
    while true {
      switch step {
      case .call(let call): step = read.resume(try make(call))
      case .failed(let failure): throw failure
      case .finished(let side): return side
      }
    }
  }

  /// One call, as somebody with the agent's key makes it.
  func call(_ call: OdooCall) throws -> Result<JSON, OdooFailure> { try make(call) }

  /// The agent's user in Odoo.
  func userID() throws -> Int { session.uid }
}
