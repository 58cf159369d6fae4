internal import Floor
internal import JSON

/// A transfer as one pass of reads found it.
struct TransferSnapshot {
  var id = 0
  var name = ""
  /// Odoo's state; `gone` if there is no such record.
  var state = State.gone
  var companyID: Int?
  var tracking: String?
  var backorders: [Int] = []
  var moves: [Move] = []
  var lines: [Line] = []
  var lots: [Lot] = []
  var packages: [Package] = []

  enum State: String {
    case gone, draft, waiting, confirmed, assigned, done, cancel
  }

  struct Move {
    var id: Int
    var productID: Int
    var demand: Quantity
    var state: String
    var locationID: Int
    var destinationID: Int
    var next: [Int]
  }

  struct Line: Equatable {
    var id: Int
    var moveID: Int?
    var productID: Int
    var quantity: Quantity
    var picked: Bool
    var lotID: Int?
    var lotName: String?
    var packageID: Int?
    var resultPackageID: Int?
    var locationID: Int
    var destinationID: Int
    var state: String
    /// The datetime text of the expiration date that a new lot gets.
    var expires: String?
  }

  struct Lot {
    var id: Int
    var name: String
    var productID: Int
    var companyID: Int?
  }

  struct Package {
    var id: Int
    var name: String
    var locationID: Int?
    var weight: Quantity?
    var typeID: Int?
    /// The package that it is in, or will be in after the validation.
    var containerID: Int?
  }

  /// Moves that still have to be done.
  var openMoves: [Move] { moves.filter { $0.state != "done" && $0.state != "cancel" } }

  /// Ids of the lots of a product with a name.
  func lotIDs(_ name: String, of productID: Int) -> [Int] {
    lots.filter { $0.name == name && $0.productID == productID }.map(\.id)
  }

  /// Ids of the packages with a name.
  func packageIDs(_ name: String) -> [Int] {
    packages.filter { $0.name == name }.map(\.id)
  }
}

/// An answer that is not shaped as Odoo's are.
struct UnexpectedAnswer: Error {
  var what: String
}

extension TransferSnapshot {
  mutating func takeTransfer(_ answer: JSON) throws(UnexpectedAnswer) {
    guard let rows = answer.array else { throw UnexpectedAnswer(what: "stock.picking") }
    guard let row = rows.first else {
      state = .gone
      return
    }
    guard let text = row["state"]?.string, let known = State(rawValue: text) else {
      throw UnexpectedAnswer(what: "stock.picking.state \(row["state"]?.text ?? "missing")")
    }
    state = known
    name = row["name"]?.string ?? ""
    companyID = row["company_id"]?.reference
    tracking = row["carrier_tracking_ref"]?.string
    backorders = (row["backorder_ids"]?.array ?? []).compactMap(\.int)
  }

  mutating func takeMoves(_ answer: JSON) throws(UnexpectedAnswer) {
    moves = try rows(answer, "stock.move").compactMapRows("stock.move") { row in
      guard let id = row["id"]?.int, let product = row["product_id"]?.reference,
        let demand = row["product_uom_qty"].flatMap({ Quantity($0) })
      else { return nil }
      return Move(
        id: id,
        productID: product,
        demand: demand,
        state: row["state"]?.string ?? "",
        locationID: row["location_id"]?.reference ?? 0,
        destinationID: row["location_dest_id"]?.reference ?? 0,
        next: (row["move_dest_ids"]?.array ?? []).compactMap(\.int)
      )
    }
  }

  mutating func takeLines(_ answer: JSON) throws(UnexpectedAnswer) {
    lines = try rows(answer, "stock.move.line").compactMapRows("stock.move.line") { row in
      guard let id = row["id"]?.int, let product = row["product_id"]?.reference,
        let quantity = row["quantity"].flatMap({ Quantity($0) })
      else { return nil }
      return Line(
        id: id,
        moveID: row["move_id"]?.reference,
        productID: product,
        quantity: quantity,
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

  mutating func takeLots(_ answer: JSON) throws(UnexpectedAnswer) {
    lots = try rows(answer, "stock.lot").compactMapRows("stock.lot") { row in
      guard let id = row["id"]?.int, let name = row["name"]?.string,
        let product = row["product_id"]?.reference
      else { return nil }
      return Lot(id: id, name: name, productID: product, companyID: row["company_id"]?.reference)
    }
  }

  mutating func takePackages(_ answer: JSON) throws(UnexpectedAnswer) {
    packages = try rows(answer, "package").compactMapRows("package") { row in
      guard let id = row["id"]?.int, let name = row["name"]?.string else { return nil }
      return Package(
        id: id,
        name: name,
        locationID: row["location_id"]?.reference,
        weight: row["shipping_weight"].flatMap { Quantity($0) },
        typeID: row["package_type_id"]?.reference,
        containerID: row["package_dest_id"]?.reference ?? row["parent_package_id"]?.reference
      )
    }
  }

  private func rows(_ answer: JSON, _ what: String) throws(UnexpectedAnswer) -> [JSON] {
    guard let rows = answer.array else { throw UnexpectedAnswer(what: what) }
    return rows
  }
}

extension [JSON] {
  fileprivate func compactMapRows<Row>(
    _ what: String,
    _ read: (JSON) -> Row?
  ) throws(UnexpectedAnswer) -> [Row] {
    var out: [Row] = []
    for row in self {
      guard let value = read(row) else { throw UnexpectedAnswer(what: "\(what): \(row.text)") }
      out.append(value)
    }
    return out
  }
}

extension JSON {
  /// The id of a many2one, read with or without `load=None`; nil for Odoo's `false`.
  var reference: Int? { int ?? self[0]?.int }
}
