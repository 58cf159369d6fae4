/// What a handler answers.
public struct HTTPResponse: Sendable {
  /// The status code.
  public var status: Int
  /// Header fields besides `Content-Length` and `Date`, which the server adds.
  public var headers: [HTTPField]
  /// The whole body.
  public var body: [UInt8]

  /// A response of bytes.
  public init(status: Int = 200, headers: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A response of text with its media type.
  public init(status: Int = 200, type: String, text: String, headers: [HTTPField] = []) {
    self.init(
      status: status,
      headers: [HTTPField("Content-Type", type)] + headers,
      body: Array(text.utf8)
    )
  }
}
