internal import Floor
internal import Glibc
internal import JSON
internal import Journal
internal import Odoo
internal import Testing

struct MirrorTests {
  let directory = ScratchDirectory()

  private func stamp(_ milliseconds: Int64, boot: Int64 = 1, wall: Int64 = 0) -> Stamp {
    Stamp(boot: boot, monotonic: milliseconds, wall: wall, synced: true)
  }

  private func transfer(
    _ id: Int,
    _ name: String,
    state: Transfer.State = .assigned,
    backorderOf: Int? = nil
  ) -> Transfer {
    Transfer(
      id: id,
      name: name,
      state: state,
      operation: Transfer.Operation(typeID: 2, step: .ship, warehouse: 1),
      locationID: 8,
      destinationID: 5,
      partner: "Wood Corner",
      chain: "group:4",
      backorderOf: backorderOf,
      moves: [
        Move(
          id: id * 10,
          productID: 44,
          demand: Quantity(5),
          unitID: 1,
          lines: [MoveLine(id: id * 100, quantity: Quantity(5), locationID: 8, destinationID: 5)]
        )
      ]
    )
  }

  private func refreshed(
    _ kind: RefreshKind = .realTime,
    _ state: MirrorState? = nil
  ) -> MirrorChange {
    .refreshed(MirrorChange.Refreshed(kind: kind, readStarted: 9, state: state))
  }

  private func fill(_ store: MirrorStore) throws {
    let apple = Product(id: 44, name: "Apple", reference: "A1", barcode: "400", unitID: 1)
    let pear = Product(id: 45, name: "Pear", barcode: "500", tracking: .lot, unitID: 1)
    let changes: [MirrorChange] = [
      .transfers([transfer(1, "WH/OUT/00001"), transfer(2, "WH/OUT/00002")], readStarted: 7),
      .transfers([transfer(3, "WH/OUT/00003", backorderOf: 1)], readStarted: 8),
      .operationTypes([
        Mirrored.OperationType(id: 2, name: "Ship", barcode: "TM-OUT", step: .ship, warehouse: 1)
      ]),
      .units([
        Mirrored.Unit(id: 1, name: "Units", ratio: .one),
        Mirrored.Unit(id: 2, name: "Dozens", ratio: Quantity(12)),
      ]),
      .products([apple, pear]),
      .packagings([
        Mirrored.Packaging(id: 1, barcode: "401", productID: 44, content: .units(Quantity(6))),
        Mirrored.Packaging(id: 2, barcode: "501", productID: 45, content: .unit(2)),
        Mirrored.Packaging(id: 3, barcode: "502", productID: 45, content: .unit(99)),
      ]),
      .locations([
        Location(id: 8, name: "WH/Stock", barcode: "LOC-8"),
        Location(id: 9, name: "LOC-8"),
      ]),
      .lots([
        Lot(id: 1, name: "L1", productID: 45, expires: 5000),
        Lot(id: 2, name: "L1", productID: 44),
      ]),
      .packages([Package(id: 5, name: "PACK1", locationID: 8)]),
      refreshed(), refreshed(.batch),
    ]
    for change in changes { try store.apply(change, at: stamp(1000, wall: 50_000)) }
  }

  @Test func findsWhatWasWritten() throws {
    let store = try MirrorStore(directory: directory.path)
    try fill(store)
    #expect(store.opening == .new)
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.source == .main)
    #expect(reader.transfer(named: "wh/out/00001") == transfer(1, "WH/OUT/00001"))
    #expect(reader.transfer(id: 2)?.name == "WH/OUT/00002")
    #expect(reader.transfer(named: "WH/OUT/0000") == nil)
    #expect(reader.backorders(of: 1).map(\.transfer.id) == [3])
    #expect(reader.mirrored(chain: "group:4").map(\.transfer.id) == [1, 2, 3])
    #expect(reader.openTransfers(after: 1, limit: 1).map(\.transfer.id) == [2])
    #expect(reader.product(id: 44)?.reference == "A1")
    #expect(reader.products(reference: "A1").map(\.id) == [44])
    #expect(reader.articles(spellings: ["x", "400"]).map(\.product.id) == [44])
    #expect(reader.articles(spellings: ["401"]).map(\.quantity) == [Quantity(6)])
    #expect(reader.articles(spellings: ["501"]).map(\.quantity) == [Quantity(12)])
    #expect(reader.articles(spellings: ["502"]).isEmpty, "its unit is not known")
    #expect(reader.articles(spellings: ["400", "0400", "400", "501"]).count == 2)
    #expect(reader.productsWithLot(named: "L1") == [45, 44])
    #expect(reader.lots(named: "L1", product: 45).map(\.expires) == [5000])
    #expect(reader.hasPackage(named: "PACK1"))
    #expect(!reader.hasPackage(named: "PACK2"))
    #expect(reader.location("LOC-8")?.id == 8, "the barcode goes before the name")
    #expect(reader.location("WH/Stock")?.id == 8)
    #expect(reader.operationType(barcode: "TM-OUT")?.step == .ship)
    #expect(reader.counts.openTransfers == 3)
    #expect(reader.counts.lots == 2)
    #expect(reader.problem == nil)
  }

  @Test func seesChangesOfTheWriterAtOnce() throws {
    let store = try MirrorStore(directory: directory.path)
    try fill(store)
    let reader = MirrorReader(directory: directory.path)
    try store.apply(
      .transfers([transfer(1, "WH/OUT/00001", state: .done)], readStarted: 20),
      at: stamp(0)
    )
    #expect(reader.transfer(id: 1)?.state == .done)
    try store.apply(.forgetTransfers([2]), at: stamp(0))
    #expect(reader.transfer(id: 2) == nil)
    try store.apply(.keepOpenTransfers([]), at: stamp(0))
    #expect(reader.transfer(id: 3) == nil)
    #expect(reader.transfer(id: 1)?.state == .done, "closed ones are kept")
    try store.apply(.keepOnly(.lots, after: 0, through: 1, ids: []), at: stamp(0))
    #expect(reader.productsWithLot(named: "L1") == [44])
    try store.apply(.forget(.products, [44]), at: stamp(0))
    #expect(reader.product(id: 44) == nil)
    #expect(reader.product(id: 45) != nil)
  }

  /// Hazard `resurrection`: the stamp of the reading is kept with each transfer and given back.
  @Test func resurrection() throws {
    let store = try MirrorStore(directory: directory.path)
    try fill(store)
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.mirrored(id: 1)?.readStarted == 7)
    #expect(reader.mirrored(named: "wh/out/00003")?.readStarted == 8)
    try store.apply(.transfers([transfer(1, "WH/OUT/00001")], readStarted: 31), at: stamp(0))
    #expect(reader.mirrored(id: 1)?.readStarted == 31)
  }

  @Test func tellsItsAge() throws {
    let reader = MirrorReader(directory: directory.path)
    reader.begin(at: stamp(500))
    #expect(reader.mirrorAge == nil)
    #expect(reader.source == .none)
    let store = try MirrorStore(directory: directory.path)
    reader.begin(at: stamp(500))
    #expect(reader.source == .main, "a mirror that appears later is found")
    #expect(reader.mirrorAge == nil)
    try store.apply(refreshed(), at: stamp(10_000, boot: 1, wall: 100_000))
    reader.begin(at: stamp(25_500, boot: 1, wall: 0))
    #expect(reader.mirrorAge == 15)
    reader.begin(at: stamp(300, boot: 2, wall: 130_000))
    #expect(reader.mirrorAge == 30, "after a restart the wall clock tells")
    reader.begin(at: stamp(300, boot: 2, wall: 7))
    #expect(reader.mirrorAge == 0)
    try store.apply(refreshed(.batch), at: stamp(99_000))
    #expect(reader.lastMasterDataRefresh == nil, "a batch sees one state of the mirror")
    reader.begin(at: stamp(300, boot: 2, wall: 7))
    #expect(reader.lastTransferRefresh?.monotonic == 10_000)
    #expect(reader.lastMasterDataRefresh?.monotonic == 99_000)
  }

  @Test func keepsTheStateOfTheRefresh() throws {
    let state = MirrorState(major: 18)
    do {
      let store = try MirrorStore(directory: directory.path)
      #expect(try store.state() == nil)
      try store.apply(refreshed(.realTime, state), at: stamp(0))
    }
    let store = try MirrorStore(directory: directory.path)
    #expect(store.opening == .intact)
    #expect(try store.state() == state)
    try store.keep(MirrorState(major: 19))
    #expect(try store.state() == MirrorState(major: 19))
  }

  @Test func keepsALimitedNumberOfClosedTransfers() throws {
    let store = try MirrorStore(directory: directory.path)
    let closed = (1...MirrorStore.closedLimit + 10).map { transfer($0, "T\($0)", state: .done) }
    try store.apply(.transfers(closed, readStarted: 1), at: stamp(0))
    try store.apply(.transfers([transfer(9999, "OPEN")], readStarted: 1), at: stamp(0))
    try store.apply(refreshed(.realTime, MirrorState(major: 18)), at: stamp(0))
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.transfer(id: 10) == nil)
    #expect(reader.transfer(id: 11) != nil)
    #expect(reader.transfer(named: "open") != nil)
  }

  @Test func refusesANewerFileUntouched() throws {
    do {
      let store = try MirrorStore(directory: directory.path)
      try fill(store)
    }
    let file = directory.file("mirror.db")
    do { try Database(path: file).setUserVersion(99) }
    let error = #expect(throws: JournalError.self) {
      _ = try MirrorStore(directory: directory.path)
    }
    #expect(error?.kind == .newer)
    #expect(error?.message.contains("99") == true)
    #expect(directory.names().allSatisfy { !$0.contains("damaged") })
    #expect(try Database(path: file).userVersion() == 99)
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.source == .none)
    #expect(reader.problem?.kind == .newer)
    #expect(reader.transfer(id: 1) == nil)
  }

  // MARK: Hazard mirror-lost

  /// Overwrites a file's content from a byte on.
  private func overwrite(_ name: String, from offset: Int, count: Int) throws {
    let file = try #require(fopen(directory.file(name), "r+"))
    defer { fclose(file) }
    fseek(file, offset, SEEK_SET)
    for _ in 0..<count { fputc(0xA5, file) }
  }

  private func filled(copies: Bool) throws {
    let store = try MirrorStore(directory: directory.path)
    try fill(store)
    if copies { #expect(try store.keepGoodCopy(at: stamp(0))) }
  }

  enum Loss: CaseIterable { case gone, emptied, header, middle }

  /// Hazard `mirror-lost`: whatever becomes of the file, with Odoo away the floor goes on.
  @Test(arguments: Loss.allCases)
  func mirrorLost(loss: Loss) throws {
    try filled(copies: true)
    switch loss {
    case .gone: unlink(directory.file("mirror.db"))
    case .emptied: truncate(directory.file("mirror.db"), 0)
    case .header: try overwrite("mirror.db", from: 0, count: 4096)
    case .middle: try overwrite("mirror.db", from: 4096, count: 4096 * 8)
    }
    // The reader falls back without help.
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.transfer(named: "WH/OUT/00001") == transfer(1, "WH/OUT/00001"))
    #expect(reader.articles(spellings: ["401"]).map(\.quantity) == [Quantity(6)])
    #expect(reader.source == .lastGood)
    #expect(reader.problem != nil)
    // The writer puts the copy in its place, and the reader finds it there.
    let store = try MirrorStore(directory: directory.path)
    if loss != .gone {
      #expect(store.opening == .restored(aside: directory.file("mirror.db.damaged-1")))
      #expect(directory.names().contains("mirror.db.damaged-1"))
    }
    reader.begin(at: stamp(0))
    #expect(reader.source == .main)
    #expect(reader.problem == nil)
    #expect(reader.transfer(id: 3)?.name == "WH/OUT/00003")
    #expect(directory.names().contains("mirror.db.good"))
  }

  @Test func damageThatShowsWhileReadingLeadsToTheGoodCopy() throws {
    try filled(copies: true)
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.source == .main)
    try overwrite("mirror.db", from: 4096, count: 4096 * 20)
    #expect(reader.transfer(id: 2) == transfer(2, "WH/OUT/00002"))
    #expect(reader.source == .lastGood)
    #expect(reader.problem?.kind == .damaged)
    reader.begin(at: stamp(0))
    #expect(reader.source == .lastGood, "a file that proved damaged is not tried again")
  }

  @Test func aRowThatReadsWrongIsDamage() throws {
    try filled(copies: true)
    do {
      let database = try Database(path: directory.file("mirror.db"))
      try database.execute("UPDATE transfer SET content = x'7B7D' WHERE id = 2")
    }
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.transfer(id: 2) == transfer(2, "WH/OUT/00002"))
    #expect(reader.source == .lastGood)
  }

  @Test func withoutACopyADamagedMirrorIsEmptyAndSaysSo() throws {
    try filled(copies: false)
    try overwrite("mirror.db", from: 0, count: 4096)
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.transfer(id: 1) == nil)
    #expect(reader.problem?.kind == .damaged)
    let store = try MirrorStore(directory: directory.path)
    #expect(store.opening == .lost(aside: directory.file("mirror.db.damaged-1")))
    #expect(try store.state() == nil, "a full load follows")
    reader.begin(at: stamp(0))
    #expect(reader.source == .main)
  }

  @Test func aDamagedCopyIsNotPutInThePlaceOfTheMirror() throws {
    try filled(copies: true)
    try overwrite("mirror.db", from: 0, count: 4096)
    try overwrite("mirror.db.good", from: 0, count: 4096)
    let store = try MirrorStore(directory: directory.path)
    #expect(store.opening == .lost(aside: directory.file("mirror.db.damaged-1")))
    #expect(directory.names().contains("mirror.db.damaged-2"))
    try fill(store)
    #expect(MirrorReader(directory: directory.path).transfer(id: 1) != nil)
  }

  @Test func copiesAtMostOnceInAnInterval() throws {
    let store = try MirrorStore(directory: directory.path)
    try fill(store)
    #expect(try store.keepGoodCopy(at: stamp(5000)))
    #expect(try !store.keepGoodCopy(at: stamp(904_999)))
    try store.apply(.forgetTransfers([1]), at: stamp(0))
    #expect(try store.keepGoodCopy(at: stamp(905_000)))
    #expect(directory.names().filter { $0.hasSuffix(".new") }.isEmpty)
    unlink(directory.file("mirror.db"))
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.source == .lastGood)
    #expect(reader.transfer(id: 1) == nil, "the newer copy took the place of the older")
    #expect(reader.transfer(id: 2) != nil)
  }

  @Test func aRefreshFillsTheFile() throws {
    let store = try MirrorStore(directory: directory.path)
    var refresh = MirrorRefresh(major: 18)
    var step = refresh.start(.realTime, startedAt: 77)
    let answers: [String: JSON] = [
      "stock.warehouse": [["id": 1, "pick_type_id": false, "pack_type_id": false]],
      "stock.picking.type": [["id": 2, "name": "Out", "code": "outgoing", "warehouse_id": 1]],
      "uom.uom": [["id": 1, "name": "Units", "factor_inv": 1]],
      "stock.picking": [
        [
          "id": 65, "name": "WH/OUT/00065", "state": "assigned", "picking_type_id": 2,
          "write_date": "2026-11-24 06:00:00", "group_id": 3,
        ]
      ],
    ]
    running: while true {
      switch step {
      case .call(let call): step = refresh.resume(.success(answers[call.model] ?? []))
      case .apply(let change):
        try store.apply(change, at: stamp(1))
        step = refresh.proceed()
      case .finished: break running
      case .failed(let failure): throw failure
      }
    }
    let found = try #require(
      MirrorReader(directory: directory.path).mirrored(named: "WH/out/00065")
    )
    #expect(found.transfer.operation.step == .ship)
    #expect(found.transfer.chain == "group:3")
    #expect(found.readStarted == 77)
    #expect(try store.state() == refresh.state)
  }
}
