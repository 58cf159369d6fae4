/// The fault proxy's policy: counts requests and does to them what was asked for.
final class FaultPolicy: ProxyPolicy {
  /// A fault for requests that contain something.
  struct Matched: Sendable {
    let pattern: [UInt8]
    let fault: TCPFault
    var left: Int
  }

  /// The request that a connection is busy with.
  struct Exchange: Sendable {
    var isAnswering = true
    var fault: TCPFault?
    var requestBytes = 0
    var answerBytes = 0
  }

  struct State: Sendable {
    var numbered: [Int: TCPFault] = [:]
    var matched: [Matched] = []
    var always: TCPFault?
    var happened: [(request: Int, fault: TCPFault)] = []
    var connections = 0
    var requests = 0
    var open: [Int: Exchange] = [:]
  }

  let state = Monitor(State())

  func opened(_ connection: Int, _ perform: (ProxyStep) -> Void) {
    state.update {
      $0.connections += 1
      $0.open[connection] = Exchange()
    }
  }

  func closed(_ connection: Int) {
    state.update { $0.open[connection] = nil }
  }

  func received(
    _ bytes: [UInt8],
    _ direction: ProxyDirection,
    _ connection: Int,
    _ perform: (ProxyStep) -> Void
  ) {
    let steps = state.update { state in
      direction == .toServer
        ? state.request(bytes, connection) : state.answer(bytes, connection)
    }
    steps.forEach(perform)
  }
}

extension FaultPolicy.State {
  mutating func request(_ bytes: [UInt8], _ connection: Int) -> [ProxyStep] {
    var exchange = open[connection] ?? .init()
    let begins = exchange.isAnswering
    if begins {
      requests += 1
      exchange = FaultPolicy.Exchange(isAnswering: false, fault: choose(bytes))
      if let fault = exchange.fault { happened.append((requests, fault)) }
    }
    let before = exchange.requestBytes
    exchange.requestBytes += bytes.count
    open[connection] = exchange
    switch exchange.fault {
    case .dropRequest: return [.cut]
    case .cutRequest(let limit) where exchange.requestBytes >= limit:
      return [.send(Array(bytes.prefix(max(0, limit - before))), .toServer), .cut]
    case .blackHole: return [.swallow(.toServer), .swallow(.toClient)]
    case .delayRequest(let duration) where begins:
      return [.hold(duration, .toServer), .send(bytes, .toServer)]
    default: return [.send(bytes, .toServer)]
    }
  }

  mutating func answer(_ bytes: [UInt8], _ connection: Int) -> [ProxyStep] {
    // Asks for the rest of a request; the request goes on after it.
    if bytes.starts(with: "HTTP/1.1 100".utf8) { return [.send(bytes, .toClient)] }
    guard var exchange = open[connection] else { return [] }
    let begins = exchange.answerBytes == 0
    let before = exchange.answerBytes
    exchange.isAnswering = true
    exchange.answerBytes += bytes.count
    open[connection] = exchange
    switch exchange.fault {
    case .dropAnswer: return [.cut]
    case .cutAnswer(let limit) where exchange.answerBytes >= limit:
      return [.send(Array(bytes.prefix(max(0, limit - before))), .toClient), .cut]
    case .swallowAnswer: return [.swallow(.toClient)]
    case .delayAnswer(let duration) where begins:
      return [.hold(duration, .toClient), .send(bytes, .toClient)]
    default: return [.send(bytes, .toClient)]
    }
  }

  private mutating func choose(_ bytes: [UInt8]) -> TCPFault? {
    if let fault = numbered.removeValue(forKey: requests) { return fault }
    for index in matched.indices where matched[index].left > 0 {
      if firstIndex(of: matched[index].pattern, in: bytes[...]) != nil {
        matched[index].left -= 1
        return matched[index].fault
      }
    }
    return always
  }
}
