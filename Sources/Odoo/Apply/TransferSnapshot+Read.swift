internal import Floor
internal import JSON

/// An answer that is not shaped as Odoo's are.
struct UnexpectedAnswer: Error {
  var what: String
}

/// Reading a transfer as `OdooFields.transferSpecification` asks for it.
extension TransferSnapshot {
  /// Takes the transfer of a list of at most one; none means that it is gone.
  mutating func take(_ records: JSON, ratioOfUnit ratio: String) throws(UnexpectedAnswer) {
    self = TransferSnapshot()
    guard let rows = records.array else { throw UnexpectedAnswer(what: "stock.picking") }
    guard let row = rows.first else { return }
    guard let text = row["state"]?.string, let known = State(rawValue: text) else {
      throw UnexpectedAnswer(what: "stock.picking.state \(row["state"]?.text ?? "missing")")
    }
    state = known
    id = row["id"]?.int ?? 0
    name = row["name"]?.string ?? ""
    companyID = row["company_id"]?.reference
    tracking = row["carrier_tracking_ref"]?.string
    backorders = (row["backorder_ids"]?.array ?? []).compactMap { row in
      row["id"]?.int.map { .init(id: $0, name: row["name"]?.string ?? "") }
    }
    moves = try list(row, "move_ids") { Move(row: $0, ratioOfUnit: ratio) }
    let units = Dictionary(moves.map { ($0.id, $0.unit) }, uniquingKeysWith: { $1 })
    lines = try list(row, "move_line_ids") { row in
      Line(
        row: row,
        ratioOfUnit: ratio,
        moveUnit: row["move_id"]?.reference.flatMap { units[$0] ?? nil }
      )
    }
    for line in row["move_line_ids"]?.array ?? [] { takeNames(line) }
  }

  /// Keeps what a line tells of its lot and its packages.
  private mutating func takeNames(_ line: JSON) {
    if let lot = line["lot_id"], let found = Lot(row: lot, productID: line["product_id"]?.reference)
    {
      add(lots: [found])
    }
    for field in ["package_id", "result_package_id"] {
      if let found = line[field].flatMap({ Package(row: $0) }) { add(packages: [found]) }
    }
  }

  /// Takes the answer of a search for lots.
  mutating func takeLots(_ answer: JSON) throws(UnexpectedAnswer) {
    add(lots: try Self.rows(answer, "stock.lot") { Lot(row: $0, productID: nil) })
  }

  /// Takes the answer of a search for packages.
  mutating func takePackages(_ answer: JSON) throws(UnexpectedAnswer) {
    add(packages: try Self.rows(answer, "package") { Package(row: $0) })
  }

  /// Adds what is known of lots and packages from elsewhere.
  mutating func add(lots: [Lot], packages: [Package]) {
    add(lots: lots)
    add(packages: packages)
  }

  private mutating func add(lots found: [Lot]) {
    for lot in found where !lots.contains(where: { $0.id == lot.id }) { lots.append(lot) }
  }

  mutating func add(packages found: [Package]) {
    for package in found where !packages.contains(where: { $0.id == package.id }) {
      packages.append(package)
    }
  }

  private func list<Row>(
    _ row: JSON,
    _ field: String,
    _ read: (JSON) -> Row?
  ) throws(UnexpectedAnswer) -> [Row] {
    try Self.rows(row[field] ?? .null, "stock.picking.\(field)", read)
  }

  private static func rows<Row>(
    _ answer: JSON,
    _ what: String,
    _ read: (JSON) -> Row?
  ) throws(UnexpectedAnswer) -> [Row] {
    guard let rows = answer.array else { throw UnexpectedAnswer(what: what) }
    var out: [Row] = []
    for row in rows {
      guard let value = read(row) else { throw UnexpectedAnswer(what: "\(what): \(row.text)") }
      out.append(value)
    }
    return out
  }
}

extension TransferSnapshot.Move {
  init?(row: JSON, ratioOfUnit ratio: String) {
    guard let id = row["id"]?.int, let product = row["product_id"]?.reference,
      let demand = row["product_uom_qty"].flatMap({ Quantity($0) })
    else { return nil }
    self.init(
      id: id,
      productID: product,
      demand: demand,
      state: row["state"]?.string ?? "",
      locationID: row["location_id"]?.reference ?? 0,
      destinationID: row["location_dest_id"]?.reference ?? 0,
      next: (row["move_dest_ids"]?.array ?? []).compactMap(\.int),
      unit: row["product_uom"].flatMap { .init(row: $0, ratioOfUnit: ratio) }
    )
  }
}

extension TransferSnapshot.Unit {
  init?(row: JSON, ratioOfUnit: String) {
    guard let id = row.reference else { return nil }
    self.init(
      id: id,
      ratio: row[ratioOfUnit].flatMap { Quantity($0) }.flatMap { $0 > .zero ? $0 : nil },
      rounding: row["rounding"].flatMap { Quantity($0) }
    )
  }

  /// A quantity in this unit, in another one.
  func convert(_ quantity: Quantity, to other: Self) -> Quantity {
    guard id != other.id, let ratio, let target = other.ratio else { return quantity }
    return quantity.scaled(by: ratio.millionths, over: target.millionths)
  }
}

extension TransferSnapshot.Line {
  init?(row: JSON, ratioOfUnit: String, moveUnit: TransferSnapshot.Unit?) {
    guard let id = row["id"]?.int, let product = row["product_id"]?.reference,
      var quantity = row["quantity"].flatMap({ Quantity($0) })
    else { return nil }
    var unit = row["product_uom_id"].flatMap {
      TransferSnapshot.Unit(row: $0, ratioOfUnit: ratioOfUnit)
    }
    var slack = Quantity.zero
    if let own = unit, let moveUnit, own.id != moveUnit.id {
      quantity = own.convert(quantity, to: moveUnit)
      let step = own.convert(own.rounding ?? .zero, to: moveUnit)
      slack = Quantity(millionths: step.millionths / 2 + 1)
    } else {
      unit = nil
    }
    self.init(
      id: id,
      moveID: row["move_id"]?.reference,
      productID: product,
      quantity: quantity,
      unit: unit,
      slack: slack,
      picked: row["picked"]?.bool ?? false,
      lotID: row["lot_id"]?.reference,
      lotName: row["lot_name"]?.string,
      packageID: row["package_id"]?.reference,
      resultPackageID: row["result_package_id"]?.reference,
      locationID: row["location_id"]?.reference ?? 0,
      destinationID: row["location_dest_id"]?.reference ?? 0,
      state: row["state"]?.string ?? "",
      expires: row["expiration_date"]?.string
    )
  }
}

/// Records that were just made with `load`.
extension TransferSnapshot.Line {
  init?(id: Int, row: LineRow) {
    func number(_ column: String) -> Int? { row.cells[column].flatMap { Int($0) } }
    guard let product = number("product_id/.id") else { return nil }
    self.init(
      id: id,
      moveID: number("move_id/.id"),
      productID: product,
      quantity: .zero,
      unit: nil,
      picked: false,
      lotID: number("lot_id/.id"),
      lotName: row.cells["lot_name"],
      packageID: number("package_id/.id"),
      resultPackageID: nil,
      locationID: number("location_id/.id") ?? 0,
      destinationID: number("location_dest_id/.id") ?? 0,
      state: "assigned",
      expires: row.cells["expiration_date"]
    )
  }
}

extension TransferSnapshot.Package {
  init(id: Int, row: LineRow) {
    self.init(
      id: id,
      name: row.cells["name"] ?? "",
      locationID: nil,
      weight: row.cells["shipping_weight"].flatMap { Quantity($0) },
      typeID: row.cells["package_type_id/.id"].flatMap { Int($0) },
      containerID: nil
    )
  }
}

extension TransferSnapshot.Lot {
  init?(row: JSON, productID: Int?) {
    guard let id = row["id"]?.int, let name = row["name"]?.string,
      let product = row["product_id"]?.reference ?? productID
    else { return nil }
    self.init(id: id, name: name, productID: product, companyID: row["company_id"]?.reference)
  }
}

extension TransferSnapshot.Package {
  init?(row: JSON) {
    guard let id = row["id"]?.int, let name = row["name"]?.string else { return nil }
    self.init(
      id: id,
      name: name,
      locationID: row["location_id"]?.reference,
      weight: row["shipping_weight"].flatMap { Quantity($0) },
      typeID: row["package_type_id"]?.reference,
      containerID: row["package_dest_id"]?.reference ?? row["parent_package_id"]?.reference
    )
  }
}

extension JSON {
  /// The id of a many2one, read with or without its fields or its name; nil for Odoo's `false`.
  var reference: Int? { int ?? self["id"]?.int ?? self[0]?.int }
}
