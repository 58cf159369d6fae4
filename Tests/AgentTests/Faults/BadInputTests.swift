internal import JSON
internal import TestKit
internal import Testing

/// What is no event: acknowledged, kept with its reason, answered, and never in the way.
@Suite struct BadInputTests {
  @Test(arguments: BadInput.all)
  func isKeptAndAnswered(_ input: BadInput) throws {
    let box = try Box(
      settings: BoxSettings(
        floor: ["unassigned_devices = \"refuse\""],
        more: ["[[station]]", "name = \"pack1\"", "devices = [\"s1\"]"]
      )
    )
    let scanner = Scanner("s1", box)
    let bad = input.device == "s1" ? scanner : Scanner(input.device, box)
    try bad.device.connect()
    // A broker marks as retained what was there before the subscription.
    if input.isRetained { try bad.device.publish(bad.topic, input.payload, retain: true) }
    let agent = try box.start()
    let name = try box.order([("TM-1001", 1)])
    try scanner.scan(name)
    if !input.isRetained { try bad.device.publish(bad.topic, input.payload) }
    // Right behind it, what is good.
    #expect(try scanner.scan(Code.product(1), id: "good").code == "complete")

    let row = try box.journal().rows(
      "SELECT id, seq, code, size, length(payload) AS kept, kind FROM event WHERE code = ?",
      input.code
    )
    #expect(row.count == 1)
    #expect(row.first?["kind"] == nil)
    #expect(row.first?["size"] == "\(input.payload.count)")
    #expect(Int(row.first?["kept"] ?? "") == min(input.payload.count, input.keeps))
    try box.tap.waitForAcknowledged(3)
    let topic = bad.topic
    #expect(
      box.tap.acknowledged.contains {
        $0.topic == topic && $0.message.payload == input.payload && $0.acknowledgement?.reason == 0
      }
    )
    if input.isRetained {
      #expect(bad.device.received.compactMap(Feedback.init).allSatisfy { $0.code != input.code })
    } else {
      let answer = try bad.device.waitForMessage(within: .seconds(10)) {
        Feedback($0)?.code == input.code
      }
      #expect(Feedback(answer)?.signal == "bad")
      #expect(Feedback(answer)?.json["message"]?.string?.isEmpty == false)
    }
    let rejected = try box.tallyman("events", "--rejected", "--json").json().array ?? []
    #expect(rejected.count == 1)
    #expect(
      rejected.first?["verdict"]?["message"]?.string?.contains(input.reason) == true,
      "\(rejected.first?.text ?? "")"
    )
    #expect(agent.isRunning && box.sessions == 1)
  }
}

/// One thing that no device should send.
struct BadInput: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var payload: [UInt8]
  var code = "malformed"
  /// A part of the reason that is kept.
  var reason: String
  var device = "s1"
  var isRetained = false
  /// Most bytes of it that are kept.
  var keeps = 64 << 10

  static let all: [BadInput] = [
    BadInput(testDescription: "not JSON", payload: Array("{\"code\":".utf8), reason: "xpected"),
    BadInput(testDescription: "not UTF-8", payload: [0x41, 0xFF, 0xFE, 0x42], reason: "xpected"),
    BadInput(testDescription: "empty", payload: [], reason: "xpected"),
    BadInput(
      testDescription: "a megabyte",
      payload: [UInt8](repeating: 0x41, count: 1 << 20),
      code: "too_large",
      reason: "1048576",
      keeps: 4096
    ),
    BadInput(
      testDescription: "JSON of 10,000 levels",
      payload: Array("{\"code\":".utf8) + [UInt8](repeating: 0x5B, count: 10_000)
        + [UInt8](repeating: 0x5D, count: 10_000) + [0x7D],
      reason: "xpected"
    ),
    BadInput(
      testDescription: "a member that nobody knows",
      payload: Array(#"{"code":"1","qty":2}"#.utf8),
      reason: "qty"
    ),
    BadInput(
      testDescription: "a device that belongs to no station",
      payload: Array(#"{"id":"u1","code":"1"}"#.utf8),
      code: "unknown_device",
      reason: "stranger",
      device: "stranger"
    ),
    BadInput(
      testDescription: "a retained scan",
      payload: Array(#"{"id":"r1","code":"1"}"#.utf8),
      code: "retained",
      reason: "retain",
      isRetained: true
    ),
  ]
}
