import Floor
import Testing

/// Who is told, and in which language.
@Suite("Feedback plan")
struct FeedbackPlanTests {
  private let german = Language(
    code: "de",
    decimalSeparator: ",",
    texts: [.packed: "In {package} gepackt.", .weighed: "Paket {package}: {weight} kg."]
  )
  private let packed = Verdict(
    signal: .good,
    code: .packed,
    sentence: Sentence(.packed, ["package": .text("P1")])
  )

  private func profiles() throws -> Profiles {
    func answering(_ name: String) throws -> Profile {
      let rule = try FeedbackRule(
        topic: try Template("\(name)/{device}"),
        payload: .text(try Template("{message}"))
      )
      return Profile(name: name, rules: [], feedback: [rule])
    }
    return try Profiles([
      answering("smart"), answering("lamp"), Profile(name: "wedge", rules: []),
    ])
  }

  private func topics(
    _ route: FeedbackPlan.Route?,
    of profile: String,
    hasLamp: Bool = true
  ) throws -> [String] {
    let place = FeedbackPlan.Place(
      language: .english,
      lamp: hasLamp ? FeedbackPlan.Lamp(profile: "lamp", device: "l3") : nil,
      route: route
    )
    let plan = FeedbackPlan(profiles: try profiles(), places: ["s1": place])
    return plan.messages(
      verdict: packed,
      event: "e",
      device: "s1",
      profile: profile,
      duplicate: false
    ).map(\.topic)
  }

  @Test func tellsTheScannerAndTheLampOnlyWhereTheScannerCannotBeTold() throws {
    #expect(try topics(nil, of: "smart") == ["smart/s1"])
    #expect(try topics(nil, of: "wedge") == ["lamp/l3"])
    #expect(try topics(nil, of: "wedge", hasLamp: false) == [])
    #expect(try topics(nil, of: "unknown") == ["lamp/l3"])
  }

  @Test func tellsWhomTheStationSays() throws {
    #expect(try topics(.both, of: "smart") == ["smart/s1", "lamp/l3"])
    #expect(try topics(.both, of: "wedge") == ["lamp/l3"])
    #expect(try topics(.lamp, of: "smart") == ["lamp/l3"])
    #expect(try topics(.device, of: "smart") == ["smart/s1"])
    #expect(try topics(.device, of: "wedge") == [])
  }

  @Test func speaksTheLanguageOfTheStationAndTheStandardElsewhere() throws {
    let plan = FeedbackPlan(
      profiles: try profiles(),
      places: ["s1": FeedbackPlan.Place(language: german)]
    )
    func text(_ device: String, _ verdict: Verdict) -> String? {
      let messages = plan.messages(
        verdict: verdict,
        event: "e",
        device: device,
        profile: "smart",
        duplicate: false
      )
      return messages.first.map { String(decoding: $0.payload, as: UTF8.self) }
    }
    #expect(text("s1", packed) == "In P1 gepackt.")
    #expect(text("s2", packed) == "Packed into P1.")
    var weighed = packed
    weighed.sentence = Sentence(
      .weighed,
      ["package": .text("1.5"), "weight": .number(Quantity(millionths: 1_500_000))]
    )
    weighed.remarks = [Sentence(.nothingToUndo)]
    #expect(text("s1", weighed) == "Paket 1.5: 1,5 kg. Nothing to take back.")
    #expect(weighed.message == "Package 1.5 weighs 1.5 kg. Nothing to take back.")
    #expect(plan.languages.map(\.code) == ["de", "en"])
  }

  @Test func saysKeyAndLanguageInOurOwnJSON() throws {
    let profiles = try Profiles([try Profile.tallyman(site: "main")])
    let plan = FeedbackPlan(
      profiles: profiles,
      standard: FeedbackPlan.Place(language: german)
    )
    let messages = plan.messages(
      verdict: packed,
      event: "e",
      device: "s1",
      profile: "tallyman",
      duplicate: false
    )
    #expect(
      messages.first.map { String(decoding: $0.payload, as: UTF8.self) }
        == #"{"event":"e","signal":"good","code":"packed","message":"In P1 gepackt.","#
        + #""language":"de","sentence":"packed","duplicate":false}"#
    )
  }
}
