import Floor
import Testing

@testable import Configuration

struct SettingsTests {
  private let machine = FakeMachine()

  @Test func needsNothingToBeSet() throws {
    let settings = try machine.parse("")
    #expect(settings.site == "main")
    #expect(settings.broker.host == "127.0.0.1")
    #expect(settings.broker.port == 1883)
    #expect(settings.broker.clientID == "tallyman-main")
    #expect(settings.odoo == nil)
    #expect(settings.storage.directory == "/var/lib/tallyman")
    #expect(settings.limits.payload == 65_536)
    #expect(settings.floor.policy == FloorPolicy())
    #expect(settings.profiles.enabled == ["tallyman"])
  }

  @Test func readsEverySection() throws {
    let settings = try machine.parse(
      """
      site = "north"
      [broker]
      host = "mqtt.example.com"
      tls = true
      user = "u"
      password_file = "pw"
      ca_file = "/ca.pem"
      certificate_file = "c.pem"
      key_file = "c.key"
      keep_alive = "1m"
      receive_maximum = 20
      [odoo]
      url = "https://odoo.example.com:8069/base/"
      database = "db"
      login = "me"
      key_file = "key"
      protocol = "json2"
      timeout = "5s"
      validate_timeout = "2m"
      longest_call = "5m"
      requests_per_second = 7
      [storage]
      directory = "state"
      minimum_free = "1GB"
      [limits]
      payload = "2KB"
      batch = 1
      [mirror]
      refresh = "500ms"
      [floor]
      incomplete = "drop"
      unassigned_devices = "refuse"
      [[station]]
      name = "pack1"
      devices = ["a", "b"]
      [[station]]
      name = "pack2"
      devices = ["c"]
      [dispatch]
      attempts = 3
      [profiles]
      enabled = ["tallyman", "raw-text"]
      [profiles.raw-text]
      topic = "w/{device}"
      [log]
      level = "debug"
      format = "json"
      """
    )
    #expect(settings.broker.clientID == "tallyman-north")
    #expect(settings.broker.port == 8883)
    #expect(settings.broker.passwordFile == SecretFile(path: "/etc/tallyman/pw"))
    #expect(settings.broker.caFile == "/ca.pem")
    #expect(settings.broker.keepAlive == .seconds(60))
    #expect(settings.odoo?.url == "https://odoo.example.com:8069/base")
    #expect(settings.odoo?.protocolChoice == .json2)
    #expect(settings.odoo?.validateTimeout == .seconds(120))
    #expect(settings.odoo?.longestCall == .seconds(300))
    #expect(settings.odoo?.requestsPerSecond == 7)
    #expect(settings.storage.directory == "/etc/tallyman/state")
    #expect(settings.storage.minimumFree == 1 << 30)
    #expect(settings.limits.payload == 2048)
    #expect(settings.mirror.refresh == .milliseconds(500))
    #expect(settings.floor.unassignedDevices == .refuse)
    #expect(
      settings.stations == [
        Settings.Station(name: "pack1", devices: ["a", "b"]),
        Settings.Station(name: "pack2", devices: ["c"]),
      ]
    )
    #expect(settings.profiles.variables == ["raw-text": ["topic": "w/{device}"]])
    #expect(settings.log == Settings.Log(level: .debug, format: .json))
  }

  @Test(
    arguments: [
      ("sit = 1", "sit: unknown key; did you mean site?"),
      ("site = 3", "site: expected 1 to 32 letters, digits, - or _, found the number 3"),
      ("site = \"a/b\"", "found the text \"a/b\""),
      ("broker = 1", "broker: expected a table [broker], found the number 1"),
      ("[broker]\nport = \"x\"", "port: expected a whole number from 1 to 65535, found the text"),
      ("[broker]\nport = 0", "found the number 0"),
      ("[broker]\nport = 18.5", "found the number 18.5"),
      ("[broker]\nkeepalive = \"3s\"", "unknown key; did you mean keep_alive?"),
      ("[broker]\nkeep_alive = 30", "a duration from 5s to 1h in quotes, such as \"30s\""),
      ("[broker]\nkeep_alive = \"1s\"", "a duration from 5s to 1h"),
      ("[broker]\nkeep_alive = \"30 s\"", "a duration"),
      ("[broker]\ntls = \"yes\"", "true or false without quotes"),
      ("[broker]\npassword_file = \"p\"", "password_file: needs user beside it"),
      ("[broker]\ntls = true\nkey_file = \"k\"", "key_file: needs certificate_file beside it"),
      ("[broker]\nca_file = \"k\"", "ca_file: is used with TLS only"),
      ("[broker]\nclient_id = \"a b\"", "client_id: expected 1 to 64 bytes"),
      ("[limits]\npayload = \"10MB\"", "a size from 1KB to 1MB in quotes, such as \"64KB\""),
      ("[limits]\npayload = 65536", "a size"),
      ("[floor]\nincomplete = \"keep\"", "one of \"backorder\", \"drop\", \"refuse\""),
      ("[log]\nlevel = \"verbose\"", "one of \"trace\""),
      ("[[station]]\nname = \"a\"", "station[0].devices: is missing"),
      ("[[station]]\nname = \"a\"\ndevices = \"x\"", "a list of device names"),
      ("[[station]]\nname = \"a\"\ndevices = [\"a/b\"]", "devices[0]: expected device names"),
      ("[station]\nname = \"a\"", "expected tables [[station]], found a table"),
      ("[profiles]\nenabled = [\"a\", \"a\"]", "profile \"a\" stands twice"),
      ("[profiles]\nenabled = [\"../x\"]", "enabled[0]: expected profile names"),
      ("[profiles.raw-text]\ntopic = \"x\"", "add \"raw-text\" to profiles.enabled"),
      ("[odoo]\nurl = \"https://o\"", "database: is missing"),
      ("a = ", "is not TOML"),
      ("site = \"a\\u0000b\"", "holds a NUL character"),
      ("[broker]\nhost = 2026-01-01", "found a date or time"),
      ("[broker.x]", "broker.x: unknown key"),
    ]
  )
  func saysWhatIsWrong(text: String, message: String) {
    let problems = machine.problems(text)
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }

  @Test func reportsEveryProblemWithItsLine() {
    let problems = machine.problems(
      """
      site = "a b"

      [broker]
      # a comment = 1
      prot = 1
      port = 0

      [[station]]
      name = "pack1"
      devices = ["s"]

      [[station]]
      name = "pack1"
      devices = ["t", "s"]
      """
    )
    let places = problems.compactMap { $0.split(separator: " ").first.map { String($0) } }
    let file = "/etc/tallyman/tallyman.toml"
    #expect(
      Set(places) == ["\(file):1:", "\(file):5:", "\(file):6:", "\(file):13:", "\(file):14:"]
    )
    #expect(problems.count == 5)
    #expect(problems.contains { $0.contains("device \"s\" belongs to station \"pack1\" already") })
  }

  @Test func namesTheLineOfWhatIsNoTOML() {
    #expect(machine.problems("site = \"a\"\n\nport = = 1").first?.contains(".toml:3: ") == true)
  }

  @Test(
    arguments: [
      ("127.0.0.1", true), ("127.1.2.3", true), ("localhost", true), ("::1", true),
      ("127.0.0.1.example.com", false), ("127.0.0.256", false), ("192.168.1.5", false),
      ("localhost.example.com", false), ("128.0.0.1", false), ("0.0.0.0", false),
    ]
  )
  func asksForTLSOverANetwork(host: String, isLoopback: Bool) throws {
    let plain = "[broker]\nhost = \"\(host)\"\n"
    #expect(machine.problems(plain).isEmpty == isLoopback)
    #expect(machine.problems(plain + "tls = false").isEmpty == isLoopback)
    #expect(machine.problems(plain + "tls = true").isEmpty)
    #expect(machine.problems(plain + "plain_text_over_network = true").isEmpty)
  }

  private func odoo(_ url: String, _ more: String = "") -> [String] {
    machine.problems(
      "[odoo]\nurl = \"\(url)\"\ndatabase = \"d\"\nlogin = \"l\"\nkey_file = \"k\"\n\(more)"
    )
  }

  @Test(
    arguments: [
      "https://odoo.example.com", "https://odoo.example.com:8443/path/", "http://localhost:8069",
      "http://127.0.0.1:8069", "http://[::1]:8069",
    ]
  )
  func takesAddressesOfOdoo(url: String) {
    #expect(odoo(url).isEmpty)
  }

  @Test(
    arguments: [
      "odoo.example.com", "ftp://odoo.example.com", "https://", "https://user:pw@odoo.example.com",
      "https://odoo.example.com/?x=1", "https://odoo.example.com:0", "https://odoo.example.com:x",
      "https://odoo example.com", "https://[odoo]", "https://:8069",
    ]
  )
  func refusesAddressesThatAreNone(url: String) {
    #expect(odoo(url).contains { $0.contains("odoo.url: expected https://") })
  }

  @Test(
    arguments: [
      "http://odoo.example.com", "http://127.0.0.1.example.com", "http://localhost.example.com",
      "http://192.168.0.4:8069",
    ]
  )
  func sendsNoKeyInTheClearOverANetwork(url: String) {
    #expect(odoo(url).contains { $0.contains("would send the API key in the clear") })
    #expect(odoo(url, "plain_text_over_network = true").isEmpty)
  }

  @Test func takesTheStateDirectoryOfSystemd() throws {
    var machine = machine
    machine.environment["STATE_DIRECTORY"] = "/var/lib/one:/var/lib/two"
    #expect(try machine.parse("").storage.directory == "/var/lib/one")
    #expect(try machine.parse("[storage]\ndirectory = \"/x\"").storage.directory == "/x")
  }

  @Test func saysThatAFileIsMissing() {
    #expect(throws: ConfigurationError.self) {
      try Settings.load("/etc/none.toml", using: FakeMachine().surroundings)
    }
  }
}
