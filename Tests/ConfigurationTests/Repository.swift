import Configuration
import FoundationEssentials
import JSON

/// Files of this repository, and the facts that may lie beside it.
enum Repository {
  /// The root of the package.
  static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  static func text(_ path: String) throws -> String {
    String(decoding: try Surroundings.process.read("\(root)/\(path)").get(), as: UTF8.self)
  }

  /// Names of the files of a directory, sorted.
  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(path)").sorted()
  }

  /// The device samples; nil where they are not there.
  static var samples: [JSON]? {
    let shared = Surroundings.process.environment("TALLYMAN_SHARED") ?? "\(root)/../shared"
    let path = "\(shared)/hardware/device-samples.json"
    guard let bytes = try? Surroundings.process.read(path).get() else { return nil }
    return (try? JSON.parse(bytes))?["samples"]?.array
  }

  /// The profiles of the repository with what an installer would set.
  static func settings(enabling names: [String], variables: String = "") throws -> Settings {
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    return try FakeMachine().parse(
      "[profiles]\ndirectory = \"\(root)/hardware/profiles\"\nenabled = [\(list)]\n\(variables)"
    )
  }
}
