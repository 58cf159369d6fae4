import TestKit
import Testing

/// The server behind the proxy is a broker: CONNECT is a request and CONNACK its answer.
@Suite("TCPFaultProxy")
struct TCPFaultProxyTests {
  private let broker: Broker
  private let proxy: TCPFaultProxy
  private let answer: [UInt8] = [0x20, 2, 0, 0]

  init() throws {
    broker = try Broker()
    proxy = try TCPFaultProxy(upstream: broker.port)
  }

  private func request(_ clientID: String) -> [UInt8] {
    MQTTPacket.connect(.init(clientID: clientID)).encoded(.v311)
  }

  private func exchange(
    as clientID: String = "c",
    within duration: Duration = .seconds(10)
  ) throws -> (bytes: [UInt8], end: TCPConnection.End) {
    let connection = try TCPConnection(port: proxy.port)
    try connection.send(request(clientID))
    return connection.read(4, within: duration)
  }

  @Test func withoutFaultsItPassesEverythingOn() throws {
    #expect(try exchange().bytes == answer)
    #expect(try exchange().bytes == answer)
    #expect(proxy.connections == 2)
    #expect(proxy.requests == 2)
    #expect(proxy.faults.isEmpty)
  }

  @Test(arguments: [1, 3]) func cutsTheAnswerAfterSoManyBytes(count: Int) throws {
    proxy.inject(.cutAnswer(afterBytes: count), atRequest: 2)
    #expect(try exchange().bytes == answer)
    let cut = try exchange()
    #expect(cut.bytes == Array(answer.prefix(count)))
    #expect(cut.end == .closed)
    #expect(try exchange().bytes == answer)
    #expect(proxy.faults.map(\.request) == [2])
  }

  @Test func aDroppedRequestNeverReachesTheServer() throws {
    proxy.inject(.dropRequest, atRequest: 1)
    let dropped = try exchange(as: "lost")
    #expect(dropped.bytes.isEmpty)
    #expect(dropped.end != .open)
    try expectOnlyTheNextIsSeen()
  }

  private func expectOnlyTheNextIsSeen() throws {
    #expect(try exchange().bytes == answer)
    try broker.waitForLog(containing: " as c ")
    #expect(!broker.log.contains("lost"))
  }

  @Test func aDroppedAnswerComesAfterTheServerDidTheWork() throws {
    proxy.inject(.dropAnswer, atRequest: 1)
    let dropped = try exchange()
    #expect(dropped.bytes.isEmpty)
    #expect(dropped.end != .open)
    try broker.waitForLog(containing: " as c ")
  }

  @Test(arguments: [TCPFault.swallowAnswer, .blackHole])
  func silenceLeavesTheConnectionOpen(fault: TCPFault) throws {
    proxy.always(fault)
    let silent = try exchange(within: .milliseconds(150))
    #expect(silent.bytes.isEmpty)
    #expect(silent.end == .open)
    #expect(proxy.faults.map(\.fault) == [fault])
    proxy.always(nil)
    #expect(try exchange().bytes == answer)
  }

  @Test func aRequestCanBeCutInItsMiddle() throws {
    proxy.inject(.cutRequest(afterBytes: 5), atRequest: 1)
    #expect(try exchange(as: "lost").bytes.isEmpty)
    try expectOnlyTheNextIsSeen()
  }

  @Test(arguments: [
    TCPFault.delayAnswer(.milliseconds(150)), .delayRequest(.milliseconds(150)),
  ])
  func delaysAreWaitedFor(fault: TCPFault) throws {
    proxy.inject(fault, atRequest: 1)
    let start = ContinuousClock.now
    #expect(try exchange().bytes == answer)
    #expect(.now - start >= .milliseconds(140))
  }

  @Test func faultsFindTheirRequestsByContent() throws {
    proxy.inject(.dropRequest, whereRequestContains: "MQTT", times: 2)
    for _ in 0..<2 { #expect(try exchange().bytes.isEmpty) }
    #expect(try exchange().bytes == answer)
  }

  @Test func severalRequestsOnOneConnectionAreCounted() throws {
    let connection = try TCPConnection(port: proxy.port)
    try connection.send(request("c"))
    #expect(connection.read(4, within: .seconds(10)).bytes == answer)
    proxy.inject(.dropAnswer, atRequest: 3)
    try connection.send(MQTTPacket.pingreq.encoded(.v311))
    #expect(connection.read(2, within: .seconds(10)).bytes == [0xD0, 0])
    try connection.send(MQTTPacket.pingreq.encoded(.v311))
    #expect(connection.read(2, within: .seconds(10)).end != .open)
    #expect(proxy.requests == 3)
    #expect(proxy.connections == 1)
  }

  @Test func cutsCanBeResets() throws {
    let proxy = try TCPFaultProxy(upstream: broker.port, resets: true)
    let connection = try TCPConnection(port: proxy.port)
    try connection.send(request("c"))
    #expect(connection.read(4, within: .seconds(10)).bytes == answer)
    proxy.cut()
    #expect(connection.read(within: .seconds(10)).end == .reset)
    #expect(proxy.openConnections == 0)
  }

  @Test func aStoppedProxyRefusesConnections() throws {
    proxy.stop()
    #expect(throws: TestKitError.self) { try TCPConnection(port: proxy.port) }
  }
}
