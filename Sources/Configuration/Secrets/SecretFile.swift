public import Odoo

/// A file that holds a secret and nothing else.
public struct SecretFile: Hashable, Sendable {
  /// Where it lies.
  public var path: String
  /// True for a systemd credential, whose access systemd itself has arranged.
  public var isCredential: Bool

  /// A secret at a path.
  public init(path: String, isCredential: Bool = false) {
    self.path = path
    self.isCredential = isCredential
  }

  /// Longest secret in bytes.
  public static let longest = 4096

  /// Refuses what is no regular file or open to others than its owner.
  public func check(using surroundings: Surroundings) throws(ConfigurationError) {
    guard let status = surroundings.status(path) else {
      throw failure("expected a file with a secret, found none: create it with mode 600")
    }
    guard status.isRegular else {
      throw failure("expected a regular file with a secret, found something else")
    }
    guard isCredential || !status.isReadableByOthers else {
      throw failure(
        "holds a secret and is readable by others than its owner: run chmod 600 \(quotedPath)"
      )
    }
  }

  /// Reads the secret; refuses what is no regular file, empty, or open to others than its owner.
  public func read(using surroundings: Surroundings) throws(ConfigurationError) -> Secret {
    try check(using: surroundings)
    switch surroundings.read(path) {
    case .failure(let failure): throw self.failure("cannot be read: \(failure.reason)")
    case .success(let bytes): return try secret(of: bytes)
    }
  }

  private func secret(of bytes: [UInt8]) throws(ConfigurationError) -> Secret {
    var rest = bytes[...]
    while let last = rest.last, last == 0x0A || last == 0x0D { rest.removeLast() }
    guard !rest.isEmpty else { throw failure("is empty; expected a secret on one line") }
    guard rest.count <= Self.longest, rest.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
      let text = String(validating: rest, as: UTF8.self)
    else {
      throw failure("expected one line of at most \(Self.longest) bytes of UTF-8 text")
    }
    return Secret(text)
  }

  private var quotedPath: String {
    let plain = path.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "/._-+@:".utf8.contains(byte)
      }
    }
    return plain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }

  private func failure(_ message: String) -> ConfigurationError {
    ConfigurationError([ConfigurationError.Problem(file: path, message: message)])
  }
}
