import TestKit
import Testing

@Suite("Broker with TLS")
struct BrokerTLSTests {
  @Test func takesTLSConnectionsUnderItsOwnAuthority() throws {
    let directory = try TemporaryDirectory()
    let authority = try CertificateAuthority(in: directory)
    let identity = try authority.issue("localhost")
    var options = BrokerOptions()
    options.tls = .init(
      authority: authority.certificate,
      certificate: identity.certificate,
      key: identity.key
    )
    let broker = try Broker(options)
    let port = try #require(broker.tlsPort)
    let listener = Device(port: broker.port, clientID: "listener", subscriptions: ["t"])
    try listener.connect()
    let program = try Executable.system("mosquitto_pub")
    let common = ["-h", "localhost", "-p", "\(port)", "-q", "1", "-t", "t", "-m", "hello"]
    let trusting = try ChildProcess(program, common + ["--cafile", authority.certificate])
    #expect(try trusting.wait() == .exited(0))
    #expect(try listener.waitForMessage().text == "hello")

    let other = try CertificateAuthority(in: TemporaryDirectory())
    let doubting = try ChildProcess(program, common + ["--cafile", other.certificate])
    #expect(try doubting.wait() != .exited(0))
    #expect(listener.received.count == 1)
  }
}
