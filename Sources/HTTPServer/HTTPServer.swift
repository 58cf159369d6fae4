internal import CMicroHTTPD
internal import Glibc

/// Why a server could not start.
public struct HTTPServerError: Error, CustomStringConvertible {
  /// The address that was asked for.
  public let address: String
  /// The port that was asked for.
  public let port: UInt16
  /// One line for a log, with what to look at.
  public var description: String {
    "cannot listen on \(address):\(port): is the port taken, and the address one of this machine?"
  }
}

/// A small HTTP/1.1 server over libmicrohttpd: requests in as values, responses out as values.
///
/// The whole request is read before the handler runs, so the body limit bounds the memory of a
/// request and the connection limit that of the server. A handler that answers nil closes the
/// connection without an answer.
public final class HTTPServer: @unchecked Sendable {
  // Unchecked: `daemon` changes only under `lock`; everything else is immutable.

  /// What a handler is: called once for each request, on a thread of the server.
  public typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse?

  /// Which threads call the handler.
  public enum Threading: Sendable {
    /// One thread serves all connections; a handler must not block.
    case one
    /// Each connection has its thread; a handler may block.
    case perConnection
  }

  /// How to listen, and the limits.
  public struct Options: Sendable {
    /// A numeric address of this machine.
    public var address = "127.0.0.1"
    /// The port; 0 lets the system choose.
    public var port: UInt16 = 0
    /// Which threads call the handler.
    public var threading = Threading.one
    /// Longest body in bytes; a longer one is answered with 413.
    public var bodyLimit = 8 << 20
    /// What a longer one is answered with; nil for a line of text.
    public var tooLong: HTTPResponse?
    /// Connections at one time.
    public var connectionLimit: UInt32 = 256
    /// Seconds after which a silent connection is closed.
    public var timeoutSeconds: UInt32 = 120
    /// Whether a connection may serve more than one request.
    public var keepAlive = true

    /// The defaults: loopback, a free port.
    public init() {}
  }

  /// The port it listens on.
  public let port: UInt16
  private let context: Unmanaged<ServerContext>
  private var daemon: OpaquePointer?
  private let lock = Lock()

  private init(daemon: OpaquePointer, context: Unmanaged<ServerContext>) {
    self.daemon = daemon
    self.context = context
    self.port = tallyman_mhd_port(daemon)
  }

  deinit {
    stop()
    context.release()
  }

  /// Starts listening; the handler may be called before this returns.
  public static func start(
    _ options: Options = Options(),
    handler: @escaping Handler
  ) throws(HTTPServerError) -> HTTPServer {
    let context = Unmanaged.passRetained(ServerContext(options: options, handler: handler))
    var flags = MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_USE_POLL.rawValue
    if options.threading == .perConnection { flags |= MHD_USE_THREAD_PER_CONNECTION.rawValue }
    let daemon = tallyman_mhd_start(
      flags,
      options.address,
      options.port,
      answerAccess,
      context.toOpaque(),
      requestCompleted,
      options.timeoutSeconds,
      options.connectionLimit
    )
    guard let daemon else {
      context.release()
      throw HTTPServerError(address: options.address, port: options.port)
    }
    return HTTPServer(daemon: daemon, context: context)
  }

  /// Stops listening, lets running handlers finish, closes the connections.
  ///
  /// It may be repeated, but not be called by a handler, for which it would wait.
  public func stop() {
    let stopping = lock.withLock { () -> OpaquePointer? in
      defer { daemon = nil }
      return daemon
    }
    if let stopping { MHD_stop_daemon(stopping) }
  }
}
