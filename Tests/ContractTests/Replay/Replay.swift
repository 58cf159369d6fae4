internal import JSON
internal import OdooSimulator

/// Replays a recording against a server and compares each answer.
final class Replay {
  struct Outcome {
    let index: Int
    let name: String
    let differences: [String]
  }

  let scenario: Scenario
  let version: OdooVersion
  let recording: Recording
  let server: OdooSimulatorServer
  /// Where the requests go; another port for a negative control.
  let client: PlainClient
  var comparison: Comparison
  var starts: [Scenario.Start]
  /// Recorded ids of the transfers and orders that the start state has to provide, in order.
  private(set) var transfers: [Int] = []
  private(set) var orders: [Int] = []
  /// What was made of each start, as `POST /simulator/orders` answers.
  var made: [JSON] = []
  var action = 0
  private var cookie = ""
  private var beginning = ""

  init(
    _ contract: ContractCase,
    rules: SimulatorRules = SimulatorRules(),
    port: UInt16? = nil
  ) throws {
    scenario = contract.scenario
    version = contract.version
    recording = try SharedFiles.recording(version.description, contract.file)
    server = try OdooSimulatorServer.start(
      version: version,
      world: .bare,
      options: Self.options(version)
    )
    client = PlainClient(port: port ?? server.port)
    comparison = Comparison(package: version.packageModel, map: IDMap())
    starts = scenario.starts(for: version)
    try ContractWorld.seed(server.admin, json2: contract.json2)
    server.admin.setRules(rules)
    action = try server.admin.installAction(code: scenario.action)
    try scenario.setUp?(server.admin)
    server.admin.advance(by: .seconds(5))
  }

  deinit { server.stop() }

  /// The database is named as the recorded one.
  private static func options(_ version: OdooVersion) -> OdooSimulatorServer.Options {
    var options = OdooSimulatorServer.Options()
    options.database = "lab\(version.rawValue)"
    return options
  }

  /// Every step in order.
  func run() throws -> [Outcome] {
    try bindNames()
    (transfers, orders) = try unintroduced()
    if scenario.atOnce {
      for _ in starts { try makeNext() }
      let first = made.first?["id"]?.int ?? 0
      let row = try server.admin.call("stock.picking", "read", [.int(first)], ["create_date"])
      beginning = row?[0]?["create_date"]?.string ?? ""
    }
    if scenario.signsIn { try signIn() }
    return try recording.steps.enumerated().map { index, step in
      try scenario.before[step.name]?(server.admin)
      comparison.differences = []
      let answer = try send(step, index)
      comparison.compare(step, answer)
      return Outcome(index: index, name: step.name, differences: comparison.differences)
    }
  }

  private func send(_ step: Recording.Step, _ index: Int) throws -> PlainClient.Answer? {
    var walker = RequestWalker(package: version.packageModel) { try self.resolve($0, index) }
    walker.time = { [beginning] recorded in beginning.isEmpty ? recorded : beginning }
    let body = try walker.walk(step)
    let asksPassword =
      step.path == "/web/session/authenticate" && !scenario.signsIn
      || step.path.contains("/res.users.identitycheck/")
    let text = try body?.string.map { try localizedXML($0) }
    let bytes = text.map { Array($0.utf8) } ?? body.map { localized($0, asksPassword).bytes } ?? []
    let headers = step.headers.map { ($0.name, self.localized($0.value)) }
    let answer = try client.send(step.method, step.path, headers: headers, body: bytes)
    keepCookie(answer)
    return answer
  }

  /// An XML-RPC body with this server's key, and its first transfer for the recorded one.
  private func localizedXML(_ text: String) throws -> String {
    var parts = text.split(separator: "<API_KEY>", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.popLast() else { return text }
    if made.isEmpty { try makeNext() }
    var end = String(last)
    if let model = last.firstRange(of: "<string>stock.picking</string>"),
      let open = last[model.upperBound...].firstRange(of: "<int>"),
      let close = last[open.upperBound...].firstRange(of: "</int>"),
      // One that nobody has stays so.
      let id = Int(last[open.upperBound..<close.lowerBound]), id < 1_000_000
    {
      let own = made[0]["id"]?.int ?? 0
      end = "\(last[..<open.upperBound])\(own)\(last[close.lowerBound...])"
    }
    return (parts.map(String.init) + [end]).joined(separator: server.key)
  }

  private func signIn() throws {
    let body: JSON = [
      "params": [
        "db": .string(server.database), "login": .string(server.login),
        "password": "tallyman-password",
      ]
    ]
    let headers = [(name: "Content-Type", value: "application/json")]
    let path = "/web/session/authenticate"
    // At the simulator itself, whatever server the steps go to.
    let own = PlainClient(port: server.port)
    keepCookie(try own.send("POST", path, headers: headers, body: body.bytes))
  }

  private func keepCookie(_ answer: PlainClient.Answer?) {
    if let set = answer?.header("Set-Cookie"), set.hasPrefix("session_id=") {
      cookie = String(set.dropFirst("session_id=".count).prefix { $0 != ";" })
    }
  }

  /// Puts names and secrets of this server in the place of the recorded ones.
  ///
  /// - Parameter login: The web client's login takes a password, never a key.
  private func localized(_ json: JSON, _ login: Bool) -> JSON {
    switch json {
    case "<API_KEY>" where login: "tallyman-password"
    case .string(let text): .string(localized(text))
    case .array(let list): .array(salesperson(list.map { localized($0, login) }))
    case .object(let object):
      .object(
        object.members.reduce(into: JSONObject()) { $0[$1.name] = localized($1.value, login) }
      )
    default: json
    }
  }

  /// The user with the sales group is the agent here.
  private func salesperson(_ list: [JSON]) -> [JSON] {
    var list = list
    guard list.count > 4, list[0].string == server.database else { return list }
    if scenario.number == "36" {
      list[1] = .int(agent)
      list[2] = .string(server.key)
    }
    return list
  }

  private var agent: Int { version < .v19 ? 8 : 7 }

  private func localized(_ text: String) -> String {
    switch text {
    case "<API_KEY>": server.key
    case "<API_KEY_2>": Scenario.secondKey
    case "bearer <API_KEY_2>": "bearer \(Scenario.secondKey)"
    case "<PASSWORD>": "tallyman-password"
    case "<ADMIN_PASSWORD>": "admin"
    case "bearer <API_KEY>": "bearer \(server.key)"
    case "Bearer <API_KEY>": "Bearer \(server.key)"
    case "session_id=<SESSION_ID>": "session_id=\(cookie)"
    default: text
    }
  }
}
