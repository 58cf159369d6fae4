import Configuration
import Floor
import JSON
import Testing

/// What real devices send, where the samples lie beside the repository.
@Suite(.enabled(if: Repository.samples != nil, "no device samples beside the repository"))
struct DeviceSampleTests {
  /// Samples without a profile, and why.
  static let withoutProfile: [String: String] = [
    "home-assistant-tag": "discovery messages set nothing up here",
    "impinj-r700": "RFID tags are no event of the floor",
    "sparkplug-b": "its payloads are Protobuf",
    "springcard": "tags are no event of the floor",
    "zebra-iotc": "RFID tags are no event of the floor",
  ]

  /// Kinds of the samples that are no event of the floor, and why.
  static let ignoredKinds: [String: String] = [
    "availability": "whether a device is connected is the broker's to say",
    "button": "a gesture means nothing unless the installer says what",
    "device-error": "it is for the device's own console",
    "rfid": "a tag is read without anybody's doing",
    "tag": "a badge names a person, and persons are not known here",
  ]

  /// Profiles of samples that are read by another file.
  static let readBy = ["generic-raw": "raw-text", "tasmota-pn532": "tasmota-hx711"]

  /// Messages that no profile subscribes to.
  static let enabled = [
    "proglove", "tasmota-serial", "tasmota-hx711", "barcode-server", "esphome", "sick-tdc",
    "tinkerforge", "zebra-rfd40", "raw-text",
    "zigbee2mqtt",
  ]

  private func profiles() throws -> Profiles {
    try Repository.settings(
      enabling: Self.enabled,
      variables: "[profiles.raw-text]\ntopic = \"warehouse/{device}/scan\""
    ).loadProfiles(using: .process)
  }

  @Test func everySampleBecomesTheExpectedEvent() throws {
    let profiles = try profiles()
    var read = 0
    for sample in try #require(Repository.samples) {
      let name = sample["profile"]?.string ?? ""
      guard Self.withoutProfile[name] == nil, sample["topic"] != "(out)" else { continue }
      let profile = Self.readBy[name] ?? name
      #expect(Self.enabled.contains(profile), "no profile for \(name)")
      let topic = try #require(sample["topic"]?.string)
      let payload = Array(try #require(sample["payload"]?.string).utf8)
      try check(
        profiles.decode(topic: topic, payload: payload),
        of: profile,
        against: try #require(sample["expect"]?.array),
        topic: topic
      )
      read += 1
    }
    #expect(read >= 20)
  }

  private func check(
    _ decoding: Decoding,
    of profile: String,
    against expected: [JSON],
    topic: String
  ) throws {
    let kinds = expected.compactMap { $0["kind"]?.string }
    guard !kinds.isEmpty, kinds.allSatisfy({ Self.ignoredKinds[$0] == nil }) else {
      guard case .ignored = decoding else {
        Issue.record("\(topic): expected to be passed over, found \(decoding)")
        return
      }
      return
    }
    guard case .events(let events) = decoding, events.count == expected.count else {
      Issue.record("\(topic): expected \(expected.count) events, found \(decoding)")
      return
    }
    for (event, expected) in zip(events, expected) {
      #expect(event.profile == profile)
      #expect(event.kind.rawValue == expected["kind"]?.string)
      if let device = expected["device"]?.string { #expect(event.device == device) }
      #expect(event.identity.id == expected["event_id"]?.string)
      #expect(event.identity.time.map { Int($0) } == expected["device_time_ms"]?.int)
      switch event.body {
      case .scan(let scan):
        #expect(scan.code == expected["code"]?.string)
        #expect(scan.symbology == expected["symbology"]?.string)
      case .weight(let weight):
        let unit = WeightUnit(rawValue: expected["unit"]?.string ?? "kg")
        let value = Quantity(try #require(expected["value"]?.string))
        #expect(weight.kilograms == value.flatMap { unit?.kilograms($0) })
      default: Issue.record("\(topic): unexpected \(event.body)")
      }
    }
  }

  @Test func answersToProGloveHaveTheShapeOfTheSamples() throws {
    let profiles = try profiles()
    let samples = try #require(Repository.samples).filter {
      $0["profile"] == "proglove" && $0["topic"] == "(out)"
    }
    #expect(samples.count == 2)
    let verdict = Verdict(
      signal: .good,
      code: .counted,
      sentence: Sentence(plain: "1 gezählt"),
      transfer: "WH/OUT/00012",
      left: Verdict.Left(counted: .one, total: Quantity(3))
    )
    let messages = profiles.feedback(
      verdict: verdict,
      event: "i:MDMR000000064/02114da8-feae-46e3-8b00-a3f7ea8672df",
      device: "MDMR000000064",
      profile: "proglove",
      duplicate: false,
      time: 1_700_000_000_123
    )
    #expect(messages.count == samples.count)
    for (message, sample) in zip(messages, samples) {
      #expect(message.topic == "proglove/commands")
      let sent = try JSON.parse(message.payload)
      let expected = try JSON.parse(try #require(sample["payload"]?.string))
      #expect(shape(sent) == shape(expected))
      for name in ["api_version", "event_type", "feedback_action_id", "display_template_id"] {
        #expect(sent[name] == expected[name])
      }
      #expect(sent["device_serial"] == "MDMR000000064")
      #expect(sent["time_created"] == .number("1700000000123"))
      #expect(message.payload.allSatisfy { $0 < 0x80 })
    }
  }

  /// Names and kinds of all members.
  private func shape(_ json: JSON) -> String {
    switch json {
    case .null: "null"
    case .bool: "flag"
    case .number: "number"
    case .string: "text"
    case .array(let elements): "[" + elements.map { shape($0) }.joined(separator: ",") + "]"
    case .object(let object):
      "{" + object.members.map { "\($0.name):\(shape($0.value))" }.sorted().joined(separator: ",")
        + "}"
    }
  }

  @Test(
    arguments: [
      (Verdict.Signal.good, "FEEDBACK_POSITIVE"), (.bad, "FEEDBACK_NEGATIVE"),
      (.confirm, "FEEDBACK_SPECIAL_YELLOW"),
    ]
  )
  func playsEachSignalOnProGlove(signal: Verdict.Signal, action: String) throws {
    let messages = try profiles().feedback(
      verdict: Verdict(signal: signal, code: .status, message: "x"),
      event: "e",
      device: "M2MR1",
      profile: "proglove",
      duplicate: false
    )
    let sent = try messages.map { try JSON.parse($0.payload) }
    #expect(sent.compactMap { $0["feedback_action_id"]?.string } == [action])
    #expect(Set(sent.compactMap { $0["event_id"]?.string }).count == 2)
  }
}
