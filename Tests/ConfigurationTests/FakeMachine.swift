import Configuration

/// Files and an environment that exist only in a test.
struct FakeMachine {
  var environment: [String: String] = [:]
  var files: [String: (text: String, mode: UInt32)] = [:]
  var directories: Set<String> = []

  var surroundings: Surroundings {
    let environment = environment
    let directories = directories
    let files = files.mapValues { (bytes: Array($0.text.utf8), mode: $0.mode) }
    return Surroundings(
      environment: { environment[$0] },
      status: { path in
        if directories.contains(path) { return FileStatus(isRegular: false, mode: 0o755) }
        return files[path].map { FileStatus(isRegular: true, mode: $0.mode) }
      },
      read: { path in
        files[path].map { .success($0.bytes) } ?? .failure(FileFailure("No such file or directory"))
      }
    )
  }

  mutating func write(_ text: String, to path: String, mode: UInt32 = 0o600) {
    files[path] = (text, mode)
  }

  func parse(_ text: String) throws -> Settings {
    try Settings.parse(text, file: "/etc/tallyman/tallyman.toml", using: surroundings)
  }

  /// What is wrong with a configuration, one line each.
  func problems(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try Settings.parse(text, file: "/etc/tallyman/tallyman.toml", using: surroundings)
      return []
    } catch {
      return error.problems.map { $0.description }
    }
  }
}
