internal import Glibc
internal import JSON

/// The least of an HTTP client: one request, read to the end of the connection.
struct PlainClient {
  let port: UInt16

  struct Answer {
    let status: Int
    let headers: String
    let body: [UInt8]

    func header(_ name: String) -> String {
      let wanted = name.lowercased() + ":"
      let line = headers.split(separator: "\r\n").first { $0.lowercased().hasPrefix(wanted) }
      guard let line else { return "" }
      return String(line.dropFirst(wanted.count).drop { $0 == " " })
    }
  }

  /// Nil where the connection ended without an answer.
  func send(
    _ method: String,
    _ path: String,
    headers: [(name: String, value: String)] = [],
    body: [UInt8] = []
  ) throws -> Answer? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw ContractError("no socket") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return nil }
    var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    for header in headers { head += "\(header.name): \(header.value)\r\n" }
    head += "Content-Length: \(body.count)\r\n\r\n"
    var out = Array(head.utf8) + body
    while !out.isEmpty {
      let sent = Glibc.send(descriptor, out, out.count, Int32(MSG_NOSIGNAL))
      guard sent > 0 else { return nil }
      out.removeFirst(sent)
    }
    return parse(readAll(descriptor))
  }

  private func readAll(_ descriptor: Int32) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }

  private func parse(_ bytes: [UInt8]) -> Answer? {
    let end: [UInt8] = [13, 10, 13, 10]
    guard bytes.count > 12,
      let split = bytes.indices.dropLast(3).first(where: { Array(bytes[$0..<$0 + 4]) == end })
    else { return nil }
    let head = String(decoding: bytes[..<split], as: UTF8.self)
    let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return Answer(status: status ?? 0, headers: head, body: Array(bytes[(split + 4)...]))
  }
}
