internal import CCurl

/// The state of one request while libcurl works on it; reached by the callbacks below.
final class CurlExchange {
  private let limit: Int
  private let isCancelled: () -> Bool
  private var request: [UInt8] = []
  private var sent = 0
  private var response: [UInt8] = []
  /// Seconds of the Retry-After header, if it is a number.
  private(set) var retryAfter: Int?
  /// Why we ended the exchange ourselves.
  private(set) var stopReason: String?
  /// True once the empty line behind the headers came; libcurl does without it.
  private(set) var hasAllHeaders = false

  /// Longer waits than an hour are not believed.
  private static let longestRetryAfter = 3600

  init(limit: Int, isCancelled: @escaping () -> Bool) {
    self.limit = limit
    self.isCancelled = isCancelled
  }

  func begin(body: [UInt8]) {
    request = body
    sent = 0
    response = []
    retryAfter = nil
    stopReason = nil
    hasAllHeaders = false
  }

  /// The body that was received; lets go of both bodies.
  func end() -> [UInt8] {
    defer {
      request = []
      response = []
    }
    return response
  }

  /// Takes a piece of the body; false if it grows too large.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard response.count + bytes.count <= limit else {
      stopReason = "the answer is larger than \(limit) bytes"
      return false
    }
    response.append(contentsOf: bytes)
    return true
  }

  func receiveHeader(_ line: String) {
    // A new status line follows an interim answer such as `100 Continue`.
    if line.hasPrefix("HTTP/") {
      retryAfter = nil
      hasAllHeaders = false
    }
    if line == "\r\n" || line == "\n" { hasAllHeaders = true }
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "retry-after" else { return }
    let digits = parts[1].filter { $0 != " " && $0 != "\r\n" && $0 != "\r" && $0 != "\n" }
    guard let seconds = Int(digits), seconds >= 0 else { return }
    retryAfter = min(seconds, Self.longestRetryAfter)
  }

  /// Hands out the next piece of the request's body.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, request.count - sent)
    buffer.copyBytes(from: request[sent..<sent + count])
    sent += count
    return count
  }

  func shouldStop() -> Bool {
    guard isCancelled() else { return false }
    stopReason = "the request was cancelled here"
    return true
  }
}

private func owner(_ pointer: UnsafeMutableRawPointer) -> CurlExchange {
  Unmanaged<CurlExchange>.fromOpaque(pointer).takeUnretainedValue()
}

/// libcurl's write callback.
func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?,
  _ size: Int,
  _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
  // Another number than was offered makes libcurl stop.
  return owner(context).receive(piece) ? size * count : 0
}

/// libcurl's header callback, once per line.
func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?,
  _ size: Int,
  _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  owner(context).receiveHeader(String(decoding: line, as: UTF8.self))
  return size * count
}

/// libcurl's read callback.
func sendBody(
  _ bytes: UnsafeMutablePointer<CChar>?,
  _ size: Int,
  _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context, let bytes else { return 0 }
  return owner(context).fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}

/// libcurl's seek callback: refuses, so that libcurl cannot send a request a second time.
func refuseSeek(
  _ context: UnsafeMutableRawPointer?,
  _ offset: curl_off_t,
  _ origin: Int32
) -> Int32 {
  CURL_SEEKFUNC_FAIL
}

/// libcurl's progress callback, at least once a second.
func watchProgress(
  _ context: UnsafeMutableRawPointer?,
  _ downloadTotal: curl_off_t,
  _ downloaded: curl_off_t,
  _ uploadTotal: curl_off_t,
  _ uploaded: curl_off_t
) -> Int32 {
  guard let context else { return 0 }
  return owner(context).shouldStop() ? 1 : 0
}
