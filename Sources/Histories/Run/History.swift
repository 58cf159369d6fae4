internal import Dispatching
internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
public import TestKit

/// One history: orders in a small warehouse, people who count and close them, an outbox that
/// dispatches, and everything that goes wrong meanwhile; played to its end and then checked.
///
/// All that happens follows from `Choices`; time is virtual.
public final class History {
  /// Most events of a history; more means that it does not come to an end.
  static let longest = 2_000

  var choices: Choices
  let options: HistoryOptions
  let scenery: Scenery
  let odoo: SimulatedOdoo
  let session: OdooSession
  let plan: Plan
  var now = Duration.zero
  var timeline = Timeline()
  var weather: Weather
  var people: People
  var hands = Hands()
  var orders: [OrderPlan] = []
  var box = Box()
  var witness = Witness()
  var coverage = Coverage()
  let wishes: Wishes
  /// Calls that Odoo has carried out, and deeds.
  var executions = 0
  /// Transfers that lost their moves to another one.
  var mergedFrom: Set<Int> = []
  /// What was read of the transfer of each confirmation last.
  var lastReads: [String: Result<JSON, OdooFailure>] = [:]
  private(set) var story: [String] = []

  /// A history that follows from choices.
  public init(_ choices: consuming Choices, _ options: HistoryOptions) throws {
    var choices = choices
    let versions = options.version.map { [$0] } ?? [17, 18, 19]
    let major = choices.element(of: versions)
    let scenery = try Scenery.of(major)
    let usesJSON2 = major >= 19 && !choices.chance(30)
    // The rules that are broken on purpose are those of the plain plan.
    let plans = options.plan.map { [$0] } ?? (options.sabotage == nil ? Plan.allCases : [.plain])
    plan = choices.element(of: plans)
    self.options = options
    self.scenery = scenery
    odoo = SimulatedOdoo(copying: scenery.odoo) { 1_800_000_000_000_000 }
    session = OdooSession(
      carrier: usesJSON2 ? .json2 : .jsonRPC,
      database: "demo",
      uid: scenery.uid,
      key: Secret("demo-key"),
      version: Odoo.OdooVersion(major: major)
    )
    let (weather, people) = (Weather(&choices), People(&choices, wanted: options.aims))
    func aims(at step: CallStep) -> Bool { weather.aims(at: step) || people.aims(at: step) }
    (self.weather, self.people) = (weather, people)
    wishes = Wishes(
      chains: aims(at: .search) || aims(at: .writePackage),
      splits: aims(at: .loadLines),
      packages: aims(at: .loadPackages) || aims(at: .writePackage),
      differs: aims(at: .name),
      serials: people.aims(at: .takeSerial),
      twins: people.aims(at: .merge),
      lots: people.aims(at: .setLot)
    )
    self.choices = choices
  }

  /// Plays the history and checks how it ended; throws the first things that are wrong.
  public static func play(
    _ choices: inout Choices,
    _ options: HistoryOptions
  ) throws -> HistoryResult {
    let history = try History(choices, options)
    defer { choices = history.choices }
    try history.run()
    let problems = history.witness.problems + Verdict(history).problems
    if !problems.isEmpty {
      throw PropertyFailure(([history.about] + problems.prefix(5)).joined(separator: "\n  "))
    }
    return HistoryResult(history)
  }

  /// Plays a history and tells it line by line, with what is wrong at its end.
  public static func tell(_ choices: Choices, _ options: HistoryOptions) throws -> [String] {
    var options = options
    options.tells = true
    let history = try History(choices, options)
    do {
      try history.run()
    } catch {
      history.trace("\(error)")
    }
    let problems = history.witness.problems + Verdict(history).problems
    return [history.about] + history.story
      + problems.map { "WRONG: \($0)" }
  }

  private var about: String {
    "Odoo \(scenery.major), \(session.carrier), \(plan.rawValue) plan"
  }

  func trace(_ text: @autoclosure () -> String) {
    guard options.tells else { return }
    let seconds = Double(now.components.seconds) + Double(now.components.attoseconds) / 1e18
    story.append("\(seconds) s: \(text())")
  }

  func name(_ uuid: String) -> String { "#\(Int(uuid.suffix(4)) ?? 0)" }

  private func run() throws {
    for number in 0..<(wishes.twins ? 2 : choices.element(of: [1, 1, 2, 2, 3])) {
      let order = try makeOrder(number)
      orders.append(order)
      trace("order \(number): \(order.firstName) (\(order.first)) in \(order.house.code)")
      var time = Duration.seconds(1)
      for _ in 0..<choices.int(1...(order.legs.count > 1 ? 5 : 2)) {
        time += .seconds(choices.element(of: [0, 3, 40, 300]))
        timeline.add(time, .close(order: number))
      }
    }
    timeline.add(.zero, .restart)
    var count = 0
    while let (time, event) = timeline.next() {
      count += 1
      guard count < Self.longest else { throw PropertyFailure("it does not come to an end") }
      now = time
      try happen(event)
    }
  }

  private func happen(_ event: Event) throws {
    switch event {
    case .close(let number):
      guard let closing = try close(orders[number]) else { return }
      trace("#\(closing.number) is closed: \(closing.summary)")
      box.disk.add(closing.confirmation)
      guard let row = box.disk[closing.uuid] else { return }
      perform(box.process?.outbox.enqueue(row.entry, now: now) ?? [])
    case .restart: startProcess()
    case .logIn(let process): if isCurrent(process) { logIn() }
    case .tick(let process): if isCurrent(process) { tick() }
    case .finished(let process, let uuid, let end):
      if isCurrent(process) { finished(uuid, end.outcome) }
    case .woke(let process, let uuid): if isCurrent(process) { woke(uuid) }
    case .answer(let process, let uuid, let result):
      if isCurrent(process) { answered(uuid, result) }
    case .slow(let process, let uuid, let call):
      let result = execute(uuid, call)
      if isCurrent(process) { answered(uuid, result) }
    case .late(let uuid, let call): _ = execute(uuid, call, isLate: true)
    }
  }
}

extension Closing {
  var summary: String {
    let list = goods.map { goods in
      "\(goods.quantity) \(goods.product)\(goods.lot.map { " lot \($0)" } ?? "")"
        + "\(goods.source.map { " from \($0)" } ?? "")\(goods.package.map { " in \($0)" } ?? "")"
    }
    return "\(step.rawValue) \(confirmation.target.key) \(list), rest \(confirmation.rest.rawValue)"
      + (flaw.map { ", \($0.rawValue)" } ?? "") + (tracking.map { ", \($0)" } ?? "")
      + ", seen \(confirmation.seen.map { "\($0.productID):\($0.demand)" })"
  }
}
