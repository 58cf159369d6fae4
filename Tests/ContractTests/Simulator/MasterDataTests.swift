internal import JSON
internal import OdooSimulator
internal import Testing

/// What a mirror reads is there, in the kinds that were recorded.
@Suite("Master data", .enabled(if: SharedFiles.areHere, "the recordings are not at ../shared"))
struct MasterDataTests {
  @Test(
    "every recorded read is answered with the same fields",
    arguments: [(.v17, false), (.v18, false), (.v19, false), (.v19, true)] as [(OdooVersion, Bool)]
  )
  func readsAnswerTheSameFields(_ version: OdooVersion, json2: Bool) throws {
    let recording = try SharedFiles.recording(version.description, json2 ? "json2-40" : "40")
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let calls = RemoteCalls(server: server, json2: json2)
    let transfer = try server.transfer([("TM-1004", 2)])
    let package = try calls.call(version.packageModel, "create", ["vals_list": [["name": "P"]]])
    #expect(package.value != nil)
    var compared = 0
    for step in recording.steps where step.call.method == "search_read" {
      let body = json2 ? step.body : step.body?.at(pointer: "/params/args/6")
      var named = body?.object ?? JSONObject()
      named["domain"] = localized(named["domain"] ?? [], transfer)
      let answer = try calls.call(step.call.model, "search_read", named)
      let recorded = (json2 ? step.answer : step.answer["result"])?.array ?? []
      guard let row = recorded.first?.object else { continue }
      let own = try #require(answer.value?[0]?.object, "\(step.name): \(answer)")
      compared += 1
      for member in row.members {
        let kinds = [kind(member.value), kind(own[member.name])]
        // An empty field is `false` whatever its kind.
        let alike = kinds[0] == kinds[1] || member.value == false || own[member.name] == false
        #expect(alike, "\(step.name), \(member.name): \(kinds)")
      }
      #expect(own.members.count == row.members.count, "\(step.name)")
    }
    #expect(compared >= 15)
  }

  @Test("every field of the simulator exists in Odoo", arguments: OdooVersion.allCases)
  func fieldsExist(_ version: OdooVersion) throws {
    let recording = try SharedFiles.recording(version.description, "40")
    let server = try OdooSimulatorServer.start(version: version, world: .bare)
    defer { server.stop() }
    let step = try #require(
      recording.steps.first { $0.call == ("stock.picking", "fields_get") }
    )
    let answer = try RemoteCalls(server: server).call(
      "stock.picking",
      "fields_get",
      ["attributes": ["type"]]
    )
    let members = try #require(answer.value?.object?.members)
    for member in members {
      #expect(step.answer["result"]?[member.name] == member.value, "\(member.name)")
    }
  }

  /// Rows of the demo in the place of the recorded ones.
  private func localized(_ domain: JSON, _ transfer: Int) -> JSON {
    .array(
      (domain.array ?? []).map { leaf in
        switch leaf[0] {
        case "picking_id": ["picking_id", "=", .int(transfer)]
        case "product_id": ["product_id", "=", 4]
        default: leaf
        }
      }
    )
  }

  private func kind(_ json: JSON?) -> String {
    switch json {
    case .string: "text"
    case .number: "number"
    case .bool: "truth"
    case .array: "list"
    case .object: "object"
    case .null: "null"
    case nil: "missing"
    }
  }
}
