internal import JSON
internal import TestKit
internal import Testing

/// The agent is told to stop while it has its hands full.
@Suite struct StopTests {
  @Test("SIGTERM under a flood of scans: a clean end, and whatever was acknowledged is stored")
  func sigterm() throws {
    let box = try Box()
    let agent = try box.start()
    let flood = Device(port: box.broker.port, clientID: "flood")
    let payloads = (0..<20_000).map { Scanner.payload("code-\($0 % 50)", id: "flood-\($0)") }
    box.tap.onAcknowledgement(500) { _ in .forwardThen { agent.kill(.terminate) } }
    try flood.flood("tallyman/main/flood/scan", payloads)
    #expect(try agent.wait(within: .seconds(10)) == .exited(0))
    try box.tap.waitForEnd(of: Box.clientID)

    let acknowledged = box.tap.acknowledged.compactMap { try? JSON.parse($0.message.payload) }
      .compactMap { $0["id"]?.string }
    #expect(acknowledged.count >= 500 && acknowledged.count < payloads.count)
    let stored = Set(
      try box.journal().rows("SELECT id FROM event").compactMap { $0["id"] }
    )
    #expect(acknowledged.filter { !stored.contains($0) } == [])
    try box.journal().checkIntegrity()
    // The rest is in the session at the broker, and nothing comes twice.
    try box.start()
    try Scanner("s1", box).scan("fence")
    #expect(try box.count("SELECT count(*) FROM event WHERE device = 'flood'") == payloads.count)
    #expect(agent.errorOutput.contains("Tallyman has stopped"))
  }
}
