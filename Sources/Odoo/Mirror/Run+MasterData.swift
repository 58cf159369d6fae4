internal import Floor
internal import JSON

extension Run {
  /// A warehouse with the steps that its two settings stand for.
  func warehouse(_ row: Row) -> Mirrored.Warehouse {
    let delivery: [Transfer.Step] =
      switch row.text("delivery_steps") {
      case "pick_ship": [.pick, .ship]
      case "pick_pack_ship": [.pick, .pack, .ship]
      default: [.ship]
      }
    let reception: [Transfer.Step] =
      switch row.text("reception_steps") {
      case "two_steps": [.receive, .move]
      case "three_steps": [.receive, .move, .move]
      default: [.receive]
      }
    return Mirrored.Warehouse(
      id: row.id,
      code: row.text("code") ?? "",
      route: Route(delivery: delivery, reception: reception)
    )
  }

  /// Takes the operation types, told apart by what their warehouses say.
  mutating func takeTypes(_ rows: [Row], pick: Set<Int>, pack: Set<Int>) {
    hasReadTypes = true
    var types: [Int: Mirrored.OperationType] = [:]
    var active: [Mirrored.OperationType] = []
    for row in rows {
      let type = Mirrored.OperationType(
        id: row.id,
        name: row.text("name") ?? "",
        barcode: row.text("barcode"),
        step: step(row, pick: pick, pack: pack),
        warehouse: row.id("warehouse_id") ?? 0
      )
      types[row.id] = type
      if row.flag("active") != false { active.append(type) }
    }
    state.types = types
    changes.append(.operationTypes(active))
  }

  /// Odoo calls pick and pack `internal`; the warehouse knows which is which, and where a type was
  /// made by hand its sequence code tells.
  private func step(_ type: Row, pick: Set<Int>, pack: Set<Int>) -> Transfer.Step {
    switch type.text("code") {
    case "incoming": return .receive
    case "outgoing": return .ship
    case "internal": break
    default: return .move
    }
    if pick.contains(type.id) { return .pick }
    if pack.contains(type.id) { return .pack }
    switch type.text("sequence_code")?.uppercased() {
    case "PICK": return .pick
    case "PACK": return .pack
    default: return .move
    }
  }

  /// Takes the units of measure.
  mutating func takeUnits(_ rows: [Row]) {
    let units = rows.map { row in
      let rounding = row.quantity("rounding")
      return Mirrored.Unit(
        id: row.id,
        name: row.text("name") ?? "",
        ratio: row.quantity(schema.ratioField),
        rounding: rounding > .zero ? rounding : Move.usualRounding
      )
    }
    state.roundings = Dictionary(units.map { ($0.id, $0.rounding.millionths) }) { $1 }
    state.ratios = Dictionary(units.map { ($0.id, $0.ratio.millionths) }) { $1 }
    changes.append(.units(units))
  }

  /// Takes the newest write date of a table, before its pages are read.
  mutating func takeProbe(_ newest: Int64, _ table: MirrorTable) {
    if state.tables[table] == nil {
      state.tables[table] = TableState(
        watermark: Watermark(newest: newest, since: now),
        loading: 0
      )
    }
    let loading = state.tables[table]?.loading
    if loading != nil { firstLoads.insert(table) }
    go(.page(table, after: loading ?? 0, newest: newest))
  }

  /// Takes a page of records of a table.
  mutating func takePage(_ rows: [Row], _ table: MirrorTable, newest: Int64) {
    let kept = rows.filter { schema.keeps($0, in: table) }
    if !kept.isEmpty {
      changes.append(change(kept, table))
      summary.records += kept.count
    }
    let dropped = rows.filter { !schema.keeps($0, in: table) }.map(\.id)
    if !dropped.isEmpty { changes.append(.forget(table, dropped)) }
    if rows.count >= Self.pageRows, let last = rows.last {
      if state.tables[table]?.loading != nil { state.tables[table]?.loading = last.id }
      return go(.page(table, after: last.id, newest: newest))
    }
    if state.tables[table]?.loading != nil {
      state.tables[table]?.loading = nil
    } else {
      state.tables[table]?.watermark.advance(newest: newest, now: now)
    }
    if kind != .masterData(.changes) || firstLoads.contains(table) { go(.ids(table, after: 0)) }
  }

  /// Takes a page of ids of a table that exist.
  mutating func takeIDs(_ ids: [Int], _ table: MirrorTable, after: Int) {
    let last = ids.count >= Self.pageIDs ? ids.last : nil
    changes.append(.keepOnly(table, after: after, through: last, ids: ids))
    if let last { go(.ids(table, after: last)) }
  }

  private func change(_ rows: [Row], _ table: MirrorTable) -> MirrorChange {
    switch table {
    case .locations:
      .locations(
        rows.map {
          Location(
            id: $0.id,
            name: $0.text("complete_name") ?? "",
            barcode: $0.text("barcode")
          )
        }
      )
    case .products: .products(rows.map(product))
    case .packagings: .packagings(rows.map(packaging))
    case .packages:
      .packages(
        rows.map {
          Package(
            id: $0.id,
            name: $0.text("name") ?? "",
            locationID: $0.id("location_id"),
            typeID: $0.id("package_type_id")
          )
        }
      )
    case .packageTypes: .packageTypes(rows.map(packageType))
    case .lots:
      .lots(
        rows.map {
          Lot(
            id: $0.id,
            name: $0.text("name") ?? "",
            productID: $0.id("product_id") ?? 0,
            expires: $0.seconds("expiration_date").map { $0 * 1000 }
          )
        }
      )
    }
  }

  private func packageType(_ row: Row) -> PackageType {
    PackageType(
      id: row.id,
      name: row.text("name") ?? "",
      barcode: row.text("barcode"),
      tare: row.quantity("base_weight"),
      heaviest: row.quantity("max_weight"),
      carrierType: row.text("package_carrier_type").flatMap { $0 == "none" ? nil : $0 }
    )
  }

  private func product(_ row: Row) -> Product {
    Product(
      id: row.id,
      name: row.text("display_name") ?? "",
      reference: row.text("default_code"),
      barcode: row.text("barcode"),
      tracking: row.text("tracking").flatMap(Product.Tracking.init(rawValue:)) ?? .none,
      weight: row.quantity("weight"),
      unitID: row.id("uom_id")
    )
  }

  private func packaging(_ row: Row) -> Mirrored.Packaging {
    Mirrored.Packaging(
      id: row.id,
      barcode: row.text("barcode") ?? "",
      productID: row.id("product_id") ?? 0,
      content: row.id("uom_id").map { .unit($0) } ?? .units(row.quantity("qty"))
    )
  }
}
