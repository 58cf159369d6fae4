import Configuration
import Odoo
import Testing

struct SecretTests {
  private static let odoo = """
    [odoo]
    url = "https://odoo.example.com"
    database = "d"
    login = "l"

    """

  private func message(_ file: SecretFile, _ machine: FakeMachine) -> String? {
    do throws(ConfigurationError) {
      _ = try file.read(using: machine.surroundings)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func readsASecretWithoutTheLineEnd() throws {
    var machine = FakeMachine()
    machine.write("s3 cret\r\n", to: "/key")
    let secret = try SecretFile(path: "/key").read(using: machine.surroundings)
    #expect(secret.reveal { $0 } == "s3 cret")
  }

  @Test func cannotBePrinted() {
    let secret = Secret("s3cret")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
      #expect(!text.contains("s3cret"))
    }
  }

  @Test(arguments: [UInt32(0o640), 0o644, 0o604, 0o444])
  func refusesWhatOthersMayRead(mode: UInt32) {
    var machine = FakeMachine()
    machine.write("s3cret", to: "/my key", mode: mode)
    let text = message(SecretFile(path: "/my key"), machine)
    #expect(text?.contains("run chmod 600 '/my key'") == true)
    #expect(text?.contains("s3cret") == false)
    #expect(message(SecretFile(path: "/my key", isCredential: true), machine) == nil)
  }

  @Test(arguments: ["", "\n", "\r\n\n", "two\nlines", "nul\u{0}"])
  func refusesWhatIsNoSecret(text: String) {
    var machine = FakeMachine()
    machine.write(text, to: "/key")
    #expect(message(SecretFile(path: "/key"), machine) != nil)
  }

  @Test func refusesWhatIsNoRegularFile() {
    var machine = FakeMachine()
    machine.directories = ["/dir"]
    #expect(message(SecretFile(path: "/dir"), machine)?.contains("regular file") == true)
    #expect(message(SecretFile(path: "/none"), machine)?.contains("found none") == true)
  }

  @Test func takesTheCredentialOfSystemdWhereNoFileIsNamed() throws {
    var machine = FakeMachine(environment: ["CREDENTIALS_DIRECTORY": "/run/cred"])
    #expect(machine.problems(Self.odoo).contains { $0.contains("odoo.key_file: is missing") })
    machine.write("from systemd\n", to: "/run/cred/odoo-key", mode: 0o440)
    let secrets = try machine.parse(Self.odoo).secrets(using: machine.surroundings)
    #expect(secrets.odooKey?.reveal { $0 } == "from systemd")
    machine.write("from file", to: "/etc/tallyman/key")
    let named = try machine.parse(Self.odoo + "key_file = \"key\"")
    #expect(try named.secrets(using: machine.surroundings).odooKey?.reveal { $0 } == "from file")
  }

  @Test func trustsTheCredentialsDirectoryOnly() throws {
    let machine = FakeMachine(environment: ["CREDENTIALS_DIRECTORY": "/run/cred"])
    func key(_ path: String) throws -> SecretFile? {
      try machine.parse(Self.odoo + "key_file = \"\(path)\"").odoo?.keyFile
    }
    #expect(try key("/run/cred/mine")?.isCredential == true)
    #expect(try key("/run/cred/../mine")?.isCredential == false)
    #expect(try key("/run/credits")?.isCredential == false)
  }

  @Test func reportsEverySecretThatIsWrong() throws {
    let machine = FakeMachine()
    let settings = try machine.parse(
      "[broker]\nuser = \"u\"\npassword_file = \"/pw\"\n\(Self.odoo)key_file = \"/key\"\n"
        + "certificate_file = \"/c\"\nprivate_key_file = \"/c.key\""
    )
    do throws(ConfigurationError) {
      _ = try settings.secrets(using: machine.surroundings)
      Issue.record("the missing files were not noticed")
    } catch {
      #expect(Set(error.problems.map { $0.file }) == ["/key", "/pw", "/c.key"])
    }
  }
}
