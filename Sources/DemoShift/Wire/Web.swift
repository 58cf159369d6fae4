internal import CCurl

/// One HTTP request after the other, each on a connection of its own.
package struct Web: Sendable {
  /// The server, such as `https://odoo.example.com`, without a slash at its end.
  package let base: String
  /// Certificates to trust instead of the system's.
  package let authorityFile: String?

  /// A server, and certificates to trust instead of the system's.
  package init(base: String, authorityFile: String?) {
    self.base = base
    self.authorityFile = authorityFile
  }

  /// Longest wait for an answer.
  static let patienceSeconds = 30
  /// Largest answer that is read: 64 MiB.
  static let largestAnswer = 64 << 20

  /// Sends a request with a JSON body and reads the JSON of its answer.
  package func request(_ method: String, _ path: String, _ body: Value? = nil) throws -> Value {
    _ = Self.library
    guard let handle = curl_easy_init() else { throw DemoFailure("libcurl gave no handle") }
    defer { curl_easy_cleanup(handle) }
    let headers = curl_slist_append(nil, "Content-Type: application/json")
    defer { curl_slist_free_all(headers) }
    let collector = Collector()
    tm_set_text(handle, CURLOPT_URL, base + path)
    tm_set_text(handle, CURLOPT_CUSTOMREQUEST, method)
    tm_set_list(handle, CURLOPT_HTTPHEADER, headers)
    tm_set_long(handle, CURLOPT_TIMEOUT, Self.patienceSeconds)
    tm_set_long(handle, CURLOPT_NOSIGNAL, 1)
    if let authorityFile { tm_set_text(handle, CURLOPT_CAINFO, authorityFile) }
    if let body {
      let text = body.json
      tm_set_long(handle, CURLOPT_POSTFIELDSIZE, text.utf8.count)
      tm_set_text(handle, CURLOPT_COPYPOSTFIELDS, text)
    }
    tm_set_write(handle, CURLOPT_WRITEFUNCTION, collect)
    let result = withExtendedLifetime(collector) {
      tm_set_pointer(
        handle,
        CURLOPT_WRITEDATA,
        Unmanaged.passUnretained(collector).toOpaque()
      )
      return curl_easy_perform(handle)
    }
    guard result == CURLE_OK else {
      throw DemoFailure("\(base)\(path): \(String(cString: curl_easy_strerror(result)))")
    }
    var status = 0
    tm_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    guard status == 200, let answer = Value(parsing: collector.bytes) else {
      let start = String(decoding: collector.bytes.prefix(300), as: UTF8.self)
      throw DemoFailure("\(base)\(path) answered HTTP \(status): \(start)")
    }
    return answer
  }

  /// Set up once, before any thread uses it.
  private static let library: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

private final class Collector {
  var bytes: [UInt8] = []
}

/// libcurl's write callback.
private func collect(
  _ bytes: UnsafeMutablePointer<CChar>?,
  _ size: Int,
  _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
  let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
  guard collector.bytes.count + piece.count <= Web.largestAnswer else { return 0 }
  collector.bytes += piece
  return piece.count
}
