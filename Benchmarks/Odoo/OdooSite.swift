import Floor
import Glibc
import HTTP
import JSON
import Odoo

/// One connection to Odoo, which counts and times its calls.
final class OdooSite {
  private let http: HTTPClient
  private let session: OdooSession
  private(set) var fields: OdooFields
  /// Time within the calls since it was last set.
  var callTime = Duration.zero
  /// Calls since it was last set, by method.
  var calls: [String: Int] = [:]
  private var requestID = 0

  init(url: String, database: String, login: String, keyFile: String) throws {
    http = try HTTPClient(HTTPSettings(baseURL: url, version: "benchmark"))
    let key = try Self.text(keyFile).filter { !$0.isWhitespace }
    var connecting = OdooLogin(.init(database: database, login: login, key: Secret(key)))
    var step = connecting.start()
    while case .send(let request) = step { step = connecting.resume(http.send(request).outcome) }
    guard case .finished(.success(let connected)) = step else {
      throw Failure("the login to \(url) failed")
    }
    session = connected.session
    fields = OdooFields(version: session.version)
    for model in fields.required.map(\.model) + fields.extra {
      switch call(OdooFields.fieldsGet(model)) {
      case .success(let answer): fields.learn(model, answer)
      case .failure: fields.learnAbsence(of: model)
      }
    }
  }

  private static func text(_ path: String) throws -> String {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw Failure("\(path) cannot be read") }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  func call(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    requestID += 1
    let reply = http.send(session.request(for: call, id: requestID))
    callTime += reply.duration
    calls[call.method, default: 0] += 1
    return session.decode(reply.outcome)
  }

  /// Confirmations of the oldest open deliveries, each counted completely.
  func deliveries(_ count: Int) throws -> [Confirmation] {
    let pickings = try read(
      "stock.picking",
      [["state", "=", "assigned"], ["picking_type_id.code", "=", "outgoing"]],
      ["name"],
      limit: count
    )
    var found: [Confirmation] = []
    for picking in pickings {
      guard let id = picking["id"]?.int, let name = picking["name"]?.string else { continue }
      let moves = try read(
        "stock.move",
        [["picking_id", "=", .int(id)]],
        ["product_id", "product_uom_qty"]
      )
      found.append(confirmation(of: id, name, moves))
    }
    return found
  }

  private func confirmation(of id: Int, _ name: String, _ moves: [JSON]) -> Confirmation {
    let seen = moves.map { move in
      Confirmation.SeenMove(
        moveID: move["id"]?.int,
        productID: move["product_id"]?.int ?? 0,
        demand: move["product_uom_qty"].flatMap { Quantity($0) } ?? .zero
      )
    }
    return Confirmation(
      uuid: "00000000-0000-4000-8000-" + String(1_000_000_000_000 + id).dropFirst(),
      target: .transfer(id),
      transferName: name,
      warehouse: 1,
      chain: name,
      step: .ship,
      lines: seen.map { .init(productID: $0.productID, quantity: $0.demand) },
      seen: seen
    )
  }

  private func read(
    _ model: String,
    _ domain: [JSON],
    _ fields: [JSON],
    limit: Int = 0
  ) throws -> [JSON] {
    let call = OdooCall(
      model,
      "search_read",
      arguments: [
        "domain": .array(domain), "fields": .array(fields), "order": "id", "limit": .int(limit),
        "load": .null,
      ],
      writes: false
    )
    return try self.call(call).get().array ?? []
  }
}
