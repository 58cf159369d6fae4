/// A request as the HTTP client sends it.
public struct HTTPRequest: Hashable, Sendable {
  /// `GET` or `POST`.
  public var method: String
  /// Path and query, to be put behind the base URL.
  public var path: String
  /// Headers in order.
  public var headers: [Header]
  /// The body; empty for none.
  public var body: [UInt8]

  /// One header line.
  public struct Header: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its value.
    public var value: String

    /// A header line.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A request of `path`.
  public init(method: String, path: String, headers: [Header] = [], body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
  }
}

/// What came back for a request.
public enum HTTPOutcome: Hashable, Sendable {
  /// An answer with its status, content type, Retry-After in seconds, and body.
  case answer(status: Int, contentType: String, retryAfter: Int?, body: [UInt8])
  /// No connection was made; the server has seen nothing of it.
  case notSent(String)
  /// The request was sent, wholly or in part, and no whole answer came.
  case noAnswer(String)
}
