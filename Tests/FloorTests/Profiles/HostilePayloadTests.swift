import Floor
import JSON
import TestKit
import Testing

/// Whatever comes, there is an answer: no crash, no hang, and no event made of rubbish.
struct HostilePayloadTests {
  static let payloads: [String: [UInt8]] = Dictionary(
    uniqueKeysWithValues: [
      ("empty", []),
      ("not UTF-8", [0x34, 0xFF, 0xFE, 0x80]),
      ("a cut-off letter", [0x34, 0xC3]),
      ("NUL", [0x34, 0, 0x34]),
      ("NULs", [UInt8](repeating: 0, count: 100)),
      ("deep arrays", Array(#"{"code":"#.utf8) + [UInt8](repeating: 0x5B, count: 10_000)),
      (
        "deep objects",
        Array(String(repeating: #"{"a":"#, count: 10_000).utf8)
      ),
      ("1 MiB of digits", [UInt8](repeating: 0x34, count: 1 << 20)),
      ("1 MiB of braces", [UInt8](repeating: 0x7B, count: 1 << 20)),
      (
        "a 1 MiB text",
        Array(#"{"code":""#.utf8) + [UInt8](repeating: 0x41, count: 1 << 20)
          + Array(#""}"#.utf8)
      ),
      (
        "a huge number",
        Array(#"{"code":1e999999999,"value":1e999999999,"quantity":"#.utf8)
          + [UInt8](repeating: 0x39, count: 100_000) + Array("}".utf8)
      ),
      (
        "many members",
        Array(("{" + (0..<20_000).map { "\"m\($0)\":1" }.joined(separator: ",") + "}").utf8)
      ),
      ("a lone surrogate", Array(#"{"code":"\ud800"}"#.utf8)),
      ("an escaped NUL", Array(#"{"code":"4\u0000"}"#.utf8)),
    ] as [(String, [UInt8])]
  )

  // By name: describing a mebibyte as an argument takes longer than reading it.
  @Test(arguments: payloads.keys.sorted(), EventKind.allCases)
  func refusesWithAReason(name: String, kind: EventKind) throws {
    let payload = try #require(Self.payloads[name])
    let rejection = try #require(try ProfileBench.decode(kind, payload).rejection)
    #expect(rejection.code == .malformed)
    #expect(!rejection.reason.isEmpty)
    #expect(rejection.reason.utf8.count < 600)
    #expect(rejection.reason.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test func takesTheLastOfTwoMembersOfOneName() throws {
    #expect(try ProfileBench.decode(.scan, #"{"code":"1","code":"2"}"#).code == "2")
  }

  /// Every prefix and many damaged copies of good payloads; the seed is fixed.
  @Test func answersEveryDamagedPayload() throws {
    let good: [(EventKind, String)] = [
      (.scan, #"{"id":"a-1","sequence":7,"time":"2026-03-01T08:15:30.2+01:00","code":"4006381"}"#),
      (.weight, #"{"id":"w","value":"12.5","unit":"lb","stable":true,"package":"P"}"#),
      (.pick, #"{"transfer":"T","lines":[{"code":"A","quantity":2,"lot":"L"}],"validate":true}"#),
      (.count, #"{"location":"L1","code":"A","quantity":1e2}"#),
    ]
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var answered = 0
    for (kind, text) in good {
      let bytes = Array(text.utf8)
      for length in bytes.indices {
        #expect(try ProfileBench.decode(kind, Array(bytes[..<length])).events.isEmpty)
      }
      for _ in 0..<500 {
        var damaged = bytes
        for _ in 0...next(3) { damaged[next(damaged.count)] = UInt8(next(256)) }
        let decoding = try ProfileBench.decode(kind, damaged)
        #expect(decoding.events.count == 1 || decoding.rejection != nil)
        answered += 1
      }
    }
    #expect(answered == 2000)
  }

  @Test(arguments: ["", "+", "#", "tallyman/main//scan", "tallyman/main/dev-1/scan/", "$SYS/x"])
  func refusesTopicsThatNobodyReads(topic: String) throws {
    let rejection = try ProfileBench.profiles().decode(topic: topic, payload: [0x31]).rejection
    #expect(rejection != nil)
    #expect(rejection?.device == nil)
  }

  @Test(arguments: ["$evil", "a\u{1}b", String(repeating: "d", count: 65)])
  func refusesNamesThatCannotBeDevices(name: String) throws {
    let profiles = try ProfileBench.profiles()
    let topic = "tallyman/main/\(name)/scan"
    #expect(profiles.decode(topic: topic, payload: [0x31]).rejection?.code == .malformed)
    #expect(profiles.device(ofTopic: topic) == nil)
  }
}
