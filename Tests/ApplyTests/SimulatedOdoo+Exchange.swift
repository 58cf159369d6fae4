import HTTPServer
import OdooSimulator

/// What a request to the simulator came to, in plain words; the modules of client and server have
/// types of the same names.
struct Exchange {
  var status: Int
  var contentType: String
  var body: [UInt8]
}

extension SimulatedOdoo {
  /// Answers a request without a socket; nil for a connection that ends without an answer.
  func exchange(
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
    let type = response.headers.first { $0.name.lowercased() == "content-type" }?.value
    return Exchange(status: response.status, contentType: type ?? "", body: response.body)
  }
}
