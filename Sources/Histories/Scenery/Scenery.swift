internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import TestKit

/// The small warehouses that histories play in, built once for each version and copied.
struct Scenery: Sendable {
  /// A product, and how its units are told apart.
  struct Article: Sendable {
    enum Tracking: Sendable {
      case none, lot, serial
    }
    let code: String
    let id: Int
    let tracking: Tracking
    /// True if it lies in packages only, two pieces in each.
    var isPacked = false
  }

  /// A warehouse, by how goods go through it.
  struct House: Sendable {
    let code: String
    let id: Int
    /// Steps of an outgoing order, and the places that each takes goods from and to.
    let outgoing: [Leg]
    /// Steps of a receipt.
    let incoming: [Leg]
  }

  struct Leg: Sendable {
    let step: Transfer.Step
    /// Odoo's code of the operation type, such as `PICK`.
    let type: String
    let from: String
    let to: String
  }

  let major: Int
  let odoo: SimulatedOdoo
  let uid: Int
  let fields: OdooFields
  /// The server action that an administrator has made.
  let action: Int
  let articles: [Article]
  let houses: [House]
  /// What lies where at the start, in thousandths.
  let stock: [EndState.StockKey: Int]
  /// Steps of operation types, as the mirror has them.
  let steps: [Int: Transfer.Step]

  static let pieces = 6
  static let serials = 8

  /// All versions; built when first asked for.
  private static let all = Result {
    Dictionary(
      uniqueKeysWithValues: try OdooSimulator.OdooVersion.allCases.map {
        ($0.rawValue, try Scenery($0))
      }
    )
  }

  /// The warehouses as the simulator of a series of Odoo builds them.
  static func of(_ major: Int) throws -> Scenery {
    guard let scenery = try all.get()[major] else {
      throw PropertyFailure("Odoo \(major) is not simulated: 17, 18 and 19 are")
    }
    return scenery
  }

  private init(_ version: OdooSimulator.OdooVersion) throws {
    major = version.rawValue
    odoo = try SimulatedOdoo(version: version, world: .bare) { 1_800_000_000_000_000 }
    let admin = odoo.admin
    try admin.seed(Self.seed)
    let codes = ["BOLT", "NUT", "RESIN", "DRILL", "CASE"]
    let rows = try admin.rows("product.product", [], ["default_code"])
    articles = codes.compactMap { code in
      guard let id = rows.first(where: { $0["default_code"]?.string == code })?["id"]?.int else {
        return nil
      }
      let tracking: Article.Tracking = code == "RESIN" ? .lot : code == "DRILL" ? .serial : .none
      return Article(code: code, id: id, tracking: tracking, isPacked: code == "CASE")
    }
    houses = try Self.houses(admin, customers: version < .v19 ? "Partners/Customers" : "Customers")
    steps = try Self.steps(admin)
    let packages = version < .v19 ? "stock.quant.package" : "stock.package"
    action = try admin.installAction(code: ServerActionCode.code(packageModel: packages))
    stock = EndState(admin.state()).stock
    uid = version < .v19 ? 8 : 7
    let known = Odoo.OdooVersion(major: version.rawValue)
    var fields = OdooFields(version: known)
    let session = OdooSession(
      carrier: .jsonRPC,
      database: "demo",
      uid: uid,
      key: Secret("demo-key"),
      version: known
    )
    for model in fields.required.map(\.model) + fields.extra {
      let answer = odoo.answer(session.request(for: OdooFields.fieldsGet(model)))
      fields.learn(model, try session.decode(answer).get())
    }
    self.fields = fields
  }

  private static var seed: JSON {
    let places = ["WH/Stock", "TM3/Stock", "P2/Stock"]
    var stock: [JSON] = []
    func add(_ product: String, _ place: String, _ quantity: Int, _ more: JSONObject = [:]) {
      var item = more
      item["product"] = .string(product)
      item["location"] = .string(place)
      item["quantity"] = .int(quantity)
      stock.append(.object(item))
    }
    for place in places {
      let code = String(place.split(separator: "/")[0])
      add("BOLT", place, 200)
      add("NUT", place, 200)
      for lot in ["A", "B"] { add("RESIN", place, 60, ["lot": .string("L\(lot)-\(code)")]) }
      for number in 1...serials { add("DRILL", place, 1, ["lot": .string("S\(number)-\(code)")]) }
      for number in 1...pieces { add("CASE", place, 2, ["package": .string("C\(number)-\(code)")]) }
    }
    return [
      "warehouses": [
        ["code": "P2", "name": "Two steps", "delivery": "pick_ship"],
        ["code": "RC", "name": "Receiving", "reception": "two_steps"],
      ],
      "products": [
        ["code": "BOLT"], ["code": "NUT"], ["code": "RESIN", "tracking": "lot"],
        ["code": "DRILL", "tracking": "serial"], ["code": "CASE"],
      ],
      "stock": .array(stock),
    ]
  }

  private static func houses(_ admin: OdooSimulatorAdmin, customers: String) throws -> [House] {
    let rows = try admin.rows("stock.warehouse", [], ["code"])
    func id(_ code: String) -> Int { rows.first { $0["code"]?.string == code }?["id"]?.int ?? 0 }
    func receipt(_ code: String) -> [Leg] {
      [Leg(step: .receive, type: "IN", from: "", to: "\(code)/Stock")]
    }
    return [
      House(
        code: "WH",
        id: id("WH"),
        outgoing: [Leg(step: .ship, type: "OUT", from: "WH/Stock", to: customers)],
        incoming: receipt("WH")
      ),
      House(
        code: "TM3",
        id: id("TM3"),
        outgoing: [
          Leg(step: .pick, type: "PICK", from: "TM3/Stock", to: "TM3/Packing Zone"),
          Leg(step: .pack, type: "PACK", from: "TM3/Packing Zone", to: "TM3/Output"),
          Leg(step: .ship, type: "OUT", from: "TM3/Output", to: customers),
        ],
        incoming: receipt("TM3")
      ),
      House(
        code: "P2",
        id: id("P2"),
        outgoing: [
          Leg(step: .pick, type: "PICK", from: "P2/Stock", to: "P2/Output"),
          Leg(step: .ship, type: "OUT", from: "P2/Output", to: customers),
        ],
        incoming: receipt("P2")
      ),
      House(
        code: "RC",
        id: id("RC"),
        outgoing: [],
        incoming: [
          Leg(step: .receive, type: "IN", from: "", to: "RC/Input"),
          Leg(step: .move, type: "STOR", from: "RC/Input", to: "RC/Stock"),
        ]
      ),
    ]
  }

  private static func steps(_ admin: OdooSimulatorAdmin) throws -> [Int: Transfer.Step] {
    let names: [String: Transfer.Step] = [
      "IN": .receive, "OUT": .ship, "PICK": .pick, "PACK": .pack, "INT": .move, "QC": .move,
      "STOR": .move,
    ]
    var steps: [Int: Transfer.Step] = [:]
    for row in try admin.rows("stock.picking.type", [], ["sequence_code"]) {
      if let id = row["id"]?.int { steps[id] = names[row["sequence_code"]?.string ?? ""] }
    }
    return steps
  }
}

extension OdooSimulatorAdmin {
  /// Rows of a model with plain ids, past HTTP and faults.
  func rows(_ model: String, _ domain: JSON, _ fields: [String]) throws -> [JSON] {
    let names = JSON.array(fields.map { .string($0) })
    let found = try call(model, "search", domain)?.array ?? []
    return try call(model, "read", .array(found), names, .null)?.array ?? []
  }
}

extension SimulatedOdoo {
  /// Answers the agent's request.
  func answer(_ request: Odoo.HTTPRequest) -> HTTPOutcome {
    let headers = request.headers.map { (name: $0.name, value: $0.value) }
    guard
      let answer = exchange(request.method, request.path, headers: headers, body: request.body)
    else { return .noAnswer("closed") }
    return .answer(
      status: answer.status,
      contentType: answer.contentType,
      retryAfter: answer.retryAfter,
      body: answer.body
    )
  }
}
