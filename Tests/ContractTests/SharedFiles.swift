internal import FoundationEssentials
internal import JSON

/// Recordings outside the repository: `../shared` beside the package, or `TALLYMAN_SHARED`.
enum SharedFiles {
  static let folder: String? = {
    if let path = ProcessInfo.processInfo.environment["TALLYMAN_SHARED"] { return existing(path) }
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return existing("/" + package + "/../shared")
  }()

  private static func existing(_ path: String) -> String? {
    FileManager.default.fileExists(atPath: path + "/odoo/contract/INDEX.md") ? path : nil
  }

  static var areHere: Bool { folder != nil }

  /// The file of `odoo/contract/<version>/` that starts with `name-`.
  static func recording(_ version: String, _ name: String) throws -> Recording {
    let place = (folder ?? "") + "/odoo/contract/\(version)"
    let names = try FileManager.default.contentsOfDirectory(atPath: place)
    guard let file = names.first(where: { $0.hasPrefix(name + "-") }),
      let data = FileManager.default.contents(atPath: place + "/" + file)
    else { throw ContractError("no recording \(version)/\(name)") }
    return try Recording(JSON.parse(Array(data)))
  }
}

struct ContractError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

extension SharedFiles {
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// Adds to the end of a file.
  static func append(_ text: String, to path: String) {
    let before = FileManager.default.contents(atPath: path) ?? Data()
    try? (before + Data(text.utf8)).write(to: URL(filePath: path))
  }
}
