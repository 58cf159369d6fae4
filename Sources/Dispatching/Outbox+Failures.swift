extension Outbox {
  /// Odoo has answered an attempt: the line is good, and wider by what it has carried.
  mutating func answered(_ uuid: String) -> [Action] {
    answers += 1
    unansweredInARow = 0
    items[uuid]?.unserved = 0
    switch line {
    case .open(let window, let count):
      // One more for each full window of answers.
      line =
        count + 1 >= window
        ? .open(window: min(window + 1, policy.parallel), answers: 0)
        : .open(window: window, answers: count + 1)
      return []
    case .probing(let probe, _) where probe == uuid: return reopen()
    case .probingKey(let probe) where probe == uuid: return reopen()
    // What was under way before the line broke says nothing about it now.
    case .probing, .probingKey, .broken, .denied, .offline: return []
    }
  }

  /// Halves the window: Odoo has enough to do.
  mutating func narrow() {
    if case .open(let window, _) = line { line = .open(window: max(1, window / 2), answers: 0) }
  }

  /// Opens the line narrowly, and says that what was told is over.
  mutating func reopen() -> [Action] {
    line = .open(window: 1, answers: 0)
    let over = alarms.sorted { $0.rawValue < $1.rawValue }
    alarms = []
    return over.map { .clear($0) }
  }

  /// Closes the line, with one alarm for as long as it lasts.
  mutating func close(_ closed: Line, _ alarm: Alarm) -> [Action] {
    line = closed
    return alarms.insert(alarm).inserted ? [.alarm(alarm)] : []
  }

  /// An attempt has to be made again.
  mutating func later(
    _ uuid: String,
    _ reason: Reason,
    _ asked: Duration,
    _ now: Duration,
    _ random: UInt64
  ) -> [Action] {
    items[uuid]?.turn = .ready
    switch reason {
    case .conflict: return conflict(uuid, asked, now, random)
    case .notYet:
      // Nothing failed: what is to come is in Odoo's hands, and is asked for at a gentle pace.
      let actions = answered(uuid)
      let delay = max(asked, (policy.firstDelay * 4).jittered(random))
      return actions + wait(uuid, until: now + delay)
    case .unsettled: return answered(uuid) + wait(uuid, until: now + max(asked, policy.firstLook))
    case .unreachable, .unavailable:
      return breakLine(asked, now, random, by: uuid) + unserved(uuid, now, random)
    case .unanswered:
      unansweredInARow += 1
      let isProbe = line.probe == uuid
      let isBroken = isProbe || unansweredInARow >= policy.unansweredLimit
      narrow()
      let actions = isBroken ? breakLine(asked, now, random, by: uuid) : []
      let delay = Backoff(first: policy.firstDelay, longest: policy.longestDelay)
        .delay(after: max(1, items[uuid]?.unserved ?? 1), random: random)
      if items[uuid] != nil { items[uuid]?.turn = .waiting(until: now + max(asked, delay)) }
      return actions + unserved(uuid, now, random)
    case .denied:
      let until = now + max(asked, policy.deniedProbe.jittered(random))
      return close(.denied(until: until), .denied)
    }
  }

  /// Odoo has said no for now; counts, and narrows the window.
  private mutating func conflict(
    _ uuid: String,
    _ asked: Duration,
    _ now: Duration,
    _ random: UInt64
  ) -> [Action] {
    var actions = answered(uuid)
    narrow()
    guard let attempts = items[uuid]?.entry.attempts else { return actions }
    items[uuid]?.entry.attempts = attempts + 1
    guard attempts + 1 < policy.conflictLimit else { return actions + park(uuid) }
    let delay = Backoff(first: policy.firstDelay, longest: policy.longestDelay)
      .delay(after: attempts + 1, random: random)
    actions += wait(uuid, until: now + max(asked, delay))
    return actions
  }

  /// Odoo could not serve a confirmation.
  ///
  /// That counts against it only if Odoo has answered others since it was last tried: an outage of
  /// a week uses up no attempts.
  private mutating func unserved(
    _ uuid: String,
    _ now: Duration,
    _ random: UInt64
  ) -> [Action] {
    guard var item = items[uuid] else { return [] }
    // Another one tries the line next time.
    item.unserved += 1
    let isAlone = answers == item.answersBefore
    item.answersBefore = answers
    items[uuid] = item
    guard !isAlone else {
      if case .waiting(let until) = item.turn { return wait(uuid, until: until) }
      return []
    }
    items[uuid]?.entry.attempts += 1
    guard item.entry.attempts + 1 < policy.unservedLimit else { return park(uuid) }
    let delay = Backoff(first: policy.firstDelay, longest: policy.longestDelay)
      .delay(after: item.entry.attempts + 1, random: random)
    return wait(uuid, until: now + delay)
  }

  private mutating func wait(_ uuid: String, until: Duration) -> [Action] {
    guard let item = items[uuid] else { return [] }
    items[uuid]?.turn = .waiting(until: until)
    return [.wait(uuid, until: until, attempts: item.entry.attempts)]
  }

  private mutating func park(_ uuid: String) -> [Action] {
    items[uuid]?.turn = .parked
    return [.park(uuid, .keepsFailing)]
  }

  /// Odoo cannot be reached or cannot serve.
  private mutating func breakLine(
    _ asked: Duration,
    _ now: Duration,
    _ random: UInt64,
    by uuid: String
  ) -> [Action] {
    let backoff = Backoff(first: policy.firstProbe, longest: policy.longestProbe)
    // The wait is made uneven anew: asked for by a server, it is the same for all its clients.
    let spread = (asked / 10) * Int(random >> 32 % 1024) / 1024
    func until(_ failures: Int) -> Duration {
      now + max(asked + spread, backoff.delay(after: failures, random: random))
    }
    if asked > .zero { notBefore = max(notBefore, now + asked) }
    switch line {
    case .open:
      return close(.broken(until: until(1), failures: asked > .zero ? 2 : 1), .unreachable)
    case .probing(let probe, let failures) where probe == uuid:
      return close(.broken(until: until(failures + 1), failures: failures + 1), .unreachable)
    case .broken(let known, let failures):
      // Another attempt that was under way when the line broke: the same outage.
      line = .broken(until: max(known, now + asked), failures: max(1, failures))
      return alarms.insert(.unreachable).inserted ? [.alarm(.unreachable)] : []
    case .probingKey(let probe) where probe == uuid:
      line = .denied(until: until(1))
      return []
    case .probing, .probingKey, .denied, .offline: return []
    }
  }
}

extension Outbox.Line {
  /// The confirmation that tries the line.
  var probe: String? {
    switch self {
    case .probing(let uuid, _), .probingKey(let uuid): uuid
    case .open, .broken, .denied, .offline: nil
    }
  }
}
