/// Which way bytes travel through a proxy.
public enum ProxyDirection: Sendable, Hashable, CaseIterable {
  /// From the client that connected to the server behind the proxy.
  case toServer
  /// From the server to the client.
  case toClient
}

/// What a proxy does next on the connection that bytes came from.
enum ProxyStep: Sendable {
  /// Passes these bytes on.
  case send([UInt8], ProxyDirection)
  /// Waits until everything sent before has been handed to the kernel.
  case flush
  /// Flushes and runs this.
  case then(@Sendable () -> Void)
  /// Keeps what follows in this direction back for a while.
  case hold(Duration, ProxyDirection)
  /// Swallows what follows in this direction; the connection stays open.
  case swallow(ProxyDirection)
  /// Closes both sides after what was sent before.
  case cut
}

/// Decides what becomes of the bytes; called on the proxy's thread only.
protocol ProxyPolicy: AnyObject, Sendable {
  /// A client has connected.
  func opened(_ connection: Int, _ perform: (ProxyStep) -> Void)
  /// Bytes have come from one side of a connection.
  ///
  /// Each step is done before `perform` returns; after a cut further steps do nothing.
  func received(
    _ bytes: [UInt8],
    _ direction: ProxyDirection,
    _ connection: Int,
    _ perform: (ProxyStep) -> Void
  )
  /// Both sides are closed.
  func closed(_ connection: Int)
}
