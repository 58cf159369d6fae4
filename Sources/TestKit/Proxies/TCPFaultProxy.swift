/// A proxy that breaks connections between an HTTP client and its server in chosen ways.
///
/// Works on any protocol in which the client asks and the server answers, one after the other on
/// each connection: a request begins with the client's first bytes, or its first after an answer.
/// Requests are numbered from 1 in the order in which they begin, over all connections.
public final class TCPFaultProxy: Sendable {
  /// The port that clients connect to.
  public let port: Int

  private let policy = FaultPolicy()
  private let engine: ProxyEngine

  /// A proxy in front of loopback port `upstream`, with no faults yet.
  ///
  /// With `resets` a connection ends with a reset instead of an orderly end.
  public init(upstream: Int, resets: Bool = false) throws {
    engine = try ProxyEngine(upstream: upstream, resets: resets, policy: policy)
    port = engine.port
  }

  /// Does `fault` to the request with this number; the count goes on from `requests`.
  public func inject(_ fault: TCPFault, atRequest number: Int) {
    policy.state.update { $0.numbered[number] = fault }
  }

  /// Does `fault` to the next `times` requests whose first bytes contain `text`.
  ///
  /// What a client writes at once is looked at: head and body of a small HTTP request.
  public func inject(_ fault: TCPFault, whereRequestContains text: String, times: Int = 1) {
    policy.state.update {
      $0.matched.append(.init(pattern: Array(text.utf8), fault: fault, left: times))
    }
  }

  /// Does `fault` to every request that no other fault is meant for, until this is set to nil.
  public func always(_ fault: TCPFault?) {
    policy.state.update { $0.always = fault }
  }

  /// Forgets all faults that have not happened.
  public func clear() {
    policy.state.update { state in
      state.numbered = [:]
      state.matched = []
      state.always = nil
    }
  }

  /// Closes all connections; new ones are still taken.
  public func cut() { engine.cut() }

  /// Stops reading and writing in a direction; the connections stay open.
  public func pause(_ direction: ProxyDirection) { engine.pause(direction) }

  /// Goes on after `pause`.
  public func resume(_ direction: ProxyDirection) { engine.resume(direction) }

  /// Closes all connections and takes no more.
  public func stop() { engine.stop() }

  /// Connections since the beginning.
  public var connections: Int { policy.state.withLock { $0.connections } }

  /// Connections that are open now.
  public var openConnections: Int { policy.state.withLock { $0.open.count } }

  /// Requests since the beginning, broken ones too.
  public var requests: Int { policy.state.withLock { $0.requests } }

  /// The faults that have happened, with the number of their request.
  public var faults: [(request: Int, fault: TCPFault)] { policy.state.withLock { $0.happened } }

  /// Waits until this many requests have begun.
  public func waitForRequests(_ count: Int, within duration: Duration = .seconds(30)) throws {
    let _: Bool = try policy.state.wait(
      for: "\(count) requests",
      within: duration,
      seen: { "\($0.requests)" },
      { $0.requests >= count ? true : nil }
    )
  }

  /// Waits until this many faults have happened.
  public func waitForFaults(_ count: Int, within duration: Duration = .seconds(30)) throws {
    let _: Bool = try policy.state.wait(
      for: "\(count) faults",
      within: duration,
      seen: { "\($0.happened.count)" },
      { $0.happened.count >= count ? true : nil }
    )
  }
}
