import Floor
import JSON
import Testing

struct ForeignFormatTests {
  private func decode(
    _ reading: JSONReading,
    _ payload: String,
    topic: String = "dock/d1/read"
  ) throws -> Decoding {
    try ProfileBench.foreign(reading).decode(topic: topic, payload: Array(payload.utf8))
  }

  private func scan(_ codes: JSONReading.Code...) -> JSONReading.Content {
    .scan(JSONReading.Scan(codes: codes))
  }

  @Test(
    arguments: [
      ("SGVsbG8sIFdvcmxkIQ==", "Hello, World!"), ("SGVsbG8sIFdvcmxkIQ", "Hello, World!"),
      ("w6TDtsO8", "äöü"), ("Pz8_", "???"), ("Pz8/", "???"), ("Pj4-", ">>>"), ("QQ==", "A"),
    ]
  )
  func readsBase64InBothAlphabets(text: String, code: String) throws {
    let reading = JSONReading(content: scan(.base64(try Pointer("/b")), .text(try Pointer("/t"))))
    #expect(try decode(reading, #"{"b":"\#(text)","t":"other"}"#).code == code)
    #expect(try decode(reading, #"{"t":"other"}"#).code == "other")
    #expect(try decode(reading, #"{"b":null,"t":"other"}"#).code == "other")
  }

  @Test(arguments: ["A", "AAAAA", "QQ=", "QQ===", "Q===", "QR==", "Q Q=", "Qé==", "//79"])
  func refusesWhatIsNoBase64OrNoText(text: String) throws {
    let reading = JSONReading(content: scan(.base64(try Pointer("/b"))))
    #expect(try decode(reading, #"{"b":"\#(text)"}"#).rejection != nil)
  }

  @Test func readsIdentityAndLeavesOutATimeThatItCannotRead() throws {
    let reading = JSONReading(
      content: scan(.text(try Pointer("/c"))),
      device: try Pointer("/who"),
      id: try Pointer("/id"),
      time: try Pointer("/t"),
      timeUnit: .iso8601,
      sequence: try Pointer("/n"),
      session: try Pointer("/s")
    )
    let full = try decode(
      reading,
      #"{"c":"1","who":"w","id":9,"t":"2023-02-24T10:14:42.851+0000","n":3,"s":"b"}"#
    )
    let event = try #require(full.events.first)
    #expect(event.device == "w")
    #expect(event.identity.id == "9")
    #expect(event.identity.time == 1_677_233_682_851)
    #expect(event.identity.sequence == 3)
    #expect(event.identity.session == "b")
    let local = try decode(reading, #"{"c":"1","who":"w","t":"2024-01-10T18:31:39"}"#)
    #expect(local.events.first?.identity.time == nil)
    #expect(local.code == "1")
  }

  @Test(arguments: ["../x", "a/b", "+", "a#", "$SYS", ""])
  func refusesDevicesThatLeadElsewhere(name: String) throws {
    let reading = JSONReading(
      content: scan(.text(try Pointer("/c"))),
      device: try Pointer("/who"),
      id: try Pointer("/id")
    )
    let payload = JSON.object(["c": "1", "who": .string(name), "id": "e-1"]).text
    let rejection = try #require(try decode(reading, payload).rejection)
    #expect(rejection.reason.contains("/who"))
    #expect(rejection.id == "e-1")
  }

  @Test func readsSecondsAndHonoursACoarseClock() throws {
    let seconds = JSONReading(
      content: scan(.text(try Pointer("/c"))),
      time: try Pointer("/t"),
      timeUnit: .seconds
    )
    let precise = try decode(seconds, #"{"c":"1","t":1700000000.125}"#).events.first?.identity
    #expect(precise?.time == 1_700_000_000_125)
    #expect(precise?.timeResolution == 1)
    let whole = try decode(seconds, #"{"c":"1","t":1700000000}"#).events.first?.identity
    #expect(whole?.timeResolution == 1000)
    var coarse = seconds
    coarse.timeResolution = 1000
    let looked = try decode(coarse, #"{"c":"1","t":1700000000.000}"#).events.first?.identity
    #expect(looked?.timeResolution == 1000)
  }

  @Test func readsAQuantityWhereThereIsOne() throws {
    let code = JSONReading.Code.text(try Pointer("/c"))
    let reading = JSONReading(
      content: .scan(JSONReading.Scan(codes: [code], quantity: try Pointer("/q")))
    )
    func body(_ payload: String) throws -> EventBody? {
      try decode(reading, payload).events.first?.body
    }
    let two = EventBody.Scan(code: "1", quantity: Quantity("2.5"))
    #expect(try body(#"{"c":"1","q":2.5}"#) == .scan(two))
    #expect(try body(#"{"c":"1","q":"2.5"}"#) == .scan(two))
    #expect(try body(#"{"c":"1","q":null}"#) == .scan(EventBody.Scan(code: "1")))
    #expect(try body(#"{"c":"1"}"#) == .scan(EventBody.Scan(code: "1")))
    for wrong in ["0", "-2", "\"\"", "false", "2e9"] {
      let rejection = try #require(try decode(reading, #"{"c":"1","q":\#(wrong)}"#).rejection)
      #expect(rejection.reason.contains("the quantity at /q is"))
    }
  }

  @Test func passesOverMessagesThatTheConditionsDoNotMean() throws {
    let reading = JSONReading(
      conditions: [
        .equals(try Pointer("/type"), "read"), .present(try Pointer("/c")),
      ],
      content: scan(.text(try Pointer("/c")))
    )
    #expect(try decode(reading, #"{"type":"read","c":"1"}"#).code == "1")
    for payload in [#"{"type":"beat","c":"1"}"#, #"{"type":"read"}"#, "[]", "7"] {
      guard case .ignored = try decode(reading, payload) else {
        Issue.record("\(payload) was not passed over")
        continue
      }
    }
    #expect(try decode(reading, "{").rejection?.code == .malformed)
  }

  @Test func givesEachEventOfABatchAnIdentityOfItsOwn() throws {
    let reading = JSONReading(
      items: try Pointer("/list"),
      content: scan(.text(try Pointer("./c"))),
      id: try Pointer("/id"),
      time: try Pointer("/t")
    )
    let shared = try decode(reading, #"{"id":"m","list":[{"c":"1"},{"c":"1"}]}"#).events
    #expect(shared.map { $0.identity.id } == ["m#0", "m#1"])
    let timed = try decode(reading, #"{"t":1700000000123,"list":[{"c":"1"},{"c":"1"}]}"#).events
    let keys = timed.compactMap { $0.identity.key(device: $0.device, payloadHash: 5) }
    #expect(keys.count == 2)
    #expect(Set(keys).count == 2)
    let again = try decode(reading, #"{"t":1700000000123,"list":[{"c":"1"},{"c":"1"}]}"#).events
    #expect(again == timed)
    let single = try decode(reading, #"{"id":"m","list":[{"c":"1"}]}"#).events
    #expect(single.map { $0.identity.id } == ["m"])
  }

  @Test func refusesABatchWithABadReadingAndOneThatIsTooLong() throws {
    let reading = JSONReading(
      items: try Pointer(""),
      content: scan(.text(try Pointer("./c")))
    )
    #expect(try decode(reading, #"[{"c":"1"},{"c":""}]"#).rejection != nil)
    let many = "[" + Array(repeating: #"{"c":"1"}"#, count: 1001).joined(separator: ",") + "]"
    #expect(try decode(reading, many).rejection?.reason.contains("1001 readings") == true)
  }

  @Test func takesPrefixAndSuffixOffCodes() throws {
    let reading = JSONReading(
      content: .scan(
        JSONReading.Scan(
          codes: [.text(try Pointer("/c"))],
          stripPrefix: "\u{2}",
          stripSuffix: "\u{3}"
        )
      )
    )
    #expect(try decode(reading, #"{"c":"\u0002A1\u0003\r\n"}"#).code == "A1")
    #expect(try decode(reading, #"{"c":"A1"}"#).code == "A1")
    #expect(try decode(reading, #"{"c":"\u0002\u0003"}"#).rejection != nil)
  }

  @Test(
    arguments: [
      ("0.045 kg", "0.045"), ("12.5", "12.5"), ("  1250 g \r\n", "1.25"), ("-1.5kg", "-1.5"),
      ("+2 lbs", "0.907185"), ("ST 1 kg", nil), ("kg", nil), ("", nil), ("1 kg kg", nil),
      ("1,5 kg", nil), ("1 stone", nil),
    ] as [(String, String?)]
  )
  func readsWeightsAsText(text: String, kilograms: String?) throws {
    let reading = TextReading(content: .weight(unit: .kg))
    let rule = Profile.Rule(topic: try TopicPattern("w/{device}"), reading: .text(reading))
    let profiles = try Profiles([Profile(name: "w", rules: [rule])])
    let decoding = profiles.decode(topic: "w/s1", payload: Array(text.utf8))
    #expect(decoding.weight?.kilograms == kilograms.flatMap { Quantity($0) })
    #expect((decoding.rejection == nil) == (kilograms != nil))
  }

  @Test func readsUnitAndStabilityFromTheMessage() throws {
    let reading = JSONReading(
      content: .weight(
        JSONReading.Weight(
          value: try Pointer("/v"),
          unit: .at(try Pointer("/u")),
          stable: .at(try Pointer("/s"))
        )
      )
    )
    let weight = try decode(reading, #"{"v":1000,"u":"G","s":false}"#).weight
    #expect(weight?.kilograms == .one)
    #expect(weight?.stable == false)
    #expect(try decode(reading, #"{"v":"2 kg","s":true}"#).weight?.kilograms == Quantity(2))
    #expect(try decode(reading, #"{"v":2,"s":true}"#).rejection != nil)
    #expect(try decode(reading, #"{"v":2,"u":"kg"}"#).rejection != nil)
  }
}
