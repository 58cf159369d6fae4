extension SettingsReader {
  /// The console; nil unless the section is there.
  func console() -> Settings.Console? {
    let isPresent = root.has("console")
    let table = root.tableOrEmpty("console")
    guard isPresent else {
      for key in ["listen", "token_file"] { report.noteKnown(table.path(of: key)) }
      return nil
    }
    defer { table.finish() }
    let text = table.text(
      "listen",
      expected:
        "a loopback address with a port, such as \(Defaults.consoleListen); to reach it from"
        + " elsewhere, put a proxy with TLS in front"
    ) { Self.listen($0) != nil }
    let (address, port) = Self.listen(text ?? Defaults.consoleListen) ?? ("127.0.0.1", 0)
    return Settings.Console(address: address, port: port, tokenFile: consoleToken(table))
  }

  private static func listen(_ text: String) -> (String, Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // Only IPv4's loopback: it carries no TLS, so nobody else may hear it.
    guard parts.count == 2, parts[0] == "127.0.0.1", let port = Int(parts[1]),
      (1...65535).contains(port)
    else { return nil }
    return (String(parts[0]), port)
  }

  private func consoleToken(_ table: TableReader) -> SecretFile {
    if let token = secret(table, "token_file") { return token }
    if let directory = surroundings.environment("CREDENTIALS_DIRECTORY") {
      let path = "\(directory)/\(Defaults.consoleCredential)"
      if surroundings.status(path) != nil { return SecretFile(path: path, isCredential: true) }
    }
    if !table.has("token_file") {
      table.fail(
        "token_file",
        "is missing; expected the path of a file with a random token of at least 16 bytes, or the"
          + " systemd credential \(Defaults.consoleCredential)"
      )
    }
    return SecretFile(path: "")
  }
}
