internal import JSON
internal import TestKit
internal import Testing

/// Ways to the broker, and ways that must not be taken.
@Suite struct ConnectionTests {
  /// What a broker that knows only 3.1.1 does with a CONNECT of version 5.
  enum Refusal: CaseIterable {
    case hangUp, returnCode

    var decision: TapDecision {
      switch self {
      case .hangUp: .dropAndCut
      // CONNACK of 3.1.1, "unacceptable protocol version".
      case .returnCode: .answerAndCut([0x20, 0x02, 0x00, 0x01])
      }
    }

    /// How often version 5 is tried: a word is believed at once, silence the third time.
    var attempts: Int { self == .hangUp ? 3 : 1 }
    /// How often the log may complain about a lost connection.
    var losses: Int { self == .hangUp ? 3 : 0 }
  }

  @Test(
    "a broker that refuses MQTT 5 is spoken to in 3.1.1, and its session is kept",
    arguments: Refusal.allCases
  )
  func fallback(_ refusal: Refusal) throws {
    let box = try Box()
    let refused = Monitor(0)
    box.tap.hook { packet in
      guard case .connect(let connect) = packet.packet, connect.version == .v5 else {
        return .forward
      }
      refused.update { $0 += 1 }
      return refusal.decision
    }
    let agent = try box.start()
    #expect(agent.errorOutput.contains("MQTT 3.1.1"))
    let log = agent.errorOutput.split(separator: "\n")
    #expect(refused.withLock { $0 } == refusal.attempts)
    #expect(log.count { $0.contains("connection to the broker is lost") } == refusal.losses)
    let scanner = Scanner("s1", box)
    let name = try box.order([("TM-1001", 1)])
    try scanner.scan(name)
    #expect(try box.stop() == .exited(0))
    try scanner.send(Code.product(1), id: "meanwhile")
    try box.start()
    #expect(try scanner.scan(Code.validate).code == "confirmed")
    try box.waitFor("applied", of: name)
    try box.expectValidatedOnce(name, ["TM-1001": 1])
    #expect(try box.count("SELECT count(*) FROM event WHERE id = 'meanwhile'") == 1)
  }

  @Test("TLS with the right authority is taken; with another one nothing is said")
  func tls() throws {
    let files = try TemporaryDirectory("tls")
    let authority = try CertificateAuthority(in: files)
    let identity = try authority.issue("broker")
    let box = try Box(broker: Self.tlsOptions(authority.certificate, identity))
    let port = try #require(box.broker.tlsPort)
    box.settings.broker = ["tls = true", "ca_file = \"\(authority.certificate)\""]
    let agent = try box.launch(port: port)
    try agent.waitForLine(containing: "Connected to the broker")
    let scanner = Scanner("s1", box)
    #expect(try scanner.scan("code").signal == "bad")
    #expect(try box.tallyman("check").code == 0)
    #expect(try box.stop() == .exited(0))

    let otherFiles = try TemporaryDirectory("tls")
    let other = try CertificateAuthority(in: otherFiles)
    box.settings.broker = ["tls = true", "ca_file = \"\(other.certificate)\""]
    let fooled = try box.launch(port: port)
    let line = try fooled.waitForLine(containing: "warning:", within: .seconds(10))
    #expect(line.lowercased().contains("tls") || line.contains("ertificate"), "\(line)")
    #expect(!fooled.errorOutput.contains("Connected to the broker"))
    let check = try box.tallyman("check", "--json")
    #expect(check.code == 4)
    let problem = try check.json().array?.first { $0["level"]?.string == "problem" }
    #expect(problem?["subject"]?.string == "broker", "\(problem?.text ?? "")")
    // The scan waits at the broker for an agent that may be told.
    let waiting = try scanner.send("waits")
    #expect(try box.count("SELECT count(*) FROM event WHERE id = ?", waiting) == 0)
  }

  @Test("a wrong password is refused with a hint, and the right one is taken")
  func password() throws {
    var options = BrokerOptions()
    let agent = BrokerOptions.Credentials(username: "tallyman", password: "right")
    options.credentials = [agent]
    let box = try Box(broker: options)
    let file = box.directory.path("broker-password")
    box.settings.broker = ["user = \"tallyman\"", "password_file = \"broker-password\""]
    try File.write("wrong", to: file)
    let refused = try box.launch()
    let line = try refused.waitForLine(containing: "broker.password_file", within: .seconds(10))
    #expect(line.contains("broker.user"))
    #expect(!refused.errorOutput.contains("wrong"), "the password is in the log")
    let check = try box.tallyman("check", "--json")
    #expect(check.code == 4)
    #expect(check.output.contains("broker.password_file"))
    #expect(try box.stop() == .exited(0))
    try File.write("right", to: file)
    try box.start()
    #expect(try Scanner("s1", box, credentials: agent).scan("code").signal == "bad")
  }

  private static func tlsOptions(
    _ authority: String,
    _ identity: CertificateAuthority.Identity
  ) -> BrokerOptions {
    var options = BrokerOptions()
    options.tls = BrokerOptions.TLS(
      authority: authority,
      certificate: identity.certificate,
      key: identity.key
    )
    return options
  }
}
