internal import Floor
internal import HTTP
internal import JSON
internal import Odoo
internal import OdooSimulator

/// A delivery in a simulated Odoo, counted in part, and plans that apply it over HTTP.
final class SimulatedDelivery {
  struct Unusable: Error {}
  typealias Rest = Confirmation.Rest

  let server: OdooSimulatorServer
  let transferID: Int
  var confirmation: Confirmation
  private let session: OdooSession
  private let client: HTTPClient
  private(set) var calls: [OdooCall] = []

  /// 5 bolts, 4 of a product with lots and 2 with serials; counted are 4, 3 and 2 of them: the
  /// bolts in two packages, one lot and both serials others than Odoo reserved.
  init(_ version: OdooSimulator.OdooVersion) throws {
    server = try OdooSimulatorServer.start(version: version)
    client = try HTTPClient(HTTPSettings(baseURL: server.url, version: "test"))
    session = try Self.logIn(server, client)
    let order = try server.admin.order([("TM-1001", 5), ("TM-1004", 4), ("TM-1005", 2)])
    guard let transfer = order["transfers"]?[0], let id = transfer["id"]?.int,
      let moves = transfer["moves"]?.array, moves.count == 3
    else { throw Unusable() }
    transferID = id
    let products = moves.compactMap { $0["product_id"]?.int }
    let reserved = moves[1].at(pointer: "/lines/0/lot")?.string ?? ""
    let other = reserved.hasSuffix("A") ? "B" : "A"
    confirmation = Confirmation(
      uuid: "0b5e7a3c-1d2f-4c60-9a41-5f0c3f6f2d11",
      target: .transfer(id),
      transferName: transfer["name"]?.string ?? "",
      warehouse: 1,
      chain: "S1",
      step: .ship,
      lines: [
        .init(productID: products[0], package: "PK1", quantity: Quantity(3)),
        .init(productID: products[0], package: "PK2", quantity: .one),
        .init(productID: products[1], lot: reserved, package: "PK1", quantity: .one),
        .init(
          productID: products[1],
          lot: reserved.dropLast() + other,
          package: "PK2",
          quantity: Quantity(2)
        ),
        .init(productID: products[2], lot: "SN1004WH1011", quantity: .one),
        .init(productID: products[2], lot: "SN1004WH1012", quantity: .one),
      ],
      packages: [.init(name: "PK1", weight: Quantity("2.5")), .init(name: "PK2")],
      tracking: "1Z999",
      seen: moves.map {
        .init(
          moveID: $0["id"]?.int,
          productID: $0["product_id"]?.int ?? 0,
          demand: $0["demand"].flatMap { Quantity($0) } ?? .zero
        )
      }
    )
  }

  deinit { server.stop() }

  private static func logIn(
    _ server: OdooSimulatorServer,
    _ client: HTTPClient
  ) throws -> OdooSession {
    var login = OdooLogin(
      .init(database: server.database, login: server.login, key: Secret(server.key))
    )
    var step = login.start()
    while case .send(let request) = step { step = login.resume(client.send(request).outcome) }
    guard case .finished(let result) = step else { throw Unusable() }
    return try result.get().session
  }

  /// Runs plans until one decides; before call `number` of all, `meanwhile` may do anything.
  func run(_ meanwhile: (Int, OdooCall) -> Void = { _, _ in }) -> ApplyOutcome? {
    for _ in 0..<6 {
      let outcome = runOnce(meanwhile)
      guard case .later(let later) = outcome else { return outcome }
      // What was on its way for two minutes has been done.
      if later.retryAfter ?? .zero >= .seconds(120) { server.admin.runHeldCalls() }
    }
    return nil
  }

  private func runOnce(_ meanwhile: (Int, OdooCall) -> Void) -> ApplyOutcome {
    var plan = ApplyPlan(
      confirmation: confirmation,
      transferID: transferID,
      fields: fields()
    )
    var step = plan.start()
    while true {
      switch step {
      case .call(let call):
        calls.append(call)
        meanwhile(calls.count, call)
        step = plan.resume(perform(call))
      case .wait(let pause):
        server.admin.advance(by: pause)
        step = plan.woke()
      case .finished(let outcome): return outcome
      }
    }
  }

  private func perform(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    session.decode(client.send(session.request(for: call), timeout: .seconds(20)).outcome)
  }

  /// As the server tells them.
  private func fields() -> OdooFields {
    var fields = OdooFields(version: session.version)
    for (model, _) in fields.required {
      if case .success(let answer) = perform(OdooFields.fieldsGet(model)) {
        fields.learn(model, answer)
      }
    }
    return fields
  }

  /// All that is wrong at the end; empty if it is right.
  func wrongs(_ outcome: ApplyOutcome?) -> [String] {
    var out: [String] = []
    if case .applied = outcome {} else { out.append("\(String(describing: outcome))") }
    let transfer = server.admin.transfer(confirmation.transferName) ?? .null
    if transfer["state"] != "done" { out.append("state \(transfer["state"]?.text ?? "")") }
    if transfer["validated_count"] != 1 {
      out.append("validated \(transfer["validated_count"]?.text ?? "")")
    }
    if transfer["done_edits"] != 0 { out.append("edits \(transfer["done_edits"]?.text ?? "")") }
    if transfer["tracking"] != "1Z999" { out.append("tracking") }
    let moves = transfer["moves"]?.array ?? []
    let done = moves.flatMap { move in
      (move["lines"]?.array ?? []).map { line in
        let quantity = line["quantity"].flatMap { Quantity($0) } ?? .zero
        let lot = line["lot"]?.string ?? "-"
        let package = line["result_package"]?.string ?? "-"
        return "\(move["product_id"]?.text ?? "") \(lot) \(package) \(quantity)"
      }
    }
    let counted = confirmation.lines.map {
      "\($0.productID) \($0.lot ?? "-") \($0.package ?? "-") \($0.quantity)"
    }
    if done.sorted() != counted.sorted() { out.append("done \(done)") }
    let state = server.admin.state()
    let names = (state["packages"]?.array ?? []).compactMap { $0["name"]?.string }
    if names.filter({ $0.hasPrefix("PK") }).sorted() != ["PK1", "PK2"] {
      out.append("packages \(names)")
    }
    let weight = state["packages"]?.array?.first { $0["name"] == "PK1" }?["shipping_weight"]
    if weight?.double != 2.5 { out.append("weight \(weight?.text ?? "")") }
    let rest = (state["transfers"]?.array ?? [])
      .filter { $0["backorder_id"]?.int == transferID }
      .flatMap { $0["moves"]?.array ?? [] }
      .map { "\($0["product"]?.string ?? "") \($0["demand"]?.double ?? 0)" }
    let wanted = confirmation.rest == .drop ? [] : ["TM-1001 1.0", "TM-1004 1.0"]
    if rest.sorted() != wanted { out.append("rest \(rest)") }
    return out
  }
}
