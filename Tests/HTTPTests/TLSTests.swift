import CCurl
import Odoo
import Testing

@testable import HTTP

@Suite(
  "TLS",
  .serialized,
  .timeLimit(.minutes(2)),
  .enabled(if: TLSServer.present, "no openssl command")
)
struct TLSTests {
  private let get = HTTPRequest(method: "GET", path: "/")

  private func outcome(
    _ server: TLSServer,
    authority: String? = "ca.pem",
    client: Bool = false,
    verifies: Bool = true
  ) throws -> HTTPOutcome {
    let settings = HTTPSettings(
      baseURL: "https://localhost:\(server.port)",
      authorityFile: authority.map { server.path($0) },
      certificateFile: client ? server.path("client.pem") : nil,
      keyFile: client ? server.path("client.key") : nil,
      verifiesServer: verifies,
      version: "1"
    )
    return try HTTPClient(settings).send(get).outcome
  }

  private func isAnswer(_ outcome: HTTPOutcome) -> Bool {
    if case .answer(200, _, _, _) = outcome { true } else { false }
  }

  private func refusal(_ outcome: HTTPOutcome) -> String? {
    if case .notSent(let text) = outcome { text } else { nil }
  }

  @Test("a server of the named authority is believed, one of another authority is not")
  func verifiesAuthority() throws {
    let server = try TLSServer(.init(host: "localhost"))
    defer { server.stop() }
    #expect(isAnswer(try outcome(server)))
    let wrong = try #require(refusal(try outcome(server, authority: "other.pem")))
    #expect(wrong.contains("authority is not trusted here"))
    let system = try #require(refusal(try outcome(server, authority: nil)))
    #expect(system.contains("authority is not trusted here"))
    let missing = try #require(refusal(try outcome(server, authority: "none.pem")))
    #expect(missing.contains("cannot be read"))
    // The switch that turns verification off does so, and nothing else does.
    #expect(isAnswer(try outcome(server, authority: "other.pem", verifies: false)))
  }

  @Test("a certificate for another host is refused")
  func verifiesHost() throws {
    let server = try TLSServer(.init(host: "odoo.example.com"))
    defer { server.stop() }
    let text = try #require(refusal(try outcome(server)))
    #expect(text.contains("must name the host"))
  }

  @Test("a client certificate opens a server that demands one")
  func showsClientCertificate() throws {
    let server = try TLSServer(.init(host: "localhost", demandsClient: true))
    defer { server.stop() }
    #expect(!isAnswer(try outcome(server)))
    #expect(isAnswer(try outcome(server, client: true)))
  }

  @Test("plain HTTP behind an https URL is told as such")
  func tellsPlainServers() throws {
    let server = RawServer { connection in connection.write("HTTP/1.1 400 Bad\r\n\r\n") }
    defer { server.stop() }
    let settings = HTTPSettings(baseURL: "https://127.0.0.1:\(server.port)", version: "1")
    let text = try #require(refusal(try HTTPClient(settings).send(get).outcome))
    #expect(text.contains("Is this port one for https"))
  }

  @Test("a certificate that is not yet valid points to the clock")
  func pointsToTheClock() {
    let early = TLSHint.hint(code: CURLE_PEER_FAILED_VERIFICATION, verification: 9)
    #expect(early?.contains("clock") == true)
    let late = TLSHint.hint(code: CURLE_PEER_FAILED_VERIFICATION, verification: 10)
    #expect(late?.contains("expired") == true)
    #expect(TLSHint.hint(code: CURLE_COULDNT_CONNECT, verification: 0) == nil)
  }
}
