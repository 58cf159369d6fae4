internal import Glibc

/// The thread of a proxy: one `poll` over the listener and all connections.
///
/// Owned by its thread; other threads reach it through `ProxyEngine`.
struct ProxyLoop {
  /// How long a step waits for a peer that does not take its bytes.
  static let flushPatience = Duration.seconds(10)

  let listener: Int32
  let waker: Int32
  let upstream: Int
  let resets: Bool
  let policy: any ProxyPolicy
  var links: [ProxyLink] = []
  var paused: Set<ProxyDirection> = []
  var isOver = false
  private var lastNumber = 0

  init(listener: Int32, waker: Int32, upstream: Int, resets: Bool, policy: any ProxyPolicy) {
    self.listener = listener
    self.waker = waker
    self.upstream = upstream
    self.resets = resets
    self.policy = policy
  }

  /// Waits for something to do and does it.
  mutating func turn() {
    let now = ContinuousClock.now
    var entries = [
      pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
      pollfd(fd: waker, events: Int16(POLLIN), revents: 0),
    ]
    for link in links {
      entries.append(pollfd(fd: link.client, events: events(link, .toServer, now), revents: 0))
      entries.append(pollfd(fd: link.server, events: events(link, .toClient, now), revents: 0))
    }
    // A descriptor without wanted events would still report a hang-up, again and again.
    for index in entries.indices where entries[index].events == 0 { entries[index].fd = -1 }
    guard poll(&entries, nfds_t(entries.count), timeout(now)) >= 0 else { return }

    if entries[1].revents != 0 { _ = try? Descriptor.read(waker, atMost: 4_096) }
    var closed: [Int] = []
    for index in links.indices {
      let ready = (entries[2 + 2 * index].revents, entries[3 + 2 * index].revents)
      if ready != (0, 0) || links[index].holds {
        if !serve(index, client: ready.0, server: ready.1) { closed.append(index) }
      }
    }
    for index in closed.reversed() { close(index) }
    if entries[0].revents != 0 { acceptAll() }
  }

  /// Closes every connection.
  mutating func cutAll() {
    while let last = links.indices.last { close(last) }
  }

  private mutating func close(_ index: Int) {
    let link = links.remove(at: index)
    link.close(reset: resets)
    policy.closed(link.number)
  }

  private func events(
    _ link: ProxyLink,
    _ direction: ProxyDirection,
    _ now: ContinuousClock.Instant
  ) -> Int16 {
    var events: Int32 = 0
    let lane = link[direction]
    let isOpen = !paused.contains(direction) && !lane.isHeld(now)
    if isOpen, !lane.hasEnded, lane.waiting < ProxyLink.pendingLimit,
      !(direction == .toClient && link.isConnecting)
    {
      events |= POLLIN
    }
    // This socket is also where the other direction is written.
    let back: ProxyDirection = direction == .toServer ? .toClient : .toServer
    if link[back].waiting > 0, !paused.contains(back), !link[back].isHeld(now) {
      events |= POLLOUT
    }
    if direction == .toClient, link.isConnecting { events |= POLLOUT }
    return Int16(events)
  }

  /// Until the first hold is over, or for ever.
  private func timeout(_ now: ContinuousClock.Instant) -> Int32 {
    let holds = links.flatMap { [$0.toServer.heldUntil, $0.toClient.heldUntil] }.compactMap { $0 }
    guard let first = holds.filter({ $0 > now }).min() else {
      return holds.isEmpty ? -1 : 0
    }
    return now.duration(to: first).pollMilliseconds
  }

  private mutating func acceptAll() {
    while let client = Loopback.accept(listener) {
      guard let server = try? Loopback.startConnecting(upstream) else {
        Loopback.reset(client)
        continue
      }
      lastNumber += 1
      links.append(ProxyLink(number: lastNumber, client: client, server: server))
      let index = links.endIndex - 1
      var goesOn = true
      policy.opened(lastNumber) { goesOn = goesOn && perform($0, index) }
      if !goesOn { close(index) }
    }
  }

  /// False where the connection is over.
  private mutating func serve(_ index: Int, client: Int16, server: Int16) -> Bool {
    if links[index].isConnecting, server != 0 {
      guard Loopback.pendingError(links[index].server) == 0 else { return false }
      links[index].isConnecting = false
    }
    let now = ContinuousClock.now
    let readable = Int16(POLLIN | POLLHUP | POLLERR)
    do {
      for (direction, ready) in [(ProxyDirection.toServer, client), (.toClient, server)] {
        if let until = links[index][direction].heldUntil, until <= now {
          links[index][direction].heldUntil = nil
        }
        guard ready & readable != 0, !links[index][direction].hasEnded,
          !links[index][direction].isHeld(now), !paused.contains(direction),
          !(direction == .toClient && links[index].isConnecting)
        else { continue }
        if try !pump(index, direction) { return false }
      }
      for direction in ProxyDirection.allCases
      where !paused.contains(direction) && !links[index][direction].isHeld(now) {
        try links[index].flush(direction)
      }
    } catch {
      salvage(index)
      return false
    }
    return !(links[index].toServer.isShut && links[index].toClient.isShut)
  }

  /// Takes in what both sides had still said when one of them was found dead.
  ///
  /// A client that was killed may have acknowledged messages that lie unread in its socket.
  private mutating func salvage(_ index: Int) {
    for direction in ProxyDirection.allCases where !paused.contains(direction) {
      let source = links[index].source(direction)
      while let bytes = try? Descriptor.read(source, atMost: 1 << 16), !bytes.isEmpty {
        guard !links[index][direction].swallows else { continue }
        guard handOver(bytes, direction, index) else { return }
      }
      try? links[index].flush(direction)
    }
  }

  /// Reads once from a source and does what the policy says; false where it says cut.
  private mutating func pump(_ index: Int, _ direction: ProxyDirection) throws -> Bool {
    let source = links[index].source(direction)
    guard let bytes = try Descriptor.read(source, atMost: 1 << 16) else { return true }
    if bytes.isEmpty {
      links[index][direction].hasEnded = true
      return true
    }
    if links[index][direction].swallows { return true }
    return handOver(bytes, direction, index)
  }

  /// Gives bytes to the policy and does its steps; false where one of them was to cut.
  private mutating func handOver(
    _ bytes: [UInt8],
    _ direction: ProxyDirection,
    _ index: Int
  ) -> Bool {
    var goesOn = true
    policy.received(bytes, direction, links[index].number) { step in
      goesOn = goesOn && perform(step, index)
    }
    return goesOn
  }

  /// False where the step was to cut.
  private mutating func perform(_ step: ProxyStep, _ index: Int) -> Bool {
    switch step {
    case .send(let bytes, let direction): links[index].append(bytes, direction)
    case .flush: drain(index)
    case .then(let action):
      drain(index)
      action()
    case .hold(let duration, let direction):
      links[index][direction].heldUntil = .now + duration
    case .swallow(let direction): links[index][direction].swallows = true
    case .cut:
      drain(index)
      return false
    }
    return true
  }

  /// Writes everything that waits, for steps that depend on it having left.
  private mutating func drain(_ index: Int) {
    let deadline = Deadline(within: Self.flushPatience)
    if links[index].isConnecting, links[index].toServer.waiting > 0,
      Descriptor.wait(links[index].server, for: POLLOUT, deadline)
    {
      links[index].isConnecting = Loopback.pendingError(links[index].server) != 0
    }
    for direction in ProxyDirection.allCases where !paused.contains(direction) {
      while (try? links[index].flush(direction)) != nil, links[index][direction].waiting > 0 {
        let target = links[index].target(direction)
        guard Descriptor.wait(target, for: POLLOUT, deadline) else { break }
      }
    }
  }
}

extension ProxyLink {
  /// A lane is, or was until now, held back.
  fileprivate var holds: Bool { toServer.heldUntil != nil || toClient.heldUntil != nil }
}
