import Floor
import JSON
import Testing

struct FeedbackTests {
  private let verdict = Verdict(
    signal: .good,
    code: .counted,
    sentence: Sentence(plain: "2 von 3 \"Größe\" gezählt"),
    transfer: "WH/OUT/00012",
    left: Verdict.Left(
      product: Quantity(1),
      counted: Quantity(2),
      total: Quantity(millionths: 3_500_000)
    ),
    mirrorAge: 4
  )

  private func own(_ verdict: Verdict, duplicate: Bool = false) throws -> [OutgoingMessage] {
    try ProfileBench.profiles().feedback(
      verdict: verdict,
      event: "e-1",
      device: "dev-1",
      profile: "tallyman",
      duplicate: duplicate
    )
  }

  private func filled(
    _ payload: String,
    verdict: Verdict,
    event: String = "e-1",
    duplicate: Bool = false
  ) throws -> JSON {
    let rule = try FeedbackRule(
      topic: try Template("out/{device}"),
      payload: .json(try JSONTemplate(try JSON.parse(payload)))
    )
    let profiles = try Profiles([Profile(name: "p", rules: [], feedback: [rule])])
    let messages = profiles.feedback(
      verdict: verdict,
      event: event,
      device: "d",
      profile: "p",
      duplicate: duplicate,
      time: 1_700_000_000_123
    )
    return try JSON.parse(try #require(messages.first).payload)
  }

  @Test func sendsTheWholeVerdictAsOurJSON() throws {
    let message = try #require(try own(verdict).first)
    #expect(message.topic == "tallyman/main/dev-1/feedback")
    #expect(
      String(decoding: message.payload, as: UTF8.self)
        == #"{"event":"e-1","signal":"good","code":"counted","message":"2 von 3 \"Größe\" gezählt","language":"en","#
        + #""transfer":"WH/OUT/00012","left":{"product":1,"counted":2,"total":3.5},"#
        + #""mirror_age":4,"duplicate":false}"#
    )
  }

  @Test func leavesOutWhatIsNotKnown() throws {
    let bare = Verdict(signal: .bad, code: .unknownBarcode, message: "?")
    let message = try #require(try own(bare, duplicate: true).first)
    #expect(
      String(decoding: message.payload, as: UTF8.self)
        == #"{"event":"e-1","signal":"bad","code":"unknown_barcode","message":"?","#
        + #""language":"en","duplicate":true}"#
    )
  }

  @Test func answersEveryRuleThatFitsTheSignalInOrder() throws {
    func rule(_ signals: [Verdict.Signal], _ topic: String) throws -> FeedbackRule {
      try FeedbackRule(
        signals: signals,
        topic: try Template(topic),
        payload: .text(try Template("{signal}/{code}/{left}/{left_product}/{counted}"))
      )
    }
    let profiles = try Profiles([
      Profile(
        name: "lamp",
        rules: [],
        feedback: [
          try rule([.good], "cmnd/{device}/POWER1"), try rule([.bad], "cmnd/{device}/POWER2"),
          try rule([.good, .confirm], "cmnd/{device}/Buzzer"),
        ]
      )
    ])
    func topics(_ signal: Verdict.Signal) -> [String] {
      var verdict = verdict
      verdict.signal = signal
      return profiles.feedback(
        verdict: verdict,
        event: "e",
        device: "l1",
        profile: "lamp",
        duplicate: false
      ).map { $0.topic }
    }
    #expect(topics(.good) == ["cmnd/l1/POWER1", "cmnd/l1/Buzzer"])
    #expect(topics(.bad) == ["cmnd/l1/POWER2"])
    #expect(topics(.confirm) == ["cmnd/l1/Buzzer"])
    let first = profiles.feedback(
      verdict: verdict,
      event: "e",
      device: "l1",
      profile: "lamp",
      duplicate: false
    ).first
    #expect(first?.payload == Array("good/counted/3.5/1/2".utf8))
  }

  @Test func letsNoValueBreakOutOfItsPlaceInJSON() throws {
    var hostile = verdict
    hostile.sentence = Sentence(plain: #"","device_serial":"other{device}\"#)
    hostile.transfer = nil
    hostile.left = nil
    let json = try filled(
      #"{"m":"<{message}>","t":"{time_ms}","left":"{left}","text":"left {left}","n":1.50}"#,
      verdict: hostile
    )
    #expect(json["m"] == .string("<\(hostile.message)>"))
    #expect(json["t"] == .number("1700000000123"))
    #expect(json["left"] == .null)
    #expect(json["text"] == "left ")
    #expect(json["n"] == .number("1.50"))
    #expect(json.object?.members.count == 5)
  }

  @Test func spellsMessagesForPlainDisplays() throws {
    var verdict = verdict
    verdict.sentence = Sentence(plain: "Größe: Ärger – 3 × «naïve» 箱")
    let json = try filled(#"["{message_ascii}","{message_ascii:5}"]"#, verdict: verdict)
    #expect(json[0] == "Groesse: Aerger - 3 x ?naive? ?")
    #expect(json[1] == "Groes")
  }

  @Test func makesTheSameUUIDForTheSameAnswerAndAnotherForEachOther() throws {
    func uuid(_ event: String, _ duplicate: Bool = false) throws -> String {
      let json = try filled(#"["{uuid}"]"#, verdict: verdict, event: event, duplicate: duplicate)
      return try #require(json[0]?.string)
    }
    let one = try uuid("e-1")
    #expect(try uuid("e-1") == one)
    let all = try [one, uuid("e-2"), uuid("e-1", true), uuid("")]
    #expect(Set(all).count == 4)
    for text in all {
      let groups = text.split(separator: "-")
      #expect(groups.map { $0.count } == [8, 4, 4, 4, 12])
      #expect(groups[2].first == "8")
      #expect(["8", "9", "a", "b"].contains(groups[3].first.map { String($0) } ?? ""))
      #expect(text.utf8.allSatisfy { "0123456789abcdef-".utf8.contains($0) })
    }
  }

  @Test(arguments: ["{nothing}", "{device", "device}", "{message:0}", "{message:x}", "{}"])
  func refusesTemplatesThatAreNone(text: String) {
    #expect(throws: ProfileError.self) { try Template(text) }
  }

  @Test func readsDoubledBracesAsBraces() throws {
    #expect(try filled(#"["{{{device}}}"]"#, verdict: verdict)[0] == "{d}")
  }

  @Test(arguments: ["", "a/#", "a/+/b", "a/{message}", "a/{event}"])
  func refusesFeedbackTopicsThatCouldLeadElsewhere(topic: String) {
    #expect(throws: ProfileError.self) {
      try FeedbackRule(topic: try Template(topic), payload: .own)
    }
  }

  @Test func tellsNobodyWhereTheProfileOrDeviceIsUnknown() throws {
    let profiles = try ProfileBench.profiles()
    for (device, profile) in [("d", "other"), ("a/b", "tallyman"), ("", "tallyman")] {
      let messages = profiles.feedback(
        verdict: verdict,
        event: "e",
        device: device,
        profile: profile,
        duplicate: false
      )
      #expect(messages.isEmpty)
    }
  }
}
