internal import ArgumentParser
internal import DemoShift
internal import TestKit

/// `demo-shift`: plays a shift against the agent and accounts for every event; see `scripts/demo`.
@main
struct DemoShiftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo-shift",
    abstract: "Play a small shift: pick, pack, weigh and ship, with kills and an outage.",
    discussion: """
      Starts a broker, the agent and, without --odoo, the Odoo simulator; ends with a table of \
      what was sent, journaled and validated. Exits with 0 if nothing was lost, nothing happened \
      twice, and nothing else failed.
      """
  )

  @Option(help: "The series of Odoo that is simulated: 17, 18 or 19.")
  var version = 18

  @Option(help: "Where all chances of the shift start.")
  var seed: UInt64 = 1

  @Option(help: "A real Odoo whose open transfers are VALIDATED, such as https://odoo.example.com.")
  var odoo: String?

  @Option(help: "With --odoo: the database.")
  var database: String?

  @Option(help: "With --odoo: the login of the user with the API key.")
  var login: String?

  @Option(help: "With --odoo: a file with the API key, readable by its owner only.")
  var keyFile: String?

  @Option(help: "With --odoo: certificates to trust instead of the system's.")
  var caFile: String?

  @Option(help: "With --odoo: most transfers that are done.")
  var transfers = 20

  @Flag(help: "With --odoo: go on without a question.")
  var yes = false

  @Option(help: "The directory of the device profiles.")
  var profiles = "hardware/profiles"

  func validate() throws {
    guard [17, 18, 19].contains(version) else {
      throw ValidationError("--version: expected 17, 18 or 19, got \(version)")
    }
    guard transfers >= 1 else { throw ValidationError("--transfers: expected 1 or more") }
    let others = [database, login, keyFile, caFile].contains { $0 != nil } || yes
    if odoo == nil, others {
      throw ValidationError("--database, --login, --key-file, --ca-file and --yes need --odoo")
    }
    if odoo != nil, database == nil || login == nil || keyFile == nil {
      throw ValidationError("--odoo needs --database, --login and --key-file")
    }
  }

  func run() throws {
    var options = DemoOptions()
    options.version = version
    options.seed = seed
    options.tallyman = try Executable.find("tallyman")
    options.simulator = odoo == nil ? try Executable.find("odoo-simulator") : ""
    options.profiles = try File.absolutePath(profiles)
    if let odoo, let database, let login, let keyFile {
      options.odoo = DemoOptions.RealOdoo(
        url: String(odoo.reversed().drop { $0 == "/" }.reversed()),
        database: database,
        login: login,
        keyFile: try File.absolutePath(keyFile),
        authorityFile: try caFile.map { try File.absolutePath($0) },
        transfers: transfers,
        isConfirmed: yes
      )
    }
    let code = Demo.run(options)
    if code != 0 { throw ExitCode(code) }
  }
}
