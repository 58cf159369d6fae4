/// One name with its value: a header field or a query item.
public struct HTTPField: Hashable, Sendable {
  /// The name as sent.
  public let name: String
  /// The value, decoded.
  public let value: String

  /// A field.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A request that has arrived as a whole.
public struct HTTPRequest: Sendable {
  /// The method: `GET`, `POST` and so on.
  public let method: String
  /// The path, percent-decoded, without the query.
  public let path: String
  /// The query items in their order.
  public let query: [HTTPField]
  /// The header fields in their order.
  public let headers: [HTTPField]
  /// The body, at most the server's limit.
  public let body: [UInt8]

  /// A request.
  public init(
    method: String,
    path: String,
    query: [HTTPField] = [],
    headers: [HTTPField] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, in any letter case.
  public func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }

  /// The first query item of that name.
  public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
}
