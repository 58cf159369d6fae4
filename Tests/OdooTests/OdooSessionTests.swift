import JSON
import Odoo
import Testing

@Suite("Requests to Odoo")
struct OdooSessionTests {
  let key = Secret("0123456789abcdef")

  @Test(
    "versions are read from numbers and from the texts of online versions",
    arguments: [
      (#"[17,0,0,"final",0,""]"#, "17.0", true, OdooProtocol.jsonRPC),
      (#"[18,0,0,"final",0,""]"#, "18.0", true, .jsonRPC),
      (#"[19,0,0,"final",0,""]"#, "19.0", true, .json2),
      (#"["saas~18",2,0,"final",0,""]"#, "saas~18.2", true, .jsonRPC),
      (#"["saas~18.4",0,0,"final",0,""]"#, "saas~18.4", true, .jsonRPC),
      (#"[16,0,0,"final",0,""]"#, "16.0", false, .jsonRPC),
      (#"["saas~16",4,0,"final",0,""]"#, "saas~16.4", false, .jsonRPC),
    ]
  )
  func readsVersions(
    info: String,
    name: String,
    supported: Bool,
    carrier: OdooProtocol
  ) throws {
    let version = try #require(OdooVersion(versionInfo: JSON.parse(info)))
    #expect(version.description == name)
    #expect(version.isSupported == supported)
    #expect((version.refusal == nil) == supported)
    #expect(OdooProtocol(for: version) == carrier)
  }

  @Test("what is no version is refused", arguments: ["[]", "null", #"["x"]"#, "[true]"])
  func refusesNoVersion(info: String) throws {
    #expect(try OdooVersion(versionInfo: JSON.parse(info)) == nil)
  }

  @Test("JSON-RPC puts ids first and all else into keyword arguments")
  func encodesJSONRPC() throws {
    let session = OdooSession(
      database: "lab18",
      uid: 8,
      key: key,
      allowedCompanies: [1],
      version: OdooVersion(major: 18)
    )
    let call = OdooCall(
      "stock.picking",
      "button_validate",
      ids: [62],
      context: ["skip_sms": true],
      writes: true
    )
    let request = session.request(for: call, id: 24)
    #expect(request.path == "/jsonrpc")
    #expect(
      try JSON.parse(request.body)["params"]?["args"] == [
        "lab18", 8, "0123456789abcdef", "stock.picking", "button_validate", [[62]],
        ["context": ["skip_sms": true, "allowed_company_ids": [1]]],
      ]
    )
  }

  @Test("JSON-2 names the database in a header and the ids in the body")
  func encodesJSON2() throws {
    let session = OdooSession(
      database: "lab19",
      uid: 7,
      key: key,
      version: OdooVersion(major: 19)
    )
    let call = OdooCall(
      "stock.picking",
      "write",
      ids: [5],
      arguments: ["vals": ["a": .number("1.5")]],
      writes: true
    )
    let request = session.request(for: call)
    #expect(request.path == "/json/2/stock.picking/write")
    #expect(request.headers.contains(.init("Authorization", "bearer 0123456789abcdef")))
    #expect(request.headers.contains(.init("X-Odoo-Database", "lab19")))
    #expect(try JSON.parse(request.body) == ["vals": ["a": .number("1.5")], "ids": [5]])
  }

  @Test(
    "requests are those that real servers understood",
    .enabled(if: Recordings.present, "no recordings beside the repository")
  )
  func equalsRecordedRequests() throws {
    let recorded = try Recordings.exchanges("18.0/10-confirm-full")[2].requestBody
    let session = OdooSession(
      database: "lab18",
      uid: 8,
      key: Secret("<API_KEY>"),
      version: OdooVersion(major: 18)
    )
    let arguments = recorded?["params"]?["args"]?[6]?.object ?? [:]
    let call = OdooCall("stock.move.line", "search_read", arguments: arguments, writes: false)
    let own = try JSON.parse(session.request(for: call, id: 12).body)
    #expect(own["params"] == recorded?["params"])
    #expect(own["id"] == recorded?["id"])
    let login = try Recordings.exchanges("18.0/02-auth")[0].requestBody
    let ownLogin = JSONRPC.login(
      database: "lab18",
      login: "tallyman",
      key: Secret("<API_KEY>"),
      id: 4
    )
    #expect(try JSON.parse(ownLogin.body)["params"] == login?["params"])
  }

  @Test("the key is in no text that a log could get")
  func hidesTheKey() {
    let session = OdooSession(
      database: "lab19",
      uid: 7,
      key: key,
      version: OdooVersion(major: 19)
    )
    let request = session.request(for: OdooCall("res.users", "read", ids: [7], writes: false))
    let login = JSONRPC.login(database: "d", login: "l", key: key)
    var dumped = ""
    dump(session, to: &dumped)
    dump(request, to: &dumped)
    dump(login, to: &dumped)
    for text in [
      "\(key)", String(reflecting: key), "\(session)", String(reflecting: session), "\(request)",
      String(reflecting: request), "\([request, login])", dumped,
    ] {
      #expect(!text.contains("0123456789abcdef"))
    }
    #expect("\(key)" == "<secret>")
  }
}
