import Configuration
import Floor
import JSON
import Testing

/// Lamps of stations, and the profiles that light them.
@Suite("Feedback settings")
struct FeedbackSettingsTests {
  private let verdict = Verdict(
    signal: .bad,
    code: .tooMany,
    sentence: Sentence(.tooMany, ["demand": .number(Quantity(2)), "product": .text("Größe")]),
    transfer: "WH/OUT/00012",
    left: Verdict.Left(counted: .one, total: Quantity(3))
  )

  private func sent(
    _ profile: String,
    _ signal: Verdict.Signal,
    variables: String = ""
  ) throws -> [String] {
    let profiles = try Repository.settings(enabling: [profile], variables: variables)
      .loadProfiles(using: .process)
    var verdict = verdict
    verdict.signal = signal
    return profiles.feedback(
      verdict: verdict,
      event: "e",
      device: "d1",
      profile: profile,
      duplicate: false
    ).map { "\($0.topic) \(String(decoding: $0.payload, as: UTF8.self))" }
  }

  private let text = "Too many: only 2 of Groesse are asked for."

  @Test func tasmotaShowsLightSoundAndText() throws {
    let display = "cmnd/d1/DisplayText [zl1c1]\(text)"
    #expect(try sent("tasmota-lamp", .good) == ["cmnd/d1/POWER1 ON", display])
    #expect(
      try sent("tasmota-lamp", .bad) == ["cmnd/d1/POWER2 ON", "cmnd/d1/Buzzer 3,2,1", display]
    )
    #expect(try sent("tasmota-serial", .good) == ["cmnd/d1/POWER1 ON"])
    let variables = "[profiles.tasmota-serial]\ndisplay = \"cmnd/{device}/DisplayText\""
    #expect(
      try sent("tasmota-serial", .good, variables: variables) == ["cmnd/d1/POWER1 ON", display]
    )
  }

  @Test func esphomeShowsLightAndText() throws {
    let message = "d1/text/message/command \(text)"
    #expect(try sent("esphome", .good) == ["d1/switch/good/command ON", message])
    #expect(try sent("esphome", .confirm) == ["d1/switch/bad/command ON", message])
  }

  @Test func proGloveShowsLightAndText() throws {
    let messages = try sent("proglove", .bad)
    #expect(messages.count == 2)
    #expect(messages.contains { $0.contains("FEEDBACK_NEGATIVE") })
    #expect(messages.contains { $0.contains(text) })
  }

  @Test func zigbeeLampsShowAColour() throws {
    let colours: [(Verdict.Signal, String)] = [
      (.good, "#00FF00"), (.bad, "#FF0000"), (.confirm, "#FFC000"),
    ]
    for (signal, colour) in colours {
      let messages = try sent("zigbee2mqtt", signal)
      #expect(messages.count == 1 && messages[0].hasPrefix("zigbee2mqtt/d1/set "))
      #expect(messages.first?.contains(#""color":{"hex":"\#(colour)"}"#) == true)
    }
  }

  @Test func zigbeeButtonsMeanWhatTheInstallerSays() throws {
    func decode(_ payload: String, _ variables: String) throws -> Decoding {
      try Repository.settings(enabling: ["zigbee2mqtt"], variables: variables)
        .loadProfiles(using: .process)
        .decode(topic: "zigbee2mqtt/b1", payload: Array(payload.utf8))
    }
    let variables = "[profiles.zigbee2mqtt]\nsingle = \"validate\"\nhold = \"new_pack\""
    guard case .events(let events) = try decode(#"{"action":"single"}"#, variables) else {
      Issue.record("the press was not read")
      return
    }
    #expect(events.map(\.body) == [.command(.validate)])
    #expect(events.first?.device == "b1")
    for payload in [#"{"action":"double"}"#, #"{"state":"ON"}"#, "{}"] {
      guard case .ignored = try decode(payload, variables) else {
        Issue.record("\(payload) was not passed over")
        continue
      }
    }
    guard case .ignored = try decode(#"{"action":"single"}"#, "") else {
      Issue.record("a press means something by itself")
      return
    }
    #expect(throws: ConfigurationError.self) {
      try decode("{}", "[profiles.zigbee2mqtt]\nsingle = \"explode\"")
    }
  }

  /// The example of hardware/README.md works as it says.
  @Test func theREADMEsProfileReadsAndAnswers() throws {
    let readme = try Repository.text("hardware/README.md")
    let blocks = readme.split(separator: "```toml\n").dropFirst().map { block in
      block.prefix(upTo: block.firstRange(of: "```")?.lowerBound ?? block.endIndex)
    }
    let profile = try #require(blocks.first { $0.hasPrefix("name = \"dock-scanner\"") })
    var machine = FakeMachine()
    machine.write(String(profile), to: "/p/dock-scanner.toml")
    let settings = try machine.parse(
      "[profiles]\ndirectory = \"/p\"\nenabled = [\"dock-scanner\"]"
    )
    let profiles = try settings.loadProfiles(using: machine.surroundings)
    let start = try #require(readme.firstRange(of: "send `{")).lowerBound
    let sample = readme[readme.index(start, offsetBy: 6)...].prefix { $0 != "`" }
    let decoding = profiles.decode(topic: "dock/s7/read", payload: Array(sample.utf8))
    guard case .events(let events) = decoding else {
      Issue.record("\(sample): \(decoding)")
      return
    }
    let scan = EventBody.Scan(code: "4006381333931", quantity: Quantity(3))
    #expect(events.map(\.body) == [.scan(scan)])
    #expect(events.first?.identity.id == "5b1c")
    let answers = profiles.feedback(
      verdict: verdict,
      event: "e",
      device: "s7",
      profile: "dock-scanner",
      duplicate: false
    )
    #expect(answers.map(\.topic) == ["dock/s7/lamp", "dock/s7/display"])
    #expect(answers.first?.payload == Array("red".utf8))
    let display = try JSON.parse(try #require(answers.last).payload)
    #expect(display["line1"] == "WH/OUT/00012")
    #expect(display["line2"] == "Too many: only 2 of Größe are asked for.")
    #expect(display["left"] == 3)
  }

  private static let lamp = """
    [[station]]
    name = "pack3"
    devices = ["cash-register-1"]
    lamp = { profile = "tasmota-lamp", device = "lamp-3" }

    """

  private func settings(_ more: String) throws -> Settings {
    try Repository.settings(
      enabling: ["barcode-server", "tasmota-lamp"],
      variables: Self.lamp + more
    )
  }

  @Test func readsALampOfAStation() throws {
    let settings = try settings("feedback = \"both\"")
    let plan = try settings.loadFeedback(
      try settings.loadProfiles(using: .process),
      using: .process
    )
    let place = plan.place(of: "cash-register-1")
    #expect(place.lamp == FeedbackPlan.Lamp(profile: "tasmota-lamp", device: "lamp-3"))
    #expect(place.route == .both)
    #expect(plan.place(of: "other").lamp == nil)
    let messages = plan.messages(
      verdict: verdict,
      event: "e",
      device: "cash-register-1",
      profile: "barcode-server",
      duplicate: false
    )
    #expect(messages.first?.topic == "cmnd/lamp-3/POWER2")
  }

  @Test(
    arguments: [
      ("feedback = \"lamp\"", "station[0].feedback: needs a lamp; add lamp"),
      ("feedback = \"both\"", "station[0].feedback: needs a lamp; add lamp"),
      ("feedback = \"loud\"", "expected one of \"device\", \"lamp\", \"both\""),
      ("lamp = \"lamp-3\"", "expected a table"),
      ("lamp = { device = \"l\" }", "station[0].lamp.profile: is missing"),
      ("lamp = { profile = \"tallyman\" }", "station[0].lamp.device: is missing"),
      ("lamp = { profile = \"tallyman\", device = \"a/b\" }", "station[0].lamp.device: expected"),
      ("lamp = { profile = \"lamp\", device = \"l\" }", "add it to profiles.enabled"),
      ("lamp = { profile = \"tallyman\", device = \"l\", x = 1 }", "lamp.x: unknown key"),
      ("language = \"Deutsch\"", "station[0].language: expected a language code"),
    ]
  )
  func refusesWhatCannotBeMeant(line: String, expected: String) {
    let problems = FakeMachine().problems("[[station]]\nname = \"a\"\ndevices = [\"d\"]\n\(line)")
    #expect(problems.contains { $0.contains(expected) }, "\(problems)")
    #expect(problems.allSatisfy { $0.contains("tallyman.toml:") })
  }

  @Test func refusesALampThatCouldNeverShine() throws {
    let settings = try Repository.settings(
      enabling: ["barcode-server"],
      variables: "[[station]]\nname = \"a\"\ndevices = [\"d\"]\n"
        + "lamp = { profile = \"barcode-server\", device = \"l\" }"
    )
    let profiles = try settings.loadProfiles(using: .process)
    #expect(throws: ConfigurationError.self) {
      try settings.loadFeedback(profiles, using: .process)
    }
  }
}
