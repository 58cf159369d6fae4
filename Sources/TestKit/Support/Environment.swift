/// The environment that the test process was started with.
public enum Environment {
  /// All variables.
  ///
  /// Read from the kernel: the C library's `environ` is not safe between threads.
  public static let all: [String: String] = {
    guard let bytes = try? File.bytes("/proc/self/environ") else { return [:] }
    var variables: [String: String] = [:]
    for entry in bytes.split(separator: 0) {
      let parts = entry.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard parts.count == 2 else { continue }
      variables[String(decoding: parts[0], as: UTF8.self)] = String(
        decoding: parts[1],
        as: UTF8.self
      )
    }
    return variables
  }()

  /// One variable, nil where it is not set.
  public static subscript(name: String) -> String? { all[name] }
}
