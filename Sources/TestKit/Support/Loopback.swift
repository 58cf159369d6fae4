internal import CTestKit
internal import Glibc

/// TCP on 127.0.0.1.
public enum Loopback {
  /// A port that nothing listens on.
  ///
  /// It lies below the range from which the kernel takes the ports of outgoing connections. With a
  /// port of that range a client that keeps trying a stopped server can connect to itself, and
  /// then the server cannot come back on its port.
  public static func freePort() throws -> Int {
    let listener = try listen()
    close(listener.socket)
    return listener.port
  }

  /// A listening socket on a free port.
  static func listen() throws(TestKitError) -> (socket: Int32, port: Int) {
    for _ in 0..<200 {
      if let found = try? listen(on: Int.random(in: ports)) { return found }
    }
    return try listen(on: 0)
  }

  private static func listen(on port: Int) throws(TestKitError) -> (socket: Int32, port: Int) {
    let socket = try makeSocket()
    var address = self.address(port)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && Glibc.listen(socket, 1_024) == 0
          && getsockname(socket, $0, &size) == 0
      }
    }
    guard named else {
      let error = TestKitError.last("listen on 127.0.0.1:\(port)")
      close(socket)
      throw error
    }
    return (socket, Int(UInt16(bigEndian: address.sin_port)))
  }

  /// A socket that connects, or has connected, to a port; errors of the connection come later.
  static func startConnecting(_ port: Int) throws(TestKitError) -> Int32 {
    let socket = try makeSocket()
    Descriptor.makeNonBlocking(socket)
    guard connect(socket, port) == 0 || errno == EINPROGRESS else {
      let error = TestKitError.last("connect to 127.0.0.1:\(port)")
      close(socket)
      throw error
    }
    return socket
  }

  /// A connected socket in blocking mode.
  static func connect(to port: Int) throws(TestKitError) -> Int32 {
    let socket = try makeSocket()
    guard connect(socket, port) == 0 else {
      let error = TestKitError.last("connect to 127.0.0.1:\(port)")
      close(socket)
      throw error
    }
    return socket
  }

  /// The next connection of a listening socket that does not block; nil where there is none.
  static func accept(_ listener: Int32) -> Int32? {
    let socket = testkit_accept(listener)
    guard socket >= 0 else { return nil }
    sendAtOnce(socket)
    return socket
  }

  /// Closes a socket so that the other side sees a reset instead of an end.
  static func reset(_ socket: Int32) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close(socket)
  }

  /// The error of a connection that was being made; 0 where it stands.
  static func pendingError(_ socket: Int32) -> Int32 {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &size)
    return code
  }

  /// Ports from 15000 up to where the kernel's own range begins.
  private static let ports: Range<Int> = {
    let text = (try? File.text("/proc/sys/net/ipv4/ip_local_port_range")) ?? ""
    let first = text.split { $0.isWhitespace }.first.flatMap { Int($0) } ?? 32_768
    return first > 16_000 ? 15_000..<first : 61_000..<65_535
  }()

  private static func makeSocket() throws(TestKitError) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let socket = socket(AF_INET, kind, 0)
    guard socket >= 0 else { throw .last("socket") }
    var on: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    sendAtOnce(socket)
    return socket
  }

  private static func sendAtOnce(_ socket: Int32) {
    var on: Int32 = 1
    setsockopt(
      socket,
      Int32(IPPROTO_TCP),
      TCP_NODELAY,
      &on,
      socklen_t(MemoryLayout<Int32>.size)
    )
  }

  private static func connect(_ socket: Int32, _ port: Int) -> Int32 {
    var address = self.address(port)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}
