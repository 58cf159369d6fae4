import Floor
import JSON
import Testing

struct CanonicalEventTests {
  @Test func readsAScanWithEverythingThatTellsItApart() throws {
    let decoding = try ProfileBench.decode(
      .scan,
      #"{"id":"a-1","sequence":7,"session":"boot","time":1700000000123,"#
        + #""code":"]C10109501101530003\u001d10A","symbology":"Code 128"}"#
    )
    let event = DecodedEvent(
      device: "dev-1",
      kind: .scan,
      body: .scan(
        EventBody.Scan(code: "]C10109501101530003\u{1D}10A", symbology: "Code 128")
      ),
      identity: DeviceIdentity(
        id: "a-1",
        sequence: 7,
        session: "boot",
        time: 1_700_000_000_123,
        timeResolution: 1
      ),
      profile: "tallyman"
    )
    #expect(decoding == .events([event]))
  }

  @Test(
    arguments: [
      ("3", "3"), ("12.5", "12.5"), ("\"0.25\"", "0.25"), ("1000000000", "1000000000"),
    ]
  )
  func readsTheQuantityThatWasKeyedIn(written: String, quantity: String) throws {
    let decoding = try ProfileBench.decode(.scan, #"{"code":"1","quantity":\#(written)}"#)
    let expected = EventBody.Scan(code: "1", quantity: Quantity(quantity))
    #expect(expected.quantity != nil)
    #expect(decoding.events.first?.body == .scan(expected))
  }

  @Test(arguments: ["0", "-1", "1000000001", "\"three\"", "true", "null", "[1]"])
  func refusesAQuantityThatNobodyCanMean(written: String) throws {
    let payload = #"{"id":"q","code":"1","quantity":\#(written)}"#
    let rejection = try #require(try ProfileBench.decode(.scan, payload).rejection)
    #expect(rejection.reason.contains("quantity is"))
    #expect(rejection.reason.contains("expected a number above 0, at most 1000000000"))
    #expect(rejection.id == "q")
  }

  @Test func takesRawTextOfAScanAsTheCode() throws {
    let event = try #require(try ProfileBench.decode(.scan, "4006381333931\r\n").events.first)
    #expect(event.body == .scan(EventBody.Scan(code: "4006381333931")))
    #expect(event.identity == DeviceIdentity())
    #expect(event.device == "dev-1")
  }

  @Test(
    arguments: [
      "[1,2]", "\"quoted\"", "123", "null", "\u{1D}0109501101530003", "(01)09501101530003",
      "[)>\u{1E}06\u{1D}P123\u{1E}\u{04}", "Größe 5", "}",
    ]
  )
  func takesAnyOtherTextOfAScanAsTheCode(text: String) throws {
    #expect(try ProfileBench.decode(.scan, text).code == text)
  }

  @Test(arguments: ["{", "  {\"code\":", "\n{code:1}", "{\"code\":\"1\"} x"])
  func refusesAScanThatBeginsLikeJSONAndIsNone(text: String) throws {
    let rejection = try #require(try ProfileBench.decode(.scan, text).rejection)
    #expect(rejection.code == .malformed)
    #expect(rejection.reason.contains("not valid JSON"))
    #expect(rejection.device == "dev-1")
    #expect(rejection.profile == "tallyman")
  }

  @Test(
    arguments: [
      ("1", "kg", "1"), ("1234", "g", "1.234"), ("1", "lb", "0.453592"),
      ("1000", "lb", "453.59237"), ("16000", "oz", "453.59237"), ("-0.005", "kg", "-0.005"),
      ("\"12.5\"", "kg", "12.5"), ("100000", "kg", "100000"),
    ]
  )
  func convertsWeightsExactly(value: String, unit: String, kilograms: String) throws {
    let weight = try ProfileBench.decode(.weight, #"{"value":\#(value),"unit":"\#(unit)"}"#).weight
    #expect(weight?.kilograms == Quantity(kilograms))
    #expect(weight?.stable == true)
  }

  @Test(arguments: [EventKind.pick, .pack, .ship, .receive])
  func readsWorkOfEachStep(kind: EventKind) throws {
    let decoding = try ProfileBench.decode(
      kind,
      #"{"transfer":"WH/OUT/1","lines":[{"code":"A","quantity":"2.5","lot":"L","package":"P1"},"#
        + #"{"code":"B"}],"package":"P2","weight":{"value":500,"unit":"g"},"tracking":"T","#
        + #""validate":true}"#
    )
    let step = try #require(Transfer.Step(rawValue: kind.rawValue))
    let body = EventBody.work(
      EventBody.Work(
        step: step,
        transfer: "WH/OUT/1",
        lines: [
          EventBody.Work.Line(
            code: "A",
            quantity: Quantity(millionths: 2_500_000),
            lot: "L",
            package: "P1"
          ),
          EventBody.Work.Line(code: "B", quantity: .one),
        ],
        package: "P2",
        kilograms: Quantity(millionths: 500_000),
        tracking: "T",
        validate: true
      )
    )
    #expect(decoding.events.first?.body == body)
    #expect(decoding.events.first?.kind == kind)
  }

  @Test func readsCountsAndCommands() throws {
    let count = try ProfileBench.decode(.count, #"{"location":"L1","code":"A","quantity":0}"#)
    let expected = EventBody.Count(location: "L1", code: "A", quantity: .zero)
    #expect(count.events.first?.body == .count(expected))
    for command in EventBody.Command.allCases {
      let decoding = try ProfileBench.decode(.command, #"{"command":"\#(command.rawValue)"}"#)
      #expect(decoding.events.first?.body == .command(command))
    }
  }

  @Test(
    arguments: [
      (EventKind.scan, #"{"kode":"1"}"#, "unknown member \"kode\""),
      (.scan, #"{"code":1}"#, "code is 1; expected a code"),
      (.scan, #"{"code":"\r\n"}"#, "code is empty"),
      (.scan, #"{"code":"a\u0007b"}"#, "control character 0x07"),
      (.scan, #"{"code":"1","id":""}"#, "id is empty"),
      (.scan, #"{"code":"1","id":"a\u001db"}"#, "control character 0x1D"),
      (.scan, #"{"code":"1","sequence":1.5}"#, "sequence is 1.5"),
      (.scan, #"{"code":"1","sequence":99999999999999999999}"#, "expected a whole number from 0"),
      (.scan, #"{"code":"1","time":"yesterday"}"#, "ISO 8601"),
      (.scan, #"{"code":"1","time":-1}"#, "milliseconds since 1970"),
      (.scan, #"{"code":"1","time":1e400}"#, "milliseconds since 1970"),
      (.weight, #"{"value":1}"#, "unit is missing; expected one of kg, g, lb, oz"),
      (.weight, #"{"value":1,"unit":"KG"}"#, "unit is the text"),
      (.weight, #"{"value":100001,"unit":"kg"}"#, "at most 100000 kg"),
      (.weight, #"{"value":1,"unit":"kg","stable":"yes"}"#, "true or false"),
      (.weight, "12.5", "is 12.5; expected a JSON object"),
      (.pick, "{}", "says nothing"),
      (.pick, #"{"lines":[]}"#, "a list of 1 to 500"),
      (.pick, #"{"lines":[{"code":"A","quantity":0}]}"#, "lines[0].quantity is 0"),
      (.pick, #"{"lines":[{"code":"A"},7]}"#, "lines[1] is 7"),
      (.pick, #"{"lines":[{"lot":"A"}]}"#, "lines[0].code is missing"),
      (.pick, #"{"lines":[{"code":"A","quantity":2000000000}]}"#, "at most 1000000000"),
      (.pack, #"{"weight":{"value":0,"unit":"kg"}}"#, "a weight above 0"),
      (.pack, #"{"weight":{"value":1,"unit":"kg","tare":1}}"#, "unknown member weight.\"tare\""),
      (.count, #"{"location":"L","code":"A"}"#, "quantity is missing"),
      (.command, #"{"command":"halt"}"#, "one of validate, cancel, discard, status"),
      (.receive, "[]", "is a list of 0; expected a JSON object"),
    ]
  )
  func saysWhatIsWrong(kind: EventKind, payload: String, reason: String) throws {
    let rejection = try #require(try ProfileBench.decode(kind, payload).rejection)
    #expect(rejection.code == .malformed)
    #expect(rejection.reason.contains(reason))
    #expect(rejection.device == "dev-1")
  }

  @Test func namesTheEventThatItRefusesWhereItsIDIsReadable() throws {
    let broken = try ProfileBench.decode(.scan, #"{"id":"a-1","code":""}"#)
    #expect(broken.rejection?.id == "a-1")
    let unreadable = try ProfileBench.decode(.scan, #"{"id":["a"],"code":"1"}"#)
    #expect(unreadable.rejection != nil)
    #expect(unreadable.rejection?.id == nil)
  }

  @Test func measuresLimitsInBytes() throws {
    let longest = String(repeating: "ß", count: 1000)
    #expect(try ProfileBench.decode(.scan, longest).code == longest)
    #expect(try ProfileBench.decode(.scan, longest + "x").rejection != nil)
    let json = JSON.object(["code": .string(longest + "x")]).text
    #expect(try ProfileBench.decode(.scan, json).rejection?.reason.contains("2001 bytes") == true)
    let lines = Array(repeating: #"{"code":"A"}"#, count: 501).joined(separator: ",")
    #expect(try ProfileBench.decode(.pick, #"{"lines":[\#(lines)]}"#).rejection != nil)
  }

  @Test(
    arguments: [
      ("2026-03-01T08:15:30Z", 1_772_352_930_000, 1000),
      ("2026-03-01T08:15:30.2+01:00", 1_772_349_330_200, 100),
      ("2026-03-01T08:15:30.25Z", 1_772_352_930_250, 10),
      ("2026-03-01t08:15:30.123456789-0600", 1_772_374_530_123, 1),
      ("1970-01-01 00:00:00Z", 0, 1000),
      ("2024-02-29T23:59:60+00", 1_709_251_200_000, 1000),
    ] as [(String, Int64, Int64)]
  )
  func readsTimesWithTheirResolution(text: String, time: Int64, resolution: Int64) throws {
    let decoding = try ProfileBench.decode(.scan, #"{"code":"1","time":"\#(text)"}"#)
    let identity = try #require(decoding.events.first?.identity)
    #expect(identity.time == time)
    #expect(identity.timeResolution == resolution)
    #expect((identity.key(device: "dev-1", payloadHash: 1) != nil) == (resolution <= 10))
  }

  @Test(
    arguments: [
      "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01",
      "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+25:00", "2026-01-01T00:00:00Zulu",
      "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00", "2026-1-01T00:00:00Z",
    ]
  )
  func refusesTimesThatNeverWere(text: String) throws {
    #expect(try ProfileBench.decode(.scan, #"{"code":"1","time":"\#(text)"}"#).rejection != nil)
  }
}
