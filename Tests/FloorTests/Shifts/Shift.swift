import TestKit

@testable import Floor

/// A shift at several stations: random events, and what came of each.
struct Shift {
  var floor: Floor
  let mirror: MemoryMirror
  var now: Int64 = 1_000
  /// The wall clock; nil while it was never set.
  var wall: Int64? = RandomWarehouse.now
  var uuids = 0
  var confirmations: [Confirmation] = []
  /// True if each event is judged a second time at the stations as the journal gives them back.
  var replays = false
  /// Where the worker stands, and what was scanned last.
  private var place = "one"
  private var last: EventBody?
  /// What was done, for the report of a failure.
  var log: [String] = []

  /// One event and its judgement.
  struct Step: CustomStringConvertible {
    var event: EventBody
    var station: String
    var moment: (monotonic: Int64, wall: Int64?, uuids: Int)
    var before: Floor
    var judgement: Floor.Judgement
    var replay: (floor: Floor, judgement: Floor.Judgement)?
    var verdict: Verdict { judgement.verdict }
    var description: String {
      switch event {
      case .scan(let scan):
        "\(station) scans \(scan.code) \(scan.quantity ?? .one): \(verdict.code)"
      default: "\(station) \(event): \(verdict.code)"
      }
    }
  }

  init(_ choices: inout Choices, bugs: Set<SeededBug> = []) {
    floor = Floor(site: RandomSite(&choices, bugs: bugs).site)
    mirror = RandomWarehouse.mirror(&choices)
  }

  /// Plays a drawn number of events; `body` looks at each.
  mutating func play(
    _ choices: inout Choices,
    most: Int = 60,
    _ body: (inout Shift, Step) throws -> Void
  ) throws {
    var queue: [(String, EventBody)] = [("one", opening(&choices))]
    for _ in 0..<choices.int(1...most) {
      passTime(&choices)
      if queue.isEmpty { queue = draw(&choices) }
      let (station, event) = queue.removeFirst()
      let step = judge(event, at: station)
      last = event
      log.append("\(step)")
      do {
        try body(&self, step)
      } catch {
        throw PropertyFailure("\(error)\n\(floor.site.policy)\n\(log.joined(separator: "\n"))")
      }
    }
  }

  /// One event, or the same one twice: answers to questions come fast.
  private mutating func draw(_ choices: inout Choices) -> [(String, EventBody)] {
    if choices.chance(12) { place = choices.element(of: RandomSite.stations) }
    guard choices.chance(55) else {
      let event = RandomEvent.draw(&choices, mirror)
      return choices.chance(15) ? [(place, event), (place, event)] : [(place, event)]
    }
    let host = floor.stations[place]?.joined ?? place
    let worker = Worker(
      mirror: mirror,
      station: floor.stations[host],
      confirmations: confirmations
    )
    let event = EventBody.scan(EventBody.Scan(code: worker.next(&choices)))
    let isAnswer = floor.stations[host]?.pending != nil && choices.chance(60)
    return isAnswer ? [last.map { (place, $0) } ?? (place, event)] : [(place, event)]
  }

  private func opening(_ choices: inout Choices) -> EventBody {
    .scan(EventBody.Scan(code: choices.element(of: mirror.transfers).name))
  }

  private mutating func passTime(_ choices: inout Choices) {
    now += choices.chance(5) ? 90_000 : 100
    if choices.chance(3) { wall = wall == nil ? RandomWarehouse.now : nil }
    if choices.chance(4) { mirror.mirrorAge = choices.element(of: [3, 10_000, nil]) }
  }

  /// Judges an event; what it closes is remembered, unless it is only tried.
  @discardableResult
  mutating func judge(
    _ event: EventBody,
    at station: String,
    isTrial: Bool = false
  ) -> Step {
    let before = floor
    let moment = (monotonic: now, wall: wall, uuids: uuids)
    var replay: (floor: Floor, judgement: Floor.Judgement)?
    if replays {
      var restored = before.throughJournal()
      var count = 0
      let judgement = Self.judge(event, at: station, moment, &restored, mirror, &count)
      replay = (restored, judgement)
    }
    let judgement = Self.judge(event, at: station, moment, &floor, mirror, &uuids)
    for confirmation in judgement.confirmations where !isTrial {
      confirmations.append(confirmation)
      mirror.close(confirmation)
    }
    return Step(
      event: event,
      station: station,
      moment: moment,
      before: before,
      judgement: judgement,
      replay: replay
    )
  }

  static func judge(
    _ event: EventBody,
    at station: String,
    _ moment: (monotonic: Int64, wall: Int64?, uuids: Int),
    _ floor: inout Floor,
    _ mirror: MemoryMirror,
    _ uuids: inout Int
  ) -> Floor.Judgement {
    var made = moment.uuids
    defer { uuids = made }
    return withoutActuallyEscaping({ () -> String in
      made += 1
      return "uuid-\(made)"
    }) { makeUUID in
      floor.judge(
        event,
        at: station,
        lookup: mirror,
        moment: Moment(monotonic: moment.monotonic, wall: moment.wall, makeUUID: makeUUID)
      )
    }
  }

  /// All tallies of the floor with their stations.
  var tallies: [(station: String, tally: Tally)] {
    floor.stations.sorted { $0.key < $1.key }.flatMap { name, station in
      station.tallies.map { (name, $0) }
    }
  }
}
