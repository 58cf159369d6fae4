import Glibc

/// An HTTPS server and an authority of its own, both made with the `openssl` command.
struct TLSServer {
  /// What its certificate says.
  struct Identity {
    var host: String
    var demandsClient = false
  }

  let port: Int
  let folder: String
  private let server: Tool

  static let openssl: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
    (path: String) in
    access(path, X_OK) == 0
  }
  static var present: Bool { openssl != nil }

  /// A server that shows a certificate for `identity.host`, signed by `ca.pem` in `folder`.
  init(_ identity: Identity) throws {
    var template = Array("/tmp/tallyman-tls-XXXXXX".utf8CString)
    mkdtemp(&template)
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try Self.authority("ca", in: folder)
    try Self.authority("other", in: folder)
    try Self.certificate("server", for: identity.host, in: folder)
    try Self.certificate("client", for: "client", in: folder)
    server = try Tool(
      [Self.openssl ?? "", "s_server", "-accept", "127.0.0.1:0", "-www"]
        + ["-cert", "server.pem", "-key", "server.key"]
        + (identity.demandsClient
          ? ["-Verify", "1", "-CAfile", "ca.pem", "-verify_return_error"] : []),
      in: folder
    )
    // It says `ACCEPT 127.0.0.1:<port>` once it listens.
    var text = ""
    while !text.contains("ACCEPT") || !text.hasSuffix("\n"), let piece = server.read() {
      text += piece
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") } ?? ""
    port = line.split(separator: ":").last.flatMap { Int($0) } ?? 0
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func stop() {
    server.stop()
    for name in ["ca", "other", "server", "client"] {
      for type in ["key", "pem", "csr", "srl"] { unlink(path("\(name).\(type)")) }
    }
    rmdir(folder)
  }

  private static func authority(_ name: String, in folder: String) throws {
    try Tool.run(
      [openssl ?? "", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=\(name) authority"]
        + ["-keyout", "\(name).key", "-out", "\(name).pem"] + newKey,
      in: folder
    )
  }

  private static func certificate(_ name: String, for host: String, in folder: String) throws {
    try Tool.run(
      [openssl ?? "", "req", "-nodes", "-subj", "/CN=\(host)"]
        + ["-addext", "subjectAltName=DNS:\(host)"]
        + ["-keyout", "\(name).key", "-out", "\(name).csr"] + newKey,
      in: folder
    )
    try Tool.run(
      [openssl ?? "", "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key"]
        + ["-CAcreateserial", "-days", "2", "-copy_extensions", "copy", "-out", "\(name).pem"],
      in: folder
    )
  }

  private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
}
