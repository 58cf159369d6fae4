internal import JSON
internal import OdooSimulator

/// The products, lots and stock that the recordings' database held, as far as they speak of them.
enum ContractWorld {
  /// - Parameter json2: The recordings over JSON-2 found other serial numbers in stock.
  static func seed(_ admin: OdooSimulatorAdmin, json2: Bool) throws {
    var products: [JSON] = []
    for (index, tracking) in ["none", "none", "none", "lot", "serial"].enumerated() {
      products.append([
        "code": .string("TM-T1-00\(index)"), "name": .string("Tallyman item T1 00\(index)"),
        "barcode": .string("29900227000\(index)"), "tracking": .string(tracking),
        "weight": .double(0.25 + 0.05 * Double(index)),
      ])
    }
    products += [
      ["code": "TM-T1-009", "name": "Tallyman item T1 009", "tracking": "serial"],
      ["code": "TM-NOSTOCK", "name": "Tallyman no stock"],
      ["code": "TM-EXP", "name": "Tallyman expiring", "tracking": "lot", "expires": true],
      ["code": "TM-BIN", "name": "Tallyman bin", "tracking": "lot"],
    ]
    var stock: [JSON] = []
    for warehouse in ["WH", "TM3"] {
      for code in ["TM-T1-000", "TM-T1-001", "TM-T1-002"] {
        stock.append(entry(code, warehouse, nil, 500))
      }
    }
    stock += ["LOT-T1-003-WH1", "LOT-T1-003-WH2"].map { entry("TM-T1-003", "WH", $0, 500) }
    for number in json2 ? [13] + Array(15...26) : [6] + Array(8...20) {
      let text = number < 10 ? "000\(number)" : "00\(number)"
      stock.append(entry("TM-T1-004", "WH", "SN-T1-004-WH\(text)", 1))
    }
    stock += (1...4).map { entry("TM-T1-009", "WH", "SN-T1-009-WH000\($0)", 1) }
    stock += ["BIN-T1-A1", "LOT-T1-008-TM31"].map { entry("TM-BIN", "WH", $0, 10) }
    var expired = entry("TM-EXP", "WH", "EXP-1", 10).object ?? JSONObject()
    expired["expires"] = "2020-01-01 00:00:00"
    stock.append(.object(expired))
    try admin.seed([
      "locations": .array(
        ["WH", "TM3"].map { ["parent": .string($0 + "/Stock"), "name": "BIN-T1-A1"] }
      ),
      "products": .array(products), "stock": .array(stock),
    ])
  }

  private static func entry(
    _ code: String,
    _ warehouse: String,
    _ lot: String?,
    _ quantity: Int
  ) -> JSON {
    var object: JSONObject = [
      "product": .string(code), "location": .string(warehouse + "/Stock/BIN-T1-A1"),
      "quantity": .int(quantity),
    ]
    if let lot { object["lot"] = .string(lot) }
    return .object(object)
  }
}
