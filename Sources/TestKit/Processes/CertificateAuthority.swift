/// A certificate authority of a test's own, made with the `openssl` program.
public final class CertificateAuthority: Sendable {
  /// The files of one certificate, in PEM.
  public struct Identity: Sendable {
    /// The certificate's path.
    public let certificate: String
    /// The key's path.
    public let key: String
  }

  /// The path of the authority's certificate.
  public let certificate: String

  private let directory: TemporaryDirectory
  private let openssl: String
  private let serial = Monitor(0)

  /// Makes an authority whose files are in `directory`, which it keeps.
  public init(in directory: TemporaryDirectory) throws {
    self.directory = directory
    openssl = try Executable.system("openssl")
    certificate = directory.path("ca.pem")
    try run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", directory.path("ca.key"), "-out", certificate,
      "-subj", "/CN=Test authority", "-days", "30",
    ])
  }

  /// Makes a key and a certificate for `name`, valid for localhost and 127.0.0.1.
  public func issue(_ name: String) throws -> Identity {
    let number = serial.update { number in
      number += 1
      return number
    }
    let base = directory.path("\(number)")
    try File.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n", to: base + ".ext")
    try run([
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", base + ".key", "-out", base + ".csr", "-subj", "/CN=\(name)",
    ])
    try run([
      "x509", "-req", "-in", base + ".csr", "-CA", certificate,
      "-CAkey", directory.path("ca.key"), "-set_serial", "\(number)",
      "-days", "30", "-extfile", base + ".ext", "-out", base + ".pem",
    ])
    return Identity(certificate: base + ".pem", key: base + ".key")
  }

  private func run(_ arguments: [String]) throws {
    let child = try ChildProcess(openssl, arguments)
    guard try child.wait() == .exited(0) else {
      throw TestKitError.unexpected("\(child.command): \(child.errorOutput)")
    }
  }
}
