internal import Floor
internal import JSON

/// Some transfers while they are read: first the pickings, then their moves and lines, then names.
struct TransferBatch {
  /// The ids that were asked for; those without a picking are gone.
  var asked: [Int]
  var pickings: [Row] = []
  var moves: [Row] = []
  var lines: [Row] = []
  var chain: Chain
  /// True if more ancestors make no sense, as Odoo gave none.
  var ancestorsExhausted = false

  init(asked: [Int], schema: MirrorSchema) {
    self.asked = asked
    chain = Chain(schema: schema)
  }

  var pickingIDs: [Int] { pickings.map(\.id) }

  /// Ids of records whose names (of products: units) are not in the cache.
  func missing(_ kind: NameCache.Kind, in cache: NameCache) -> [Int] {
    var ids: Set<Int> = []
    switch kind {
    case .lots: for line in lines { if let id = line.id("lot_id") { ids.insert(id) } }
    case .packages:
      for line in lines {
        if let id = line.id("package_id") { ids.insert(id) }
        if let id = line.id("result_package_id") { ids.insert(id) }
      }
    case .partners: for row in pickings { if let id = row.id("partner_id") { ids.insert(id) } }
    case .batches: for row in pickings { if let id = row.id("batch_id") { ids.insert(id) } }
    case .carriers: for row in pickings { if let id = row.id("carrier_id") { ids.insert(id) } }
    case .orders: for row in pickings { if let id = row.id("sale_id") { ids.insert(id) } }
    case .products: for row in moves { if let id = row.id("product_id") { ids.insert(id) } }
    }
    return ids.filter { !cache.knows(kind, $0) }.sorted()
  }

  /// The transfers with their fingerprints.
  func transfers(
    types: [Int: Mirrored.OperationType],
    units: Units,
    names: NameCache
  ) -> [(transfer: Transfer, fingerprint: UInt64)] {
    var prints: [Int: Fingerprint] = [:]
    var movesOf: [Int: [Move]] = [:]
    var linesOf: [Int: [MoveLine]] = [:]
    var unitOf: [Int: Int] = [:]
    for move in moves { unitOf[move.id] = move.id("product_uom") }
    for line in lines {
      guard let picking = line.id("picking_id") else { continue }
      prints[picking, default: Fingerprint()].add(.lines, id: line.id, written: line.written)
      guard let move = line.id("move_id") else { continue }
      let ratio = units.ratio(from: line.id("product_uom_id"), to: unitOf[move])
      linesOf[move, default: []].append(moveLine(line, ratio, names))
    }
    for move in moves {
      guard let picking = move.id("picking_id") else { continue }
      prints[picking, default: Fingerprint()].add(.moves, id: move.id, written: move.written)
      let product = move.id("product_id") ?? 0
      let unit = move.id("product_uom")
      movesOf[picking, default: []].append(
        Move(
          id: move.id,
          productID: product,
          demand: move.quantity("product_uom_qty"),
          unitID: unit,
          factor: units.ratio(from: unit, to: names.unit(ofProduct: product)).apply(.one),
          rounding: units.rounding(of: unit),
          nextIDs: move.ids("move_dest_ids").sorted(),
          lines: linesOf[move.id] ?? []
        )
      )
    }
    return pickings.map { picking in
      prints[picking.id, default: Fingerprint()]
        .add(.pickings, id: picking.id, written: picking.written)
      let transfer = transfer(picking, moves: movesOf[picking.id] ?? [], types, names)
      return (transfer, prints[picking.id]?.value ?? 0)
    }
  }

  private func transfer(
    _ picking: Row,
    moves: [Move],
    _ types: [Int: Mirrored.OperationType],
    _ names: NameCache
  ) -> Transfer {
    let typeID = picking.id("picking_type_id") ?? 0
    let type = types[typeID]
    return Transfer(
      id: picking.id,
      name: picking.text("name") ?? "",
      // A state that is not known here is none that can be worked on.
      state: picking.text("state").flatMap(Transfer.State.init(rawValue:)) ?? .draft,
      operation: Transfer.Operation(
        typeID: typeID,
        step: type?.step ?? .move,
        warehouse: type?.warehouse ?? 0,
        barcode: type?.barcode
      ),
      locationID: picking.id("location_id") ?? 0,
      destinationID: picking.id("location_dest_id") ?? 0,
      partner: picking.id("partner_id").flatMap { names.name(.partners, $0) },
      origin: picking.text("origin"),
      customerReference: picking.id("sale_id").flatMap { names.name(.orders, $0) },
      scheduled: picking.seconds("scheduled_date").map { $0 * 1000 },
      chain: chain.key(picking),
      backorderOf: picking.id("backorder_id"),
      batchID: picking.id("batch_id"),
      carrier: picking.id("carrier_id").flatMap { names.name(.carriers, $0) },
      carrierType: picking.id("carrier_id").flatMap { names.type(ofCarrier: $0) },
      moves: moves
    )
  }

  private func moveLine(_ line: Row, _ ratio: Ratio, _ names: NameCache) -> MoveLine {
    func reference(_ field: String, _ kind: NameCache.Kind) -> Reference? {
      line.id(field).map { Reference(id: $0, name: names.name(kind, $0) ?? "") }
    }
    return MoveLine(
      id: line.id,
      quantity: ratio.apply(line.quantity("quantity")),
      picked: line.flag("picked") ?? false,
      lot: reference("lot_id", .lots),
      package: reference("package_id", .packages),
      resultPackage: reference("result_package_id", .packages),
      locationID: line.id("location_id") ?? 0,
      destinationID: line.id("location_dest_id") ?? 0
    )
  }
}

/// Units of measure, as far as quantities are converted.
struct Units {
  /// How many reference units make one, in millionths, by id.
  var ratios: [Int: Int64]
  /// The steps of their quantities, in millionths, by id.
  var roundings: [Int: Int64]

  func ratio(from: Int?, to: Int?) -> Ratio { Ratio(from: from, to: to, ratios) }

  func rounding(of unit: Int?) -> Quantity {
    guard let rounding = unit.flatMap({ roundings[$0] }), rounding > 0 else {
      return Move.usualRounding
    }
    return Quantity(millionths: rounding)
  }
}

/// How a quantity in one unit of measure is turned into another.
struct Ratio {
  private var factors: (from: Int64, to: Int64)?

  init(from: Int?, to: Int?, _ ratios: [Int: Int64]) {
    guard let from, let to, from != to, let a = ratios[from], let b = ratios[to], a > 0, b > 0
    else { return }
    factors = (a, b)
  }

  func apply(_ quantity: Quantity) -> Quantity {
    guard let factors else { return quantity }
    return quantity.scaled(by: factors.from, over: factors.to)
  }
}
