internal import Glibc

/// A plain client connection to a loopback port, for tests that look at single bytes.
public final class TCPConnection: Sendable {
  /// How a connection went on or ended.
  public enum End: Sendable, Equatable {
    /// The other side has closed it in good order.
    case closed
    /// The other side has reset it.
    case reset
    /// It is still open and silent.
    case open
  }

  private let socket: Int32

  /// Connects to `port`.
  public init(port: Int) throws {
    socket = try Loopback.connect(to: port)
    Descriptor.makeNonBlocking(socket)
  }

  deinit {
    close(socket)
  }

  /// Writes all of `bytes`.
  public func send(_ bytes: [UInt8], within duration: Duration = .seconds(10)) throws {
    let deadline = Deadline(within: duration)
    var rest = bytes[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(try Descriptor.send(socket, rest))
      guard rest.isEmpty || Descriptor.wait(socket, for: POLLOUT, deadline) else {
        throw TestKitError.timedOut(waitingFor: "room to send", after: duration, seen: "")
      }
    }
  }

  /// Reads until `count` bytes are there, the connection ends, or the time is over.
  public func read(
    _ count: Int = .max,
    within duration: Duration
  ) -> (bytes: [UInt8], end: End) {
    let deadline = Deadline(within: duration)
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard Descriptor.wait(socket, for: POLLIN, deadline) else { break }
      do {
        guard let more = try Descriptor.read(socket, atMost: min(1 << 16, count - bytes.count))
        else { continue }
        if more.isEmpty { return (bytes, .closed) }
        bytes += more
      } catch {
        return (bytes, .reset)
      }
    }
    return (bytes, .open)
  }
}
