extension SettingsReader {
  func broker(site: String) -> Settings.Broker {
    let table = root.tableOrEmpty("broker")
    defer { table.finish() }
    let host = table.text("host", expected: "a host name or address", where: HostName.isValid)
    let tls = tls(table, host: host ?? Defaults.brokerHost)
    let user = table.text("user")
    let password = secret(table, "password_file")
    if password != nil, user == nil { table.fail("password_file", "needs user beside it: add it") }
    let files = [file(table, "ca_file"), file(table, "certificate_file")]
    let key = secret(table, "key_file")
    checkPair(table, "certificate_file", "key_file")
    if !tls {
      for name in ["ca_file", "certificate_file", "key_file"] where table.has(name) {
        table.fail(name, "is used with TLS only: set tls = true")
      }
    }
    return Settings.Broker(
      host: host ?? Defaults.brokerHost,
      port: table.integer(
        "port",
        in: 1...65535,
        default: tls ? Defaults.brokerTLSPort : Defaults.brokerPort
      ),
      clientID: table.text(
        "client_id",
        expected: "1 to 64 bytes without blanks or control characters"
      ) { (1...64).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } }
        ?? "tallyman-\(site)",
      user: user,
      passwordFile: password,
      caFile: files[0],
      certificateFile: files[1],
      keyFile: key,
      tls: tls,
      keepAlive: table.duration(
        "keep_alive",
        in: .seconds(5)...(.seconds(3600)),
        default: Defaults.keepAlive
      ),
      receiveMaximum: table.integer(
        "receive_maximum",
        in: 1...65535,
        default: Defaults.receiveMaximum
      )
    )
  }

  /// Passwords and scans must not cross a network in the clear, unless somebody says so.
  private func tls(_ table: TableReader, host: String) -> Bool {
    let tls = table.flag("tls") ?? false
    let allowed = table.flag("plain_text_over_network") ?? false
    if !tls, !allowed, !HostName.isLoopback(host) {
      table.fail(
        table.has("tls") ? "tls" : "host",
        "the broker at \(host) is reached over a network; expected tls = true (or"
          + " plain_text_over_network = true, if everybody on that network may read and forge events)"
      )
    }
    return tls
  }

  func odoo() -> Settings.Odoo? {
    let isPresent = root.has("odoo")
    let table = root.tableOrEmpty("odoo")
    guard isPresent else {
      for key in Self.odooKeys { report.noteKnown(table.path(of: key)) }
      return nil
    }
    defer { table.finish() }
    let key = odooKey(table)
    let address = url(table)
    let caFile = file(table, "ca_file")
    let certificate = file(table, "certificate_file")
    let privateKey = secret(table, "private_key_file")
    checkPair(table, "certificate_file", "private_key_file")
    return Settings.Odoo(
      url: address,
      database: table.requiredText("database", expected: "the name of the database"),
      login: table.requiredText("login", expected: "the login of the user with the API key"),
      keyFile: key,
      caFile: caFile,
      certificateFile: certificate,
      privateKeyFile: privateKey,
      action: table.has("action") ? table.integer("action", in: 1...Int.max, default: 1) : nil,
      protocolChoice: table.choice("protocol") ?? .auto,
      timeout: table.duration(
        "timeout",
        in: .seconds(1)...(.seconds(600)),
        default: Defaults.odooTimeout
      ),
      validateTimeout: table.duration(
        "validate_timeout",
        in: .seconds(10)...(.seconds(3600)),
        default: Defaults.validateTimeout
      ),
      requestsPerSecond: table.optionalInteger("requests_per_second", in: 1...1000),
      longestCall: table.duration(
        "longest_call",
        in: .seconds(1)...(.seconds(3600)),
        default: Defaults.longestCall
      )
    )
  }

  private static let odooKeys = [
    "url", "database", "login", "key_file", "ca_file", "certificate_file", "private_key_file",
    "protocol", "action", "timeout", "validate_timeout", "longest_call", "requests_per_second",
    "plain_text_over_network",
  ]

  private func url(_ table: TableReader) -> String {
    let expected = "https://host[:port][/path] without user and query"
    let text = table.requiredText("url", expected: expected) { ServerAddress($0) != nil }
    let allowed = table.flag("plain_text_over_network") ?? false
    if let address = ServerAddress(text), !address.isEncrypted, !allowed,
      !HostName.isLoopback(address.host)
    {
      table.fail(
        "url",
        "would send the API key in the clear to \(address.host); expected https:// (or"
          + " plain_text_over_network = true)"
      )
    }
    var rest = text[...]
    while rest.last == "/" { rest.removeLast() }
    return String(rest)
  }

  private func odooKey(_ table: TableReader) -> SecretFile {
    if let key = secret(table, "key_file") { return key }
    if let directory = surroundings.environment("CREDENTIALS_DIRECTORY") {
      let path = "\(directory)/\(Defaults.odooCredential)"
      if surroundings.status(path) != nil { return SecretFile(path: path, isCredential: true) }
    }
    if !table.has("key_file") {
      table.fail(
        "key_file",
        "is missing; expected the path of a file with the API key, or the systemd credential"
          + " \(Defaults.odooCredential)"
      )
    }
    return SecretFile(path: "")
  }

  private func checkPair(_ table: TableReader, _ first: String, _ second: String) {
    for (present, absent) in [(first, second), (second, first)]
    where table.has(present) && !table.has(absent) {
      table.fail(present, "needs \(absent) beside it: add it")
    }
  }

  /// A path; relative ones are taken from the configuration's directory.
  func file(_ table: TableReader, _ key: String) -> String? {
    table.text(key, expected: "a path", where: FilePath.isValid).map {
      FilePath.resolved($0, in: directory)
    }
  }

  func secret(_ table: TableReader, _ key: String) -> SecretFile? {
    file(table, key).map { path in
      let credentials = surroundings.environment("CREDENTIALS_DIRECTORY")
      let isCredential = credentials.map { path.hasPrefix($0 + "/") && !path.contains("/../") }
      return SecretFile(path: path, isCredential: isCredential ?? false)
    }
  }
}

/// Paths of files, as text.
enum FilePath {
  static func isValid(_ path: String) -> Bool {
    (1...4096).contains(path.utf8.count) && path.utf8.allSatisfy { $0 >= 0x20 }
  }

  static func directory(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  static func resolved(_ path: String, in directory: String) -> String {
    if path.hasPrefix("/") { return path }
    return directory.hasSuffix("/") ? directory + path : "\(directory)/\(path)"
  }
}
