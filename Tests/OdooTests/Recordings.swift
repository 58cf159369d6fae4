import FoundationEssentials
import JSON
import Odoo

/// Recorded exchanges with real servers, which lie beside the repository, or nowhere.
enum Recordings {
  /// One recorded exchange.
  struct Exchange {
    var name: String
    var path: String
    var requestBody: JSON?
    /// Nil where no HTTP answer came.
    var outcome: HTTPOutcome
  }

  /// The folder of the recordings; nil where there is none.
  static var folder: String? {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let beside = "/\(root)/../shared"
    let shared = ProcessInfo.processInfo.environment["TALLYMAN_SHARED"] ?? beside
    let folder = "\(shared)/odoo/contract"
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }

  /// Whether there are recordings; else tests of them are skipped.
  static var present: Bool { folder != nil }

  /// The exchanges of a file such as `18.0/05-errors`.
  static func exchanges(_ file: String) throws -> [Exchange] {
    let path = "\(folder ?? "")/\(file).json"
    let bytes = try Data(contentsOf: URL(filePath: path))
    return try (JSON.parse(Array(bytes)).array ?? []).map { entry in
      let response = entry["response"] ?? .null
      return Exchange(
        name: entry["name"]?.string ?? "",
        path: entry["request"]?["path"]?.string ?? "",
        requestBody: entry["request"]?["body"],
        outcome: outcome(response)
      )
    }
  }

  private static func outcome(_ response: JSON) -> HTTPOutcome {
    guard let status = response["status"]?.int else {
      let error = response["transport_error"]?.string ?? ""
      return error.contains("refused") ? .notSent(error) : .noAnswer(error)
    }
    let body = response["body"] ?? .null
    return .answer(
      status: status,
      contentType: response["headers"]?["Content-Type"]?.string ?? "",
      retryAfter: nil,
      body: body.string.map { Array($0.utf8) } ?? body.bytes
    )
  }
}
