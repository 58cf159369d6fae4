import Glibc
import JSON
import OdooSimulator
import TestKit

/// One run of the agent under load, in which it is killed again and again.
///
/// Devices talk to the broker, the agent to the broker through a recording tap, and to Odoo through
/// a server that can stop the world at each call.
final class KillRun {
  /// Where a kill falls.
  enum Point: CaseIterable {
    /// At any time.
    case anytime
    /// Soon after a message was delivered to the agent: before, in or after its commit.
    case delivery
    /// Between the commit and the acknowledgement: the broker does not hear it any more.
    case unheardAcknowledgement
    /// When an acknowledgement has left: after the commit, around the feedback.
    case acknowledgement
    /// Between the acknowledgement and the feedback: the broker does not hear it any more.
    case unheardFeedback
    /// When a feedback has left.
    case feedback
    /// When a call has reached Odoo and is not carried out yet.
    case beforeCall
    /// When Odoo has carried a call out, and the agent does not know.
    case afterCall
    /// Soon after the agent got Odoo's answer: before, in or after its record.
    case afterAnswer
  }

  static let methods = [
    "stock.picking.write", "stock.picking.button_validate", "load", "stock.picking.read",
    "search_read",
  ]

  let directory: TemporaryDirectory
  let broker: Broker
  let tap: MQTTTap
  let site: Site
  let agent: AgentProcess
  private(set) var kills: [Point: Int] = [:]
  /// What the kills left behind.
  private(set) var aftermath = Aftermath()
  private var workers: [FloorWorker] = []
  private let crowd: Crowd

  init(version: OdooVersion, hooks: String? = nil) throws {
    directory = try TemporaryDirectory("tallyman-kill")
    var options = BrokerOptions()
    options.maximumInflight = 1000
    broker = try Broker(options)
    tap = try MQTTTap(broker: broker.port)
    crowd = Crowd(broker: broker.port)
    site = try Site(version)
    let config = directory.path("tallyman.toml")
    let key = directory.path("key")
    try File.write("demo-key\n", to: key)
    chmod(key, 0o600)
    let text = """
      site = "main"
      [broker]
      port = \(tap.port)
      client_id = "tallyman-kill"
      [odoo]
      url = "\(site.url)"
      database = "demo"
      login = "tallyman"
      key_file = "\(key)"
      timeout = "5s"
      validate_timeout = "10s"
      longest_call = "1s"
      [storage]
      directory = "\(directory.path)"
      minimum_free = "1MB"
      [mirror]
      refresh = "500ms"
      """
    try File.write(text, to: config)
    agent = AgentProcess(config: config, log: directory.path("agent.log"), hooks: hooks)
  }

  /// Works and kills until `count` kills have fallen, then lets everything come to its end.
  ///
  /// Meanwhile Odoo loses some answers, and some requests.
  func run(kills count: Int, workers number: Int, choices: inout Choices) throws {
    let seed = choices.int(0...1_000_000)
    let losses: JSON = [
      "seed": .int(seed), "rates": ["lost_answer": .double(0.05), "lost_request": .double(0.01)],
      "methods": ["write", "load", "button_validate"],
    ]
    if count > 0 { _ = try site.admin("POST", "chaos", losses) }
    try agent.start()
    let isOver = Monitor(false)
    let crews = (0..<number).map { index in
      let worker = Handed(FloorWorker("scanner\(index)", broker: broker.port, site: site))
      workers.append(worker.value)
      return Background {
        var kind = index
        repeat {
          try worker.value.work(kind)
          kind += 1
        } while !isOver.withLock { $0 }
      }
    }
    let crowd = Handed(crowd)
    let noise = Background {
      if count > 0 { try crowd.value.work { isOver.withLock { $0 } } }
    }
    for index in 0..<count {
      let point = Point.allCases[index % Point.allCases.count]
      kills[point, default: 0] += try kill(at: point, &choices) ? 1 : 0
    }
    isOver.update { $0 = true }
    for crew in crews + [noise] { try crew.finish(within: .seconds(90)) }
    if count > 0 { _ = try site.admin("DELETE", "faults") }
    try drain()
    _ = try agent.stop()
    site.stop()
  }

  /// Kills the agent at a point, and starts it again; true if the point came within its time.
  private func kill(at point: Point, _ choices: inout Choices) throws -> Bool {
    let fired = Monitor(false)
    let agent = agent
    @Sendable func shoot() {
      let isFirst = fired.update { fired -> Bool in
        defer { fired = true }
        return !fired
      }
      if isFirst { agent.kill() }
    }
    let nth = choices.int(1...6)
    let moment = UInt32(choices.int(0...6000))
    // Set when the chosen call does not come: then any call will do.
    let isDesperate = Monitor(false)
    switch point {
    case .anytime: break
    case .delivery, .unheardAcknowledgement, .acknowledgement, .unheardFeedback, .feedback:
      let passed = Monitor(0)
      tap.hook { packet in
        guard Self.isMeant(packet, point) else { return .forward }
        let isNth = passed.update { passed -> Bool in
          passed += 1
          return passed == nth
        }
        guard isNth else { return .forward }
        switch point {
        case .unheardAcknowledgement, .unheardFeedback:
          shoot()
          return .dropAndCut
        case .delivery:
          return .forwardThen {
            usleep(moment)
            shoot()
          }
        default: return .forwardThen { shoot() }
        }
      }
    case .beforeCall, .afterCall, .afterAnswer:
      let method = choices.element(of: Self.methods)
      site.watch { name, time in
        let isMeant = isDesperate.withLock { $0 } ? !name.isEmpty : name.hasSuffix(method)
        guard isMeant, (time == .before) == (point == .beforeCall) else { return }
        guard point == .afterAnswer else { return shoot() }
        // The answer leaves when this returns.
        _ = Background {
          usleep(moment)
          shoot()
        }
      }
    }
    let patience = point == .anytime ? choices.int(50...700) : 4000
    var came = fired.poll(within: .milliseconds(patience)) { $0 ? true : nil } ?? false
    if !came, point != .anytime {
      isDesperate.update { $0 = true }
      came = fired.poll(within: .milliseconds(patience)) { $0 ? true : nil } ?? false
    }
    try agent.killAndWait()
    tap.removeHooks()
    site.watch(nil)
    try tap.waitForEnd(of: "tallyman-kill")
    try look()
    try agent.start()
    return came || point == .anytime
  }

  private static func isMeant(_ packet: TapPacket, _ point: Point) -> Bool {
    switch (point, packet.packet) {
    case (.delivery, .publish): packet.direction == .toClient
    case (.acknowledgement, .puback), (.unheardAcknowledgement, .puback):
      packet.direction == .toServer
    case (.feedback, .publish(let message)), (.unheardFeedback, .publish(let message)):
      packet.direction == .toServer && message.topic.hasSuffix("/feedback")
    default: false
    }
  }

  /// Looks at what the dead agent has left, to know where its death fell.
  private func look() throws {
    guard File.exists(directory.path("journal.db")) else { return }
    let journal = try SQLiteFile(directory.path("journal.db"))
    // Killed before its first start had made the tables: nothing can have been acknowledged.
    let tables = try journal.value("SELECT count(*) FROM sqlite_schema WHERE name = 'event'")
    if tables == "0", aftermath.lastSequence == 0, tap.acknowledged.isEmpty { return }
    let rows = try journal.rows(
      """
      SELECT topic, CAST(payload AS TEXT) AS payload FROM event
      WHERE seq > \(aftermath.lastSequence)
      """
    )
    let acknowledged = tap.acknowledged
    let heard = Set(
      acknowledged.dropFirst(aftermath.acknowledged).filter {
        $0.acknowledgement?.forwarded == true
      }.map { History.Message(topic: $0.topic, payload: $0.text) }
    )
    aftermath.acknowledged = acknowledged.count
    let unheard = rows.contains {
      !heard.contains(.init(topic: $0["topic"] ?? "", payload: $0["payload"] ?? ""))
    }
    let states = try journal.rows("SELECT state FROM confirmation WHERE state != 'applied'")
      .compactMap { $0["state"] }
    aftermath.kills += 1
    if unheard { aftermath.storedUnacknowledged += 1 }
    if states.contains("sending") { aftermath.sending += 1 }
    if !states.isEmpty { aftermath.unapplied += 1 }
    let last = try journal.value("SELECT max(seq) FROM event")
    aftermath.lastSequence = last.flatMap { Int($0) } ?? 0
  }

  /// Where kills really fell, by what they left.
  struct Aftermath {
    /// Kills that were looked at.
    var kills = 0
    /// An event was stored and not acknowledged.
    var storedUnacknowledged = 0
    /// A confirmation was on its way to Odoo.
    var sending = 0
    /// A confirmation was not applied, whether or not it was on its way.
    var unapplied = 0
    /// Acknowledgements seen until then.
    var acknowledged = 0
    /// The last event that the journal had then.
    var lastSequence = 0
  }

  /// Waits until nothing is on its way to the journal or to Odoo any more.
  private func drain() throws {
    let journal = try SQLiteFile(directory.path("journal.db"))
    let taken = crowd.taken.count
    try eventually("the crowd's events are stored", within: .seconds(60)) {
      let stored = try journal.value("SELECT count(DISTINCT id) FROM event WHERE device = 'crowd'")
      return stored.flatMap { Int($0) } ?? 0 >= taken
    }
    try eventually("the outbox is empty", within: .seconds(90)) {
      try journal.value(
        "SELECT count(*) FROM confirmation WHERE state NOT IN ('applied', 'parked', 'discarded')"
      ) == "0"
    }
  }

  /// What all witnesses saw.
  func history() throws -> History {
    var history = History()
    history.acknowledged = tap.acknowledged.map { .init(topic: $0.topic, payload: $0.text) }
    history.taken = crowd.taken
    for worker in workers {
      history.answered.formUnion(worker.answered)
      history.closings += worker.closings
    }
    let journal = try SQLiteFile(directory.path("journal.db"))
    try journal.checkIntegrity()
    history.journal = try journal.rows(
      "SELECT coalesce(id, 'e' || seq) AS id, topic, CAST(payload AS TEXT) AS payload, kind FROM event"
    ).map { row in
      .init(
        id: row["id"] ?? "",
        topic: row["topic"] ?? "",
        payload: row["payload"] ?? "",
        isEvent: row["kind"] != nil
      )
    }
    history.confirmations = try journal.rows("SELECT transfer, state FROM confirmation").map {
      .init(transfer: $0["transfer"] ?? "", state: $0["state"] ?? "")
    }
    let state = try site.admin("GET", "state")
    history.lostAnswers =
      state["calls"]?.array?.count { $0["fault"]?.string == "lost_answer" } ?? 0
    var names: [Int: String] = [:]
    for transfer in state["transfers"]?.array ?? [] {
      if let id = transfer["id"]?.int { names[id] = transfer["name"]?.string }
    }
    history.odoo = (state["transfers"]?.array ?? []).map { Self.transfer($0, names) }
    for package in state["packages"]?.array ?? [] {
      history.weights[package["name"]?.string ?? ""] = package["shipping_weight"]?.double
    }
    return history
  }

  private static func transfer(_ json: JSON, _ names: [Int: String]) -> History.Transfer {
    var transfer = History.Transfer(
      name: json["name"]?.string ?? "",
      state: json["state"]?.string ?? "",
      validated: json["validated_count"]?.int ?? -1,
      editsAfterDone: json["done_edits"]?.int ?? -1,
      goods: [:],
      tracking: json["tracking"]?.string,
      backorderOf: json["backorder_id"]?.int.flatMap { names[$0] }
    )
    for move in json["moves"]?.array ?? [] {
      transfer.demand += move["demand"]?.double ?? 0
      guard move["state"]?.string == "done" else { continue }
      for line in move["lines"]?.array ?? [] {
        let goods = History.Goods(
          product: line["product"]?.string ?? "",
          lot: line["lot"]?.string,
          package: line["result_package"]?.string
        )
        transfer.goods[goods, default: 0] += line["quantity"]?.double ?? 0
      }
    }
    return transfer
  }
}

/// Lets one background thread have a value; the test looks at it only after that thread's end.
private struct Handed<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
