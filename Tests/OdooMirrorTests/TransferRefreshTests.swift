internal import Floor
internal import JSON
internal import Odoo
internal import Testing

struct TransferRefreshTests {
  private func loaded(
    _ odoo: inout FakeOdoo
  ) throws -> (refresh: MirrorRefresh, mirror: MirrorCopy) {
    var refresh = MirrorRefresh(major: odoo.major)
    var mirror = MirrorCopy()
    let summary = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(summary.complete)
    return (refresh, mirror)
  }

  @Test(arguments: [17, 18, 19])
  func loadsAllOpenTransfersInPages(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    for _ in 0..<120 { _ = odoo.order(moves: 2) }
    let done = odoo.order()
    odoo.close(done, "done")
    let (_, mirror) = try loaded(&odoo)
    #expect(mirror.openText() == odoo.openText())
    #expect(mirror.transfers.count == 120)
    let pages = odoo.calls.filter { $0.model == "stock.move.line" && $0.arguments["limit"] == nil }
    #expect(pages.count == 3)
    #expect(pages.allSatisfy { ($0.arguments["domain"]?[0]?[2]?.array?.count ?? 99) <= 50 })
  }

  @Test(arguments: [17, 18, 19])
  func takesTransfersApart(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    let partner = odoo.make("res.partner", ["display_name": "Wood Corner", "active": false])
    let lot = odoo.make("stock.lot", ["name": "LOT-1"])
    let package = odoo.make(odoo.packageModel, ["name": "PACK1"])
    let id = odoo.order([
      "partner_id": .int(partner), "origin": "S00012", "backorder_id": false,
      "scheduled_date": "1970-01-02 00:00:01",
    ])
    let line = odoo.ids("stock.move.line", of: id)[0]
    odoo.put(
      "stock.move.line",
      line,
      [
        "lot_id": .int(lot), "package_id": .int(package), "result_package_id": false,
        "picked": true, "product_uom_id": 2, "quantity": .number("0.5"),
      ]
    )
    let (_, mirror) = try loaded(&odoo)
    let transfer = try #require(mirror.transfers[id])
    #expect(
      transfer.operation
        == Transfer.Operation(typeID: 12, step: .ship, warehouse: 7, barcode: "TM-OUT")
    )
    #expect(transfer.partner == "Wood Corner")
    #expect(transfer.origin == "S00012")
    #expect(transfer.scheduled == 86_401_000)
    #expect(transfer.backorderOf == nil)
    let read = try #require(transfer.moves.first?.lines.first)
    #expect(read.lot == Reference(id: lot, name: "LOT-1"))
    #expect(read.package == Reference(id: package, name: "PACK1"))
    #expect(read.resultPackage == nil)
    #expect(read.picked)
    #expect(read.quantity == Quantity(6), "half a dozen, in the move's unit")
  }

  @Test(arguments: [17, 18, 19])
  func readsUnitsBatchAndCarrierWhereTheModulesAre(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    odoo.put("uom.uom", 2, ["rounding": .number("0.001")])
    odoo.put("product.product", 44, ["uom_id": 1])
    let batch = odoo.make("stock.picking.batch", ["name": "BATCH/00001"])
    let carrier = odoo.make("delivery.carrier", ["name": "Local Delivery"])
    let id = odoo.order(["batch_id": .int(batch), "carrier_id": .int(carrier)])
    let move = odoo.ids("stock.move", of: id)[0]
    odoo.put("stock.move", move, ["product_uom": 2, "move_dest_ids": [78, 77]])
    let (_, plain) = try loaded(&odoo)
    #expect(plain.transfers[id]?.batchID == nil, "nobody said that the module is there")
    var refresh = MirrorRefresh(
      major: major,
      fields: ["stock.picking": ["batch_id", "carrier_id"]]
    )
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    let transfer = try #require(mirror.transfers[id])
    #expect(transfer.batchID == batch)
    #expect(mirror.batches == [batch: "BATCH/00001"])
    #expect(transfer.carrier == "Local Delivery")
    #expect(transfer.moves[0].nextIDs == [77, 78])
    #expect(transfer.moves[0].factor == Quantity(12), "the product is counted in units")
    #expect(transfer.moves[0].rounding == Quantity(millionths: 1000))
  }

  @Test func readsTheCustomersReferenceWhereThereAreSalesOrders() throws {
    var odoo = FakeOdoo(major: 18)
    let order = odoo.make("sale.order", ["client_order_ref": "PO-77"])
    let id = odoo.order(["sale_id": .int(order)])
    let plain = odoo.order(["sale_id": .int(odoo.make("sale.order", ["client_order_ref": false]))])
    let (_, without) = try loaded(&odoo)
    #expect(without.transfers[id]?.customerReference == nil, "nobody said that the module is there")
    var refresh = MirrorRefresh(major: 18, fields: ["stock.picking": ["sale_id"]])
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(mirror.transfers[id]?.customerReference == "PO-77")
    #expect(mirror.transfers[plain]?.customerReference == nil)
    #expect(mirror.transfers[id].map { Transfer(json: $0.json) } == mirror.transfers[id])
    odoo.refused = ["sale.order"]
    var refused = MirrorRefresh(major: 18, fields: ["stock.picking": ["sale_id"]])
    var copy = MirrorCopy()
    _ = try copy.refresh(&refused, .realTime, &odoo)
    #expect(copy.transfers[id] != nil, "it holds nothing back")
  }

  @Test func aCarrierThatMayNotBeReadHoldsNothingBack() throws {
    var odoo = FakeOdoo(major: 18)
    odoo.refused = ["delivery.carrier"]
    let id = odoo.order(["carrier_id": 5])
    var refresh = MirrorRefresh(major: 18, fields: ["stock.picking": ["carrier_id"]])
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(mirror.transfers[id] != nil)
    #expect(mirror.transfers[id]?.carrier == nil)
  }

  @Test(arguments: [
    (11, Transfer.Step.receive), (12, .ship), (13, .pick), (14, .pack), (15, .move), (16, .pick),
    (17, .move),
  ])
  func tellsTheStepByTheWarehouse(type: Int, step: Transfer.Step) throws {
    var odoo = FakeOdoo(major: 18)
    let id = odoo.order(type: type)
    let (_, mirror) = try loaded(&odoo)
    #expect(mirror.transfers[id]?.operation.step == step)
  }

  @Test func readsOperationTypesAgainWhenOneIsUnknown() throws {
    var odoo = FakeOdoo(major: 18)
    var (refresh, mirror) = try loaded(&odoo)
    odoo.put("stock.picking.type", 31, ["name": "X", "code": "outgoing", "warehouse_id": 9])
    let id = odoo.order(type: 31)
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(
      mirror.transfers[id]?.operation
        == Transfer.Operation(typeID: 31, step: .ship, warehouse: 9)
    )
  }

  @Test(arguments: [17, 18, 19])
  func findsEveryKindOfChange(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    let ids = (0..<6).map { _ in odoo.order(moves: 2) }
    var (refresh, mirror) = try loaded(&odoo)
    odoo.clock += 5
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    odoo.clock += 5
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    odoo.clock += 200
    // The picking's own date moves with none of the first three.
    odoo.put("stock.move.line", odoo.ids("stock.move.line", of: ids[0])[0], ["quantity": 3])
    let line = odoo.ids("stock.move.line", of: ids[1])[0]
    let move = odoo.tables["stock.move.line"]?[line]?["move_id"]?.int ?? 0
    odoo.tables["stock.move.line"]?[line] = nil
    odoo.put("stock.move", move, [:])
    _ = odoo.addLine(ids[2], odoo.ids("stock.move", of: ids[2])[0])
    odoo.close(ids[3], "done")
    odoo.close(ids[4], "cancel")
    _ = odoo.order()
    let summary = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(mirror.openText() == odoo.openText())
    #expect(mirror.transfers[ids[3]]?.state == .done)
    #expect(mirror.transfers[ids[4]]?.state == .cancelled)
    #expect(summary.transfers == 6)
  }

  @Test func doesNotReadUnchangedRowsAgain() throws {
    var odoo = FakeOdoo(major: 18)
    for _ in 0..<20 { _ = odoo.order(moves: 3) }
    var (refresh, mirror) = try loaded(&odoo)
    for _ in 0..<3 {
      odoo.clock += 3
      _ = try mirror.refresh(&refresh, .realTime, &odoo)
    }
    odoo.clock += 3
    odoo.rowsGiven = 0
    odoo.calls = []
    let changes = mirror.changes
    let quiet = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(quiet.transfers == 0)
    #expect(odoo.calls.count == 3, "one poll of each of the three models")
    #expect(mirror.changes == changes + 1, "nothing but the end of the refresh")
    odoo.clock += 130
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    odoo.rowsGiven = 0
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(odoo.rowsGiven == 0, "the overlap is not given again once it is over")
  }

  @Test func ignoresClosedTransfersOfOthers() throws {
    var odoo = FakeOdoo(major: 18)
    var (refresh, mirror) = try loaded(&odoo)
    odoo.clock += 10
    let id = odoo.order()
    odoo.close(id, "done")
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(mirror.transfers[id] == nil)
  }

  /// Hazard `missed-rows`.
  @Test func missedRows() throws {
    var odoo = FakeOdoo(major: 18)
    odoo.clock = 10_000
    let ids = (0..<3).map { _ in odoo.order() }
    let lines = ids.map { odoo.ids("stock.move.line", of: $0)[0] }
    var (refresh, mirror) = try loaded(&odoo)
    odoo.clock += 300
    _ = odoo.order()
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    // A transaction of two minutes commits with the date of its start: within the overlap.
    odoo.put("stock.move.line", lines[0], ["quantity": 2], at: odoo.clock - 118)
    var summary = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(mirror.openText() == odoo.openText())
    // A longer one lies below it, and a deleted transfer has no date at all.
    odoo.put("stock.move.line", lines[1], ["quantity": 3], at: odoo.clock - 290)
    odoo.delete(ids[2])
    summary = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(mirror.openText() != odoo.openText())
    #expect(summary.missed == 0)
    summary = try mirror.refresh(&refresh, .transfers(.compare), &odoo)
    #expect(mirror.openText() == odoo.openText())
    #expect(mirror.transfers[ids[2]] == nil)
    #expect(summary.missed == 2)
    #expect(summary.forgotten == 1)
    summary = try mirror.refresh(&refresh, .transfers(.compare), &odoo)
    #expect(summary.missed == 0, "what was found once is known then")
  }

  @Test func comparesInPages() throws {
    var odoo = FakeOdoo(major: 17)
    let ids = (0..<450).map { _ in odoo.order() }
    var (refresh, mirror) = try loaded(&odoo)
    for _ in 0..<2 {
      odoo.clock += 5
      _ = try mirror.refresh(&refresh, .realTime, &odoo)
    }
    odoo.put("stock.move", odoo.ids("stock.move", of: ids[449])[0], [:], at: 100)
    odoo.put("stock.move", odoo.ids("stock.move", of: ids[3])[0], [:], at: 100)
    let summary = try mirror.refresh(&refresh, .transfers(.compare), &odoo)
    #expect(summary.missed == 2)
    #expect(odoo.calls.filter { $0.arguments["limit"] == 200 }.count == 3)
  }

  @Test func goesOnAfterARestart() throws {
    var odoo = FakeOdoo(major: 18)
    let ids = (0..<10).map { _ in odoo.order() }
    var (refresh, mirror) = try loaded(&odoo)
    odoo.clock += 10
    odoo.put("stock.move", odoo.ids("stock.move", of: ids[0])[0], ["product_uom_qty": 9])
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    let kept = try #require(mirror.state)
    #expect(kept == refresh.state)
    let text = kept.json.bytes
    var restarted = MirrorRefresh(major: 18, state: MirrorState(json: try JSON.parse(text)))
    odoo.clock += 500
    odoo.put("stock.move", odoo.ids("stock.move", of: ids[1])[0], ["product_uom_qty": 8])
    odoo.close(ids[2], "done")
    let summary = try mirror.refresh(&restarted, .realTime, &odoo)
    #expect(!summary.complete)
    #expect(summary.transfers <= 4, "the changed ones and at most the last seen again")
    #expect(mirror.openText() == odoo.openText())
    #expect(mirror.transfers[ids[2]]?.state == .done)
    var upgraded = MirrorRefresh(major: 19, state: kept)
    #expect(!upgraded.state.hasTransfers, "another version starts anew")
    odoo.major = 19
    for unit in odoo.tables["uom.uom"]?.keys.sorted() ?? [] {
      odoo.put("uom.uom", unit, ["factor": 1])
    }
    let whole = try mirror.refresh(&upgraded, .realTime, &odoo)
    #expect(whole.complete)
  }

  @Test func staysRightWhenACallFails() throws {
    var odoo = FakeOdoo(major: 18)
    let ids = (0..<5).map { _ in odoo.order() }
    var (refresh, mirror) = try loaded(&odoo)
    let failure = OdooFailure(kind: .unavailable, name: "503", message: "")
    for attempt in 0..<12 {
      odoo.clock += 5
      let line = odoo.ids("stock.move.line", of: ids[attempt % 5])[0]
      odoo.put("stock.move.line", line, ["quantity": .int(attempt)])
      var left = attempt
      var step = refresh.start(.realTime, startedAt: 1, now: .seconds(odoo.clock))
      var hasFailed = false
      running: while true {
        switch step {
        case .call(let call):
          left -= 1
          step = refresh.resume(left < 0 ? .failure(failure) : odoo.answer(call))
        case .apply(let change):
          mirror.apply(change)
          step = refresh.proceed()
        case .finished: break running
        case .failed(let got):
          #expect(got == failure)
          hasFailed = true
          break running
        }
      }
      #expect(hasFailed == (attempt < 6), "three polls and three reads")
    }
    odoo.clock += 5
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    #expect(mirror.openText() == odoo.openText())
  }

  /// Hazard `resurrection`: what was read carries the stamp of the start of its reading.
  @Test func resurrection() throws {
    var odoo = FakeOdoo(major: 18)
    let id = odoo.order()
    var refresh = MirrorRefresh(major: 18)
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .realTime, &odoo, startedAt: 41)
    #expect(mirror.stamps[id] == 41)
    odoo.clock += 10
    odoo.put("stock.move", odoo.ids("stock.move", of: id)[0], ["product_uom_qty": 9])
    _ = try mirror.refresh(&refresh, .realTime, &odoo, startedAt: 57)
    #expect(mirror.stamps[id] == 57)
  }

  @Test func refusesAnswersThatAreNoRecords() throws {
    var refresh = MirrorRefresh(major: 18)
    guard case .call = refresh.start(.realTime, startedAt: 1) else {
      Issue.record("no call")
      return
    }
    guard case .failed(let failure) = refresh.resume(.success(["a"])) else {
      Issue.record("taken")
      return
    }
    #expect(failure.kind == .contract)
    guard case .failed = refresh.proceed() else {
      Issue.record("went on")
      return
    }
  }
}
