internal import Glibc

/// Messages to systemd (`sd_notify(3)`); nothing where systemd did not start the agent.
enum Systemd {
  /// Sends one or more `NAME=value` lines.
  static func notify(_ text: String) {
    guard let path = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }) else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    guard let first = name.first, name.count < MemoryLayout.size(ofValue: address.sun_path) else {
      return
    }
    if first == UInt8(ascii: "@") { name[0] = 0 }  // an abstract socket
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let message = Array(text.utf8)
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
  }

  /// Half the watchdog's interval in milliseconds; nil if there is no watchdog.
  static var watchdogInterval: Int64? {
    guard let text = getenv("WATCHDOG_USEC").map({ String(cString: $0) }),
      let micros = Int64(text), micros > 0
    else { return nil }
    return max(1, micros / 2000)
  }
}
