internal import Glibc

/// Whole files as bytes and text.
public enum File {
  /// Everything in the file at `path`.
  public static func bytes(_ path: String) throws(TestKitError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open \(path)") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while let chunk = try Descriptor.read(descriptor, atMost: 1 << 16), !chunk.isEmpty {
      bytes += chunk
    }
    return bytes
  }

  /// Everything in the file at `path`, bytes that are not UTF-8 replaced.
  public static func text(_ path: String) throws(TestKitError) -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// Makes the file hold `text`, readable by its owner only.
  public static func write(_ text: String, to path: String) throws(TestKitError) {
    try put(text, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
  }

  /// Adds `text` at the end of the file, which is made where it is missing.
  public static func append(_ text: String, to path: String) throws(TestKitError) {
    try put(text, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC)
  }

  /// True where something is at `path`.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The path of what is at `path`, from the root and without links.
  public static func absolutePath(_ path: String) throws(TestKitError) -> String {
    guard let resolved = realpath(path, nil) else { throw .last("find \(path)") }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func put(_ text: String, _ path: String, _ flags: Int32) throws(TestKitError) {
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else { throw .last("open \(path)") }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { throw .last("write \(path)") }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
