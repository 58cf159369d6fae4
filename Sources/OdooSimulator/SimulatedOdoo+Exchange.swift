internal import HTTPServer

extension SimulatedOdoo {
  /// What a request came to, in plain words: the modules of client and server have types of the same
  /// names.
  public struct Exchange: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The content type; empty for none.
    public let contentType: String
    /// Seconds of a `Retry-After`.
    public let retryAfter: Int?
    /// The body.
    public let body: [UInt8]
  }

  /// Answers a request without a socket; nil for a connection that ends without an answer.
  public func exchange(
    _ method: String,
    _ path: String,
    headers: [(name: String, value: String)],
    body: [UInt8]
  ) -> Exchange? {
    let request = HTTPRequest(
      method: method,
      path: path,
      headers: headers.map { HTTPField($0.name, $0.value) },
      body: body
    )
    guard let response = serve(request) else { return nil }
    func header(_ name: String) -> String? {
      response.headers.first { $0.name.lowercased() == name }?.value
    }
    return Exchange(
      status: response.status,
      contentType: header("content-type") ?? "",
      retryAfter: header("retry-after").flatMap { Int($0) },
      body: response.body
    )
  }
}
