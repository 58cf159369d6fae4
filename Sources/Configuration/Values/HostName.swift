/// Names and addresses of machines.
enum HostName {
  /// True for `localhost`, 127.0.0.0/8 and ::1: what never leaves the machine.
  ///
  /// Only whole addresses count: `127.0.0.1.example.com` is somebody else's.
  static func isLoopback(_ host: String) -> Bool {
    if host.lowercased() == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
          && (Int(part) ?? 256) <= 255
      }
  }

  /// True for what may be a host name or an IP address, without port.
  static func isValid(_ host: String) -> Bool {
    let isAddress = host.utf8.contains(UInt8(ascii: ":"))
    return (1...253).contains(host.utf8.count)
      && host.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): !isAddress
        case UInt8(ascii: ":"), UInt8(ascii: "%"): isAddress
        default: false
        }
      }
  }
}

/// The parts of an Odoo server's address that must be judged.
struct ServerAddress {
  var isEncrypted: Bool
  var host: String

  /// Nil unless the text is `http(s)://host[:port][/path]` without user, query and fragment.
  init?(_ text: String) {
    let rest: Substring
    if text.hasPrefix("https://") {
      isEncrypted = true
      rest = text.dropFirst("https://".count)
    } else if text.hasPrefix("http://") {
      isEncrypted = false
      rest = text.dropFirst("http://".count)
    } else {
      return nil
    }
    let refused = text.utf8.contains { $0 <= 0x20 || $0 >= 0x7F || "@?#\\\"".utf8.contains($0) }
    guard !refused, text.utf8.count <= 500 else { return nil }
    let authority = rest.prefix { $0 != "/" }
    let port: Substring
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = String(authority[authority.index(after: authority.startIndex)..<end])
      port = authority[authority.index(after: end)...]
      guard host.contains(":") else { return nil }
    } else {
      host = String(authority.prefix { $0 != ":" })
      port = authority.dropFirst(host.count)
    }
    guard HostName.isValid(host) else { return nil }
    if !port.isEmpty {
      guard port.hasPrefix(":"), let number = Int(port.dropFirst()), (1...65535).contains(number)
      else { return nil }
    }
  }
}
