internal import CTestKit
internal import Glibc

/// Plain calls on file descriptors with their errors as Swift errors.
enum Descriptor {
  /// Bytes that can be read now; empty at the end, nil where a non-blocking read has to wait.
  static func read(_ descriptor: Int32, atMost count: Int) throws(TestKitError) -> [UInt8]? {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      var result = Glibc.read(descriptor, buffer.baseAddress, count)
      while result < 0, errno == EINTR {
        result = Glibc.read(descriptor, buffer.baseAddress, count)
      }
      code = result < 0 ? errno : 0
      used = max(0, result)
    }
    switch code {
    case 0: return bytes
    case EAGAIN: return nil
    default: throw .system(operation: "read", code: code)
    }
  }

  /// How many bytes of `bytes` the socket took; 0 where it has to wait.
  static func send(_ socket: Int32, _ bytes: ArraySlice<UInt8>) throws(TestKitError) -> Int {
    let sent = bytes.withUnsafeBytes {
      Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if sent >= 0 { return sent }
    guard errno == EAGAIN || errno == EINTR else { throw .last("send") }
    return 0
  }

  /// Waits until the descriptor is ready for `events`; false when the time ran out.
  static func wait(_ descriptor: Int32, for events: Int32, _ deadline: Deadline) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    while true {
      let ready = poll(&entry, 1, deadline.milliseconds)
      if ready > 0 { return true }
      if ready == 0 || errno != EINTR { return false }
    }
  }

  /// A pipe that no child inherits.
  static func pipe() throws(TestKitError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard testkit_pipe(&ends) == 0 else { throw .last("pipe2") }
    return (ends[0], ends[1])
  }

  static func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }
}
