internal import Glibc

/// A file of seeds that failed once; `check` runs them before any other.
///
/// One decimal seed a line, anything after it is a comment. The file belongs into the repository
/// beside its test, so that a bug found by chance is looked for in every later run. New failures
/// are added only where `TALLYMAN_KEEP_SEEDS=1` is set: a test run leaves the sources alone.
public struct KeptSeeds: Sendable {
  /// Where the seeds are.
  public let path: String

  /// The file `name` beside the source file that calls this.
  public init(_ name: String, besides source: String = #filePath) {
    let folder = source.split(separator: "/").dropLast().joined(separator: "/")
    path = "/" + folder + "/" + name
  }

  /// The file at `path`, which may be missing.
  public init(path: String) {
    self.path = path
  }

  /// The seeds in the file's order; none where there is no file.
  public var seeds: [UInt64] {
    guard let text = try? File.text(path) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      line.split(separator: " ").first.flatMap { UInt64($0) }
    }
  }

  func add(_ found: Counterexample) {
    guard Environment["TALLYMAN_KEEP_SEEDS"] == "1", !seeds.contains(found.seed) else { return }
    let reason = found.reason.split(separator: "\n").first.map(String.init) ?? ""
    try? File.append("\(found.seed) \(reason)\n", to: path)
  }
}
