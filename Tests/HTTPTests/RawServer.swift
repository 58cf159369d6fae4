import Glibc

/// A server of one connection at a time that does on the socket exactly what a test tells it.
final class RawServer: @unchecked Sendable {
  // Unchecked: the counters are guarded by `lock`, all else is set before the thread starts.

  /// One accepted connection.
  struct Connection {
    let descriptor: Int32
    let server: RawServer

    /// Reads a whole request with its body; nil once the client closed.
    func readRequest() -> String? {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65536)
      while true {
        let text = String(decoding: bytes, as: UTF8.self)
        if let end = text.range(of: "\r\n\r\n"), bytes.count >= end + length(of: text) {
          server.count(request: text)
          return text
        }
        let got = recv(descriptor, &buffer, buffer.count, 0)
        if got <= 0 { return nil }
        bytes.append(contentsOf: buffer[..<got])
      }
    }

    private func length(of request: String) -> Int {
      for line in request.split(separator: "\r\n") {
        let parts = line.split(separator: ":")
        if parts.count == 2, parts[0].lowercased() == "content-length" {
          return Int(parts[1].drop { $0 == " " }) ?? 0
        }
      }
      return 0
    }

    /// Sends text as it is.
    func write(_ text: String) { write(Array(text.utf8)) }

    /// Sends bytes as they are.
    func write(_ bytes: [UInt8]) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let done = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, noSignal) }
        if done <= 0 { return }
        rest = rest.dropFirst(done)
      }
    }

    private var noSignal: Int32 { Int32(MSG_NOSIGNAL) }

    /// Answers with a body of a type.
    func answer(
      _ body: [UInt8],
      status: String = "200 OK",
      type: String = "application/json",
      headers: String = ""
    ) {
      write(
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
          + "\(headers)\r\n"
      )
      write(body)
    }
  }

  let port: Int
  private let listener: Int32
  private let serve: @Sendable (Connection) -> Void
  private var thread = pthread_t()
  private var lock = pthread_mutex_t()
  private var requestTexts: [String] = []
  private var connectionCount = 0

  /// A server on a free port of loopback that hands each connection to `serve`.
  init(_ serve: @escaping @Sendable (Connection) -> Void) {
    self.serve = serve
    pthread_mutex_init(&lock, nil)
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, size)
        _ = listen(descriptor, 8)
        _ = getsockname(descriptor, $0, &size)
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    pthread_create(&thread, nil, run, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Stops accepting and waits for the thread.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    pthread_join(thread, nil)
    close(listener)
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [String] { locked { requestTexts } }
  var connections: Int { locked { connectionCount } }

  fileprivate func acceptAll() {
    while true {
      let descriptor = accept(listener, nil, nil)
      if descriptor < 0 { return }
      locked { connectionCount += 1 }
      serve(Connection(descriptor: descriptor, server: self))
      close(descriptor)
    }
  }

  fileprivate func count(request: String) { locked { requestTexts.append(request) } }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    return body()
  }
}

private func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context {
    Unmanaged<RawServer>.fromOpaque(context).takeUnretainedValue().acceptAll()
  }
  return nil
}

extension String {
  /// Offset in bytes just behind the first occurrence of `needle`; nil if there is none.
  fileprivate func range(of needle: String) -> Int? {
    let hay = Array(utf8)
    let pin = Array(needle.utf8)
    guard hay.count >= pin.count else { return nil }
    for start in 0...(hay.count - pin.count) where hay[start..<start + pin.count].elementsEqual(pin)
    {
      return start + pin.count
    }
    return nil
  }
}
