internal import Floor
internal import JSON
internal import Journal
internal import Odoo
internal import Testing

/// Finding transfers by what they ask for, hold, or belong to.
struct MirrorOrdersTests {
  let directory = ScratchDirectory()
  private let stamp = Stamp(boot: 1, monotonic: 1000, wall: 0, synced: true)

  private func transfer(
    _ id: Int,
    asking products: [Int],
    from package: String? = nil,
    into result: String? = nil,
    state: Transfer.State = .assigned,
    batch: Int? = nil
  ) -> Transfer {
    Transfer(
      id: id,
      name: "WH/OUT/0000\(id)",
      state: state,
      operation: Transfer.Operation(typeID: 2, step: .ship, warehouse: 1, barcode: "WHOUT"),
      locationID: 8,
      destinationID: 5,
      chain: "group:\(id % 2)",
      batchID: batch,
      moves: products.map { product in
        Move(
          id: id * 10 + product,
          productID: product,
          demand: Quantity(product == 9 ? 0 : 5),
          lines: [
            MoveLine(
              id: id * 100,
              quantity: Quantity(5),
              package: package.map { Reference(id: 1, name: $0) },
              resultPackage: result.map { Reference(id: 2, name: $0) },
              locationID: 8,
              destinationID: 5
            )
          ]
        )
      }
    )
  }

  private func apply(_ changes: MirrorChange..., to store: MirrorStore) throws {
    for change in changes { try store.apply(change, at: stamp) }
  }

  @Test func findsOpenTransfersByProductAndPackage() throws {
    let store = try MirrorStore(directory: directory.path)
    try apply(
      .transfers(
        [
          transfer(3, asking: [1, 1], from: "PACK1"), transfer(1, asking: [1, 2, 9]),
          transfer(2, asking: [2], from: "PACK1", into: "PACK2"),
          transfer(4, asking: [1], into: "PACK1", state: .done),
        ],
        readStarted: 1
      ),
      to: store
    )
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.openTransfers(asking: 1, limit: 9).map(\.id) == [1, 3])
    #expect(reader.openTransfers(asking: 1, limit: 1).map(\.id) == [1])
    #expect(reader.openTransfers(asking: 9, limit: 9).isEmpty, "it asks for none of it")
    #expect(reader.openTransfers(holding: "PACK1", limit: 9).map(\.id) == [2, 3])
    #expect(reader.openTransfers(holding: "PACK2", limit: 9).map(\.id) == [2])
    #expect(reader.transfers(ofChain: "group:1").map(\.id) == [1, 3])
  }

  @Test func forgetsWhatATransferAskedForOnceItIsClosedChangedOrGone() throws {
    let store = try MirrorStore(directory: directory.path)
    let reader = { MirrorReader(directory: directory.path) }
    let all = (1...4).map { transfer($0, asking: [1], from: "PACK1") }
    try apply(.transfers(all, readStarted: 1), to: store)
    try apply(
      .transfers(
        [transfer(1, asking: [1], state: .done), transfer(2, asking: [2])],
        readStarted: 2
      ),
      to: store
    )
    #expect(reader().openTransfers(asking: 1, limit: 9).map(\.id) == [3, 4])
    #expect(reader().openTransfers(asking: 2, limit: 9).map(\.id) == [2])
    #expect(reader().openTransfers(holding: "PACK1", limit: 9).map(\.id) == [3, 4])
    try apply(.forgetTransfers([3]), to: store)
    #expect(reader().openTransfers(asking: 1, limit: 9).map(\.id) == [4])
    try apply(.keepOpenTransfers([2]), to: store)
    #expect(reader().openTransfers(asking: 1, limit: 9).isEmpty)
    #expect(reader().openTransfers(holding: "PACK1", limit: 9).isEmpty)
  }

  @Test func findsBatchesTypesAndRoutes() throws {
    let store = try MirrorStore(directory: directory.path)
    try apply(
      .batches([.init(id: 7, name: "BATCH/00001"), .init(id: 8, name: "BATCH/00002")]),
      .transfers(
        [transfer(2, asking: [1], batch: 7), transfer(1, asking: [1], batch: 7)],
        readStarted: 1
      ),
      .packageTypes([
        PackageType(
          id: 3,
          name: "Box",
          barcode: "BOX",
          tare: Quantity(millionths: 250_000),
          heaviest: Quantity(30)
        )
      ]),
      .packages([Package(id: 5, name: "P1", locationID: 8, typeID: 3)]),
      .warehouses([
        .init(id: 1, code: "WH", route: Route()),
        .init(
          id: 2,
          code: "TM3",
          route: Route(delivery: [.pick, .pack, .ship], reception: [.receive, .move])
        ),
      ]),
      .units([.init(id: 1, name: "kg", ratio: .one)]),
      .operationTypes([
        .init(id: 2, name: "Ship", barcode: "WHOUT", step: .ship, warehouse: 1)
      ]),
      to: store
    )
    let reader = MirrorReader(directory: directory.path)
    #expect(
      reader.batch(named: "batch/00001")
        == Batch(id: 7, name: "BATCH/00001", transferIDs: [1, 2])
    )
    #expect(reader.batch(named: "BATCH/00002") == nil, "nothing is known of its transfers")
    #expect(reader.packageType(id: 3)?.heaviest == Quantity(30))
    #expect(reader.packageType(barcode: "BOX")?.tare == Quantity(millionths: 250_000))
    #expect(reader.packageType(barcode: "PAL") == nil)
    #expect(reader.package(named: "P1")?.typeID == 3)
    #expect(reader.route(ofWarehouse: 2).delivery == [.pick, .pack, .ship])
    #expect(reader.route(ofWarehouse: 2).reception == [.receive, .move])
    #expect(reader.route(ofWarehouse: 9) == Route())
    #expect(reader.operation(barcode: "whout")?.step == .ship)
    #expect(reader.unitName(id: 1) == "kg")
    #expect(reader.unitName(id: 2) == nil)
  }

  /// Version 1 as it was; a box that is updated while Odoo is away must go on with what it has.
  private static let version1 = """
    CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE refresh(
      kind TEXT PRIMARY KEY, read_started INTEGER NOT NULL, boot INTEGER NOT NULL,
      mono INTEGER NOT NULL, wall INTEGER NOT NULL, synced INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE transfer(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, open INTEGER NOT NULL,
      chain TEXT NOT NULL, backorder_of INTEGER, read_started INTEGER NOT NULL,
      content BLOB NOT NULL);
    CREATE INDEX transfer_name ON transfer(name);
    CREATE INDEX transfer_open ON transfer(open, read_started);
    CREATE INDEX transfer_chain ON transfer(chain);
    CREATE INDEX transfer_backorder ON transfer(backorder_of) WHERE backorder_of IS NOT NULL;
    CREATE TABLE product(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, reference TEXT, barcode TEXT,
      tracking TEXT NOT NULL, weight INTEGER NOT NULL, unit INTEGER);
    CREATE INDEX product_barcode ON product(barcode) WHERE barcode IS NOT NULL;
    CREATE INDEX product_reference ON product(reference) WHERE reference IS NOT NULL;
    CREATE TABLE packaging(
      id INTEGER PRIMARY KEY, barcode TEXT NOT NULL, product INTEGER NOT NULL, quantity INTEGER,
      unit INTEGER);
    CREATE INDEX packaging_barcode ON packaging(barcode);
    CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL, ratio INTEGER NOT NULL);
    CREATE TABLE location(id INTEGER PRIMARY KEY, name TEXT NOT NULL, barcode TEXT);
    CREATE INDEX location_barcode ON location(barcode) WHERE barcode IS NOT NULL;
    CREATE INDEX location_name ON location(name);
    CREATE TABLE lot(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, product INTEGER NOT NULL, expires INTEGER);
    CREATE INDEX lot_name ON lot(name, product);
    CREATE TABLE package(id INTEGER PRIMARY KEY, name TEXT NOT NULL, location INTEGER);
    CREATE INDEX package_name ON package(name);
    CREATE TABLE operation_type(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, barcode TEXT, step TEXT NOT NULL,
      warehouse INTEGER NOT NULL);
    CREATE INDEX operation_type_barcode ON operation_type(barcode) WHERE barcode IS NOT NULL;
    INSERT INTO package VALUES(5, 'P1', 8);
    INSERT INTO meta VALUES('state', '{"format":1,"major":18,"sources":null,"open":[],\
    "types":[],"ratios":[],"tables":{}}');
    """

  private func makeOldMirror() throws {
    let database = try Database(path: "\(directory.path)/mirror.db")
    try database.execute(Self.version1)
    let insert = try database.prepare("INSERT INTO transfer VALUES(?1, ?2, ?3, 'S1', NULL, 1, ?4)")
    let transfers = [
      transfer(1, asking: [1, 9], from: "PACK1", into: "PACK2"), transfer(2, asking: [2]),
      transfer(3, asking: [1], from: "PACK1", state: .done),
    ]
    for transfer in transfers {
      try insert.bind(1, transfer.id)
      try insert.bind(2, transfer.name)
      try insert.bind(3, transfer.state != .done)
      try insert.bind(4, transfer.json.bytes)
      try insert.run()
    }
    try database.setUserVersion(1)
  }

  @Test func anOlderMirrorServesAtOnceAndIsReadAnew() throws {
    try makeOldMirror()
    let store = try MirrorStore(directory: directory.path)
    #expect(store.opening == .intact)
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.source == .main)
    #expect(reader.openTransfers(asking: 1, limit: 9).map(\.id) == [1])
    #expect(reader.openTransfers(asking: 9, limit: 9).isEmpty)
    #expect(reader.openTransfers(holding: "PACK1", limit: 9).map(\.id) == [1])
    #expect(reader.openTransfers(holding: "PACK2", limit: 9).map(\.id) == [1])
    #expect(reader.package(named: "P1") == Package(id: 5, name: "P1", locationID: 8))
    #expect(try store.state() == nil, "the next refresh reads everything")
    try apply(.transfers([transfer(1, asking: [2])], readStarted: 2), to: store)
    #expect(reader.openTransfers(asking: 2, limit: 9).map(\.id) == [1, 2])
  }
}
