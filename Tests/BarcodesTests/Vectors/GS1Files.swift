internal import FoundationEssentials
internal import JSON

/// The public GS1 vectors outside the repository: `../shared` beside the package, or
/// `TALLYMAN_SHARED`.
enum GS1Files {
  static let folder: String? = {
    if let path = ProcessInfo.processInfo.environment["TALLYMAN_SHARED"] { return existing(path) }
    let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return existing("/" + package + "/../shared")
  }()

  private static func existing(_ path: String) -> String? {
    FileManager.default.fileExists(atPath: path + "/gs1/gs1-vectors.json") ? path + "/gs1" : nil
  }

  static var areHere: Bool { folder != nil }
  static let absent = "no ../shared/gs1 beside the package: set TALLYMAN_SHARED to compare"

  static func list(_ name: String) throws -> [JSONObject] {
    let path = (folder ?? "") + "/" + name
    guard let data = FileManager.default.contents(atPath: path),
      case .array(let items) = try JSON.parse(Array(data), limits: JSON.Limits(bytes: 1 << 22))
    else { throw VectorError("no list in \(path)") }
    return items.compactMap { if case .object(let item) = $0 { item } else { nil } }
  }
}

struct VectorError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
