internal import JSON
internal import OdooSimulator
internal import Testing

/// Who may do what, against the recorded rights of three users.
@Suite("Rights", .enabled(if: SharedFiles.areHere, "the recordings are not at ../shared"))
struct RightsTests {
  @Test("each user may do what it could", arguments: OdooVersion.allCases)
  func usersMayDoWhatTheyCould(_ version: OdooVersion) throws {
    let recording = try SharedFiles.recording(version.description, "22")
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    var user = ""
    for step in recording.steps {
      let who = String(step.name.prefix { $0 != ":" })
      if who != user {
        user = who
        try server.admin.perform("users", Self.change[who] ?? [:])
      }
      let answer = try ask(step, server)
      let recorded = step.answer["error"]?["data"]?["name"]?.string
      #expect(answer.name == recorded, "\(step.name): \(answer)")
    }
    #expect(recording.steps.count >= 60)
  }

  @Test("entering a counted quantity twice answers the same quant", arguments: OdooVersion.allCases)
  func aCountedQuantityGoesOnTheQuantThatIsThere(_ version: OdooVersion) throws {
    let recording = try SharedFiles.recording(version.description, "22")
    let recorded = recording.steps.filter {
      $0.name.hasSuffix("adjust a quant") && $0.answer["result"] != nil
    }
    #expect(recorded.count == 2 && recorded[0].answer["result"] == recorded[1].answer["result"])
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let answers = try recorded.map { try ask($0, server).value }
    #expect(answers[0]?[0]?.int != nil && answers[0] == answers[1], "\(answers)")
    // Nothing has moved yet.
    let counted = try server.admin.call(
      "stock.quant",
      "search_read",
      [["inventory_quantity_set", "=", true]],
      ["quantity", "inventory_quantity", "inventory_diff_quantity"]
    )
    #expect(counted?.array?.count == 1)
    #expect(counted?[0]?["inventory_quantity"]?.double == 900)
    let difference = counted?[0]?["inventory_diff_quantity"]?.double ?? 0
    #expect(difference == 900 - (counted?[0]?["quantity"]?.double ?? 0) && difference != 0)
  }

  private static let change: [String: JSON] = [
    "user-only": ["remove_group": "stock.group_stock_user"],
    "stock-user": ["add_group": "stock.group_stock_user"],
    "stock-user+sales": ["add_group": "sales_team.group_sale_salesman"],
  ]

  /// Makes the recorded call about a transfer of its own.
  private func ask(
    _ step: Recording.Step,
    _ server: OdooSimulatorServer
  ) throws -> RemoteCalls.Answer {
    let transfer = try server.transfer()
    let line = server.dumped(transfer).at(pointer: "/moves/0/lines/0/id")?.int ?? 0
    let walker = RequestWalker(package: server.admin.version.packageModel) { mention in
      switch mention.model {
      case "stock.picking": transfer
      case "stock.move.line": line
      case "stock.location": try server.admin.place("WH/Stock")
      default: 1
      }
    }
    let arguments = try walker.walk(step)?["params"]?["args"]
    let positional = arguments?[5] ?? []
    var named = arguments?[6]?.object ?? JSONObject()
    let context = named["context"]?.object ?? JSONObject()
    named["context"] = nil
    let (model, method) = step.call
    if method == "create" { named["vals_list"] = positional.array?.last ?? [:] }
    if method == "write" { named["vals"] = positional[1] ?? [:] }
    let ids =
      ["create", "search_read"].contains(method)
      ? nil : positional[0]?.array?.compactMap(\.int)
    return try RemoteCalls(server: server).call(model, method, ids: ids, named, context: context)
  }
}

extension OdooSimulatorAdmin {
  /// The id of the location with that complete name.
  func place(_ name: String) throws -> Int {
    let all = try call("stock.location", "search_read", [], ["complete_name"])?.array ?? []
    return all.first { $0["complete_name"]?.string == name }?["id"]?.int ?? 0
  }
}
