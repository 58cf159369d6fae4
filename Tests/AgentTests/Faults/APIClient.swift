internal import HTTP
internal import JSON
internal import Odoo
internal import TestKit

/// A program on the box that uses the agent's API.
struct APIClient {
  private let http: HTTPClient
  private let token: String

  init(port: Int, token: String) throws {
    self.token = token
    http = try HTTPClient(HTTPSettings(baseURL: "http://127.0.0.1:\(port)", version: "test"))
  }

  /// Asks for a path, or sends a body to it.
  func send(_ path: String, _ body: JSON? = nil) throws -> JSON {
    let request = HTTPRequest(
      method: body == nil ? "GET" : "POST",
      path: path,
      headers: [
        .init("Authorization", "Bearer \(token)"), .init("Content-Type", "application/json"),
      ],
      body: body?.bytes ?? []
    )
    guard case .answer(_, _, _, let bytes) = http.send(request).outcome else {
      throw TestKitError.unexpected("no answer from \(path)")
    }
    return try JSON.parse(bytes)
  }
}
