internal import HTTPServer
internal import OdooSimulator

/// What a request to the simulator came to, in plain words; the modules of client and server have
/// types of the same names.
struct WireAnswer {
  var status: Int
  var contentType: String
  var retryAfter: Int?
  var body: [UInt8]
}

extension SimulatedOdoo {
  /// Answers a request without a socket; nil for a connection that ends without an answer.
  func exchange(
    _ method: String,
    _ path: String,
    headers: [(name: String, value: String)],
    body: [UInt8]
  ) -> WireAnswer? {
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
    return WireAnswer(
      status: response.status,
      contentType: header("content-type") ?? "",
      retryAfter: header("retry-after").flatMap { Int($0) },
      body: response.body
    )
  }
}
