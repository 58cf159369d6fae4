import Glibc
import TestKit
import Testing

/// The socket on which systemd hears a service.
private final class NotifySocket {
  let path: String
  private let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard code == 0 else { throw TestKitError.unexpected("bind \(path): \(errno)") }
  }

  deinit { close(descriptor) }

  /// The next message; nil if none comes in time.
  func next(within milliseconds: Int32) -> String? {
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&poller, 1, milliseconds) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = read(descriptor, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

@Suite("systemd")
struct WatchdogTests {
  @Test func hearsThatTheAgentIsReadyAliveAndStopping() throws {
    let box = try Box()
    let socket = try NotifySocket(box.directory.path("notify"))
    try box.launch(environment: ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "3000000"])
    var isReady = false
    while !isReady, let message = socket.next(within: 10_000) { isReady = message == "READY=1" }
    #expect(isReady)
    // Idle for longer than the watchdog: it must hear the agent all the same.
    let start = ContinuousClock.now
    var beats = 0
    while start.duration(to: .now) < .seconds(6) {
      let message = socket.next(within: 3000)
      #expect(message == "WATCHDOG=1")
      if message == nil { break }
      beats += 1
    }
    #expect(beats >= 2)
    #expect(try box.stop() == .exited(0))
    var last: String?
    while let message = socket.next(within: 200) { last = message }
    #expect(last == "STOPPING=1")
  }
}
