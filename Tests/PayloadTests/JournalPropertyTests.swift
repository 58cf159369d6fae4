internal import Floor
internal import Intake
internal import JSON
internal import Journal
internal import TestKit
internal import Testing

/// What holds for every sequence of payloads, with a real journal behind the intake.
struct JournalPropertyTests {
  private static let runs = 20

  /// Hazards `idless-redelivery`, `silence`: what comes again changes nothing, before and after a
  /// restart of the agent, and is answered with the stored verdict.
  @Test func whatComesAgainChangesNothing() throws {
    try check(runs: Self.runs, seed: 1) { choices in
      try Self.repeatsChangeNothing(&choices, forgetful: false)
    }
  }

  /// The negative control: an intake that does not look for repeats.
  @Test func anIntakeThatForgetsEventsIsNoticed() {
    #expect(throws: PropertyFailure.self) {
      for seed in 1...UInt64(Self.runs) {
        var choices = Choices(seed: seed)
        try Self.repeatsChangeNothing(&choices, forgetful: true)
      }
    }
  }

  /// What two scanners send at once is judged in the order of the journal: one after the other in
  /// that order, however it is cut into batches, comes to the same tallies and confirmations.
  @Test func scannersAtOnceEqualTheOrderOfTheJournal() throws {
    try check(runs: Self.runs, seed: 2) { choices in
      try Self.batchesEqualOneByOne(&choices, reversed: false)
    }
  }

  /// The negative control: the same payloads in the opposite order.
  @Test func anotherOrderIsNoticed() {
    #expect(throws: PropertyFailure.self) {
      for seed in 2...UInt64(Self.runs) {
        var choices = Choices(seed: seed)
        try Self.batchesEqualOneByOne(&choices, reversed: true)
      }
    }
  }

  /// The journal gives the stations back as they were, whatever was done and however batches fell.
  @Test func aRestartChangesNothing() throws {
    try check(runs: Self.runs, seed: 3) { choices in
      let gateway = try Gateway(RandomPayload.site(&choices))
      for number in 0..<choices.int(1...20) {
        let station = choices.element(of: ["one", "two"])
        try gateway.take(RandomPayload.draw(&choices, number: number, station: station))
        let before = try gateway.state()
        if choices.chance(30) { try gateway.restart() }
        let payload = Payload.scan("TM-STATUS", .ownJSON, number: 1_000 + number, station: station)
        try gateway.take(payload)
        let codes = try gateway.codes()
        try require(try gateway.state() == before, "\(codes)")
      }
    }
  }

  private static func repeatsChangeNothing(
    _ choices: inout Choices,
    forgetful: Bool
  ) throws {
    let gateway = try Gateway(RandomPayload.site(&choices))
    gateway.intake.forgetsEvents = forgetful
    var sent: [(message: InboundMessage, verdict: Verdict)] = []
    for number in 0..<choices.int(1...15) {
      let station = choices.element(of: ["one", "two"])
      let message = gateway.message(
        RandomPayload.draw(&choices, number: number, station: station)
      )
      let answer = try gateway.take([message]).answers.first
      guard let answer else { throw PropertyFailure("no answer to \(message.topic)") }
      sent.append((message, answer.verdict))
      guard choices.chance(50) else { continue }
      if choices.chance(30) {
        try gateway.restart()
        gateway.intake.forgetsEvents = forgetful
      }
      // Without an id only the broker can send again, and only right after a restart of the agent.
      let withID = sent.filter { isIdentified($0.message) }
      guard !withID.isEmpty else { continue }
      let (again, verdict) = choices.element(of: withID)
      let before = try gateway.state()
      let outcome = try gateway.take([gateway.message(Payload(of: again))])
      try require(try gateway.state() == before, "\(again.topic) changed something")
      try require(outcome.answers.map(\.verdict) == [verdict], "another answer")
      try require(outcome.answers.map(\.isRepeat) == [true], "not known as a repeat")
    }
  }

  private static func isIdentified(_ message: InboundMessage) -> Bool {
    message.topic.hasPrefix("tallyman/main/one-json") || message.topic.hasPrefix("proglove")
      || message.topic.hasPrefix("tallyman/main/two-json")
  }

  private static func batchesEqualOneByOne(
    _ choices: inout Choices,
    reversed: Bool
  ) throws {
    let site = RandomPayload.site(&choices)
    let together = try Gateway(site)
    var messages: [InboundMessage] = []
    for number in 0..<choices.int(2...30) {
      // Two scanners of one station, and now and then one of another.
      let station = choices.chance(80) ? "one" : "two"
      messages.append(
        together.message(RandomPayload.draw(&choices, number: number, station: station))
      )
    }
    var rest = messages[...]
    while !rest.isEmpty {
      let size = min(rest.count, choices.int(1...8))
      try together.take(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    let alone = try Gateway(site)
    for message in reversed ? messages.reversed() : messages { try alone.take([message]) }
    let codes = try together.codes()
    try require(try together.state() == alone.state(), "\(codes)")
    try require(try reversed || alone.codes() == codes, "\(codes)")
  }
}

extension Payload {
  init(of message: InboundMessage) {
    topic = message.topic
    bytes = message.payload
  }
}

extension Gateway {
  /// The stations and confirmations as the journal has them; without what stands for a time only.
  func state() throws -> State {
    let confirmations = try JournalReader(directory: directory.path).confirmations(all: true)
    return State(
      stations: try intake.journal.stations().mapValues { $0.station.tallies },
      confirmed: confirmations.compactMap(\.content).map { confirmation in
        var confirmation = confirmation
        confirmation.uuid = ""
        return confirmation.json.text
      }
    )
  }

  struct State: Equatable {
    var stations: [String: [Tally]]
    var confirmed: [String]
  }
}
