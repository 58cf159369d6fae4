extension Settings {
  /// Reads and checks a configuration file; all that is wrong is reported at once.
  public static func load(
    _ file: String,
    using surroundings: Surroundings
  ) throws(ConfigurationError) -> Settings {
    try SettingsReader(try Document.read(file, surroundings), surroundings).settings()
  }

  /// Checks a configuration text; relative paths in it are taken from `file`'s directory.
  public static func parse(
    _ text: String,
    file: String,
    using surroundings: Surroundings
  ) throws(ConfigurationError) -> Settings {
    let document = try Document.parse(Array(text.utf8), file: file)
    return try SettingsReader(document, surroundings).settings()
  }
}

/// Makes settings of a document.
struct SettingsReader {
  let report: Report
  let root: TableReader
  let surroundings: Surroundings
  let directory: String

  init(_ document: Document, _ surroundings: Surroundings) {
    report = Report(document)
    root = TableReader(document.root, path: "", report: report)
    self.surroundings = surroundings
    directory = FilePath.directory(of: document.file)
  }

  func settings() throws(ConfigurationError) -> Settings {
    let site = root.text("site", expected: SiteName.expectation, where: SiteName.isValid)
    let settings = Settings(
      site: site ?? Defaults.site,
      broker: broker(site: site ?? Defaults.site),
      odoo: odoo(),
      console: console(),
      storage: storage(),
      limits: limits(),
      mirror: mirror(),
      floor: floor(),
      stations: stations(),
      supervisors: supervisors(),
      packageNumbers: packageNumbers(),
      dispatch: dispatch(),
      counts: counts(),
      reconcile: reconcile(),
      profiles: profiles(),
      log: log()
    )
    checkRules(settings)
    checkLamps(of: settings.stations, enabled: settings.profiles.enabled)
    root.finish()
    try report.finish()
    return settings
  }

  private func storage() -> Settings.Storage {
    let table = root.tableOrEmpty("storage")
    defer { table.finish() }
    let state = surroundings.environment("STATE_DIRECTORY")?.split(separator: ":").first
    return Settings.Storage(
      directory: file(table, "directory") ?? state.map { String($0) } ?? Defaults.directory,
      minimumFree: table.size(
        "minimum_free",
        in: 1 << 20...1 << 40,
        default: Defaults.minimumFree
      )
    )
  }

  private func limits() -> Settings.Limits {
    let table = root.tableOrEmpty("limits")
    defer { table.finish() }
    return Settings.Limits(
      payload: table.size("payload", in: 1 << 10...1 << 20, default: Defaults.payload),
      batch: table.integer("batch", in: 1...10_000, default: Defaults.batch),
      openTransfers: table.integer(
        "open_transfers",
        in: 1...100_000,
        default: Defaults.openTransfers
      ),
      devices: table.integer("devices", in: 1...100_000, default: Defaults.devices)
    )
  }

  private func mirror() -> Settings.Mirror {
    let table = root.tableOrEmpty("mirror")
    defer { table.finish() }
    let day: Duration = .seconds(86_400)
    return Settings.Mirror(
      refresh: table.duration(
        "refresh",
        in: .milliseconds(500)...(.seconds(600)),
        default: Defaults.refresh
      ),
      masterData: table.duration(
        "master_data",
        in: .seconds(10)...day,
        default: Defaults.masterData
      ),
      compare: table.duration("compare", in: .seconds(10)...day, default: Defaults.compare),
      contract: table.duration(
        "contract",
        in: .seconds(1)...(.seconds(7 * 86_400)),
        default: Defaults.contract
      )
    )
  }

  private func dispatch() -> Settings.Dispatch {
    let table = root.tableOrEmpty("dispatch")
    defer { table.finish() }
    return Settings.Dispatch(
      parallelWarehouses: table.integer(
        "parallel_warehouses",
        in: 1...64,
        default: Defaults.parallelWarehouses
      ),
      attempts: table.integer("attempts", in: 1...1000, default: Defaults.attempts),
      cutOffs: cutOffs(table),
      unreserved: table.choice("unreserved") ?? .apply
    )
  }

  private func cutOffs(_ dispatch: TableReader) -> [Settings.CutOff] {
    for key in ["operations", "at"] { report.noteKnown("dispatch.cut_off[].\(key)") }
    return dispatch.tables("cut_off").map { table in
      defer { table.finish() }
      let operations = operations(table)
      if operations.isEmpty { table.fail("operations", "is missing; expected [\"WHOUT\"]") }
      let text = table.requiredText("at", expected: "a time of the day such as \"17:00\"") {
        DayTime.minute($0) != nil
      }
      return Settings.CutOff(operations: operations, minute: DayTime.minute(text) ?? 0)
    }
  }

  private func reconcile() -> Settings.Reconcile {
    let table = root.tableOrEmpty("reconcile")
    defer { table.finish() }
    let text = table.text("at", expected: "a local time such as \"02:30\", or \"never\"") {
      $0 == "never" || DayTime.minute($0) != nil
    }
    return Settings.Reconcile(
      at: DayTime.minute(text ?? Defaults.reconcileAt),
      jitter: table.duration(
        "jitter",
        in: .zero...(.seconds(6 * 3600)),
        default: Defaults.reconcileJitter
      ),
      days: table.integer("days", in: 1...90, default: Defaults.reconcileDays)
    )
  }

  private func counts() -> Settings.Counts {
    let table = root.tableOrEmpty("counts")
    defer { table.finish() }
    return Settings.Counts(
      apply: table.choice("apply") ?? .withinLimit,
      limitUnits: table.integer(
        "limit_units",
        in: 0...1_000_000,
        default: Defaults.countLimitUnits
      ),
      limitPercent: table.integer(
        "limit_percent",
        in: 0...100,
        default: Defaults.countLimitPercent
      )
    )
  }

  private func log() -> Settings.Log {
    let table = root.tableOrEmpty("log")
    defer { table.finish() }
    return Settings.Log(
      level: table.choice("level") ?? .info,
      format: table.choice("format") ?? .text
    )
  }
}

/// Times of the day, such as `17:00`.
enum DayTime {
  /// Minutes since midnight; nil unless the text is a time from 00:00 to 23:59.
  static func minute(_ text: String) -> Int? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }) else { return nil }
    let isDigits = parts.allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) } }
    guard isDigits, let hour = Int(Substring(parts[0])), let minute = Int(Substring(parts[1])),
      hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }
}

/// Names of sites.
enum SiteName {
  static let longest = 32
  static let expectation = "1 to \(longest) letters, digits, - or _"

  static func isValid(_ name: String) -> Bool {
    (1...longest).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
  }
}
