import Floor
import Testing

struct TopicTests {
  @Test func subscribesToExactlyTheKindsThatItReads() throws {
    let filters = try ProfileBench.profiles().subscriptions
    let kinds = ["scan", "weight", "pick", "pack", "ship", "receive", "count", "command"]
    #expect(filters == kinds.map { "tallyman/main/+/\($0)" })
  }

  @Test func namesTheDeviceOfATopic() throws {
    let profiles = try ProfileBench.profiles()
    #expect(profiles.device(ofTopic: "tallyman/main/Gerät 1/weight") == "Gerät 1")
    #expect(profiles.device(ofTopic: "tallyman/other/d/weight") == nil)
    #expect(profiles.device(ofTopic: "tallyman/main/d/feedback") == nil)
  }

  @Test(
    arguments: [
      ("/scans/{device}", "/scans/d", true), ("/scans/{device}", "scans/d", false),
      ("a/{device}/b", "a/d/bc", false), ("a/{device}/bc", "a/d/b", false),
      ("a/{device}", "a/d/", false), ("{x}/{device}", "p/d", true), ("{device}/s", "d/s", true),
    ]
  )
  func matchesWholeTopicsOnly(pattern: String, topic: String, fits: Bool) throws {
    let reading = Profile.Reading.text(TextReading(content: .scan))
    let rule = Profile.Rule(topic: try TopicPattern(pattern), reading: reading)
    let profiles = try Profiles([Profile(name: "p", rules: [rule])])
    #expect(profiles.device(ofTopic: topic) == (fits ? "d" : nil))
    #expect((profiles.decode(topic: topic, payload: [0x31]).code == "1") == fits)
  }

  @Test(arguments: ["", "a/+", "a/#", "a/{device}x", "a/{Device}", "a/{}", "{a}/{a}", "a\u{0}"])
  func refusesPatternsThatAreNone(text: String) {
    #expect(throws: ProfileError.self) { try TopicPattern(text) }
  }

  private func profiles(_ topics: [String], feedback: [String] = []) throws -> Profiles {
    try Profiles(
      topics.enumerated().map { index, topic in
        Profile(
          name: "p\(index)",
          rules: [
            Profile.Rule(
              topic: try TopicPattern(topic),
              reading: .text(TextReading(content: .scan))
            )
          ],
          feedback: try feedback.map {
            try FeedbackRule(topic: try Template($0), payload: .own)
          }
        )
      }
    )
  }

  @Test func subscribesOnceWhereOneTopicContainsAnother() throws {
    #expect(try profiles(["a/b/{device}", "a/{x}/{device}"]).subscriptions == ["a/+/+"])
    #expect(try profiles(["a/{x}/{device}", "a/b/{device}"]).subscriptions == ["a/+/+"])
    #expect(try profiles(["a/{device}", "a/{device}"]).subscriptions == ["a/+"])
  }

  @Test func refusesTopicsThatOnlyOverlap() {
    #expect(throws: ProfileError.self) { try profiles(["a/{device}/c/{x}", "a/b/{x}/{device}"]) }
  }

  @Test(arguments: ["a/{device}/c", "a/{device}/{code}", "a/x-{device}/c"])
  func refusesFeedbackThatWouldComeBackAsAnEvent(topic: String) {
    #expect(throws: ProfileError.self) { try profiles(["a/{device}/c"], feedback: [topic]) }
  }

  @Test func triesTheProfilesOfOneTopicInOrder() throws {
    let topic = try TopicPattern("s/{device}")
    func reading(_ pointer: String) throws -> Profile.Reading {
      let place = try Pointer(pointer)
      return .json(
        JSONReading(
          conditions: [.present(place)],
          content: .scan(JSONReading.Scan(codes: [.text(place)]))
        )
      )
    }
    let profiles = try Profiles([
      Profile(name: "a", rules: [Profile.Rule(topic: topic, reading: try reading("/a"))]),
      Profile(name: "b", rules: [Profile.Rule(topic: topic, reading: try reading("/b"))]),
    ])
    let second = profiles.decode(topic: "s/d", payload: Array(#"{"b":"2"}"#.utf8))
    #expect(second.code == "2")
    #expect(second.events.first?.profile == "b")
    let both = profiles.decode(topic: "s/d", payload: Array(#"{"a":"1","b":"2"}"#.utf8))
    #expect(both.events.first?.profile == "a")
  }

  @Test func refusesTwoProfilesOfOneName() throws {
    let profile = try Profile.tallyman(site: "main")
    #expect(throws: ProfileError.self) { try Profiles([profile, profile]) }
  }
}
