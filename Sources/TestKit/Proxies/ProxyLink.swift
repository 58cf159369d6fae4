internal import Glibc

/// One connection through a proxy: two sockets, and for each direction what waits to be written.
struct ProxyLink {
  /// One direction of the connection.
  struct Lane {
    /// Bytes that the receiving side has not taken yet, from `start` on.
    var pending: [UInt8] = []
    var start = 0
    /// The source has sent its end.
    var hasEnded = false
    /// The end was passed on.
    var isShut = false
    var swallows = false
    var heldUntil: ContinuousClock.Instant?

    var waiting: Int { pending.count - start }

    /// Nothing moves in this lane before the hold is over.
    func isHeld(_ now: ContinuousClock.Instant) -> Bool { heldUntil.map { now < $0 } ?? false }
  }

  /// A source is not read while this much waits for its receiver.
  static let pendingLimit = 1 << 20

  let number: Int
  let client: Int32
  let server: Int32
  /// The connection to the server is still being made.
  var isConnecting = true
  var toServer = Lane()
  var toClient = Lane()

  subscript(direction: ProxyDirection) -> Lane {
    get { direction == .toServer ? toServer : toClient }
    set { if direction == .toServer { toServer = newValue } else { toClient = newValue } }
  }

  func source(_ direction: ProxyDirection) -> Int32 { direction == .toServer ? client : server }

  func target(_ direction: ProxyDirection) -> Int32 { direction == .toServer ? server : client }

  mutating func append(_ bytes: [UInt8], _ direction: ProxyDirection) {
    guard !self[direction].swallows else { return }
    if direction == .toServer { toServer.pending += bytes } else { toClient.pending += bytes }
  }

  /// Writes what the receiver takes; throws where it is gone.
  mutating func flush(_ direction: ProxyDirection) throws(TestKitError) {
    if direction == .toServer, isConnecting { return }
    let target = target(direction)
    if direction == .toServer {
      try Self.flush(&toServer, target)
    } else {
      try Self.flush(&toClient, target)
    }
  }

  private static func flush(_ lane: inout Lane, _ target: Int32) throws(TestKitError) {
    while lane.waiting > 0 {
      let sent = try Descriptor.send(target, lane.pending[lane.start...])
      if sent == 0 { break }
      lane.start += sent
    }
    if lane.waiting == 0 {
      lane.pending.removeAll(keepingCapacity: true)
      lane.start = 0
      if lane.hasEnded, !lane.isShut {
        shutdown(target, Int32(SHUT_WR))
        lane.isShut = true
      }
    }
  }

  func close(reset: Bool) {
    for socket in [client, server] {
      if reset { Loopback.reset(socket) } else { Glibc.close(socket) }
    }
  }
}
