extension Workplace {
  /// Puts what is in work aside; scanning it again goes on with it.
  mutating func park() -> Verdict {
    if let tally = station.tally, station.group == nil, station.count == nil {
      station.active = nil
      return accept(.parked, Messages.parked(tally.transfer.name))
    }
    if let group = station.group {
      station.group = nil
      station.active = nil
      for tally in group.targets.compactMap({ station.tally(of: $0) }) where tally.isUntouched {
        station.remove(tally.target)
      }
      return accept(.parked, Messages.parked(group.name))
    }
    return refuse(.nothingOpen, Messages.nothingOpen)
  }

  /// A station that has rested for long has put its transfer aside.
  mutating func parkIfIdle() {
    defer { station.lastEvent = moment.monotonic }
    guard isIdle(station, name) else { return }
    station.active = nil
    station.group = nil
    station.pending = nil
    station.keyed = nil
  }

  /// True if a station has rested for longer than its policy allows.
  private func isIdle(_ station: Station, _ name: String) -> Bool {
    guard let last = station.lastEvent,
      let limit = site.policy(of: station.tally?.transfer.operation, at: name).parkAfter
    else { return false }
    return moment.monotonic - last > limit
  }

  /// A tally that was put aside, here or elsewhere; nil if nobody holds the target.
  ///
  /// Throws where somebody works on it, or says that this station now counts with that one.
  mutating func resume(_ target: Confirmation.Target, _ transfer: String) throws(Refusal) -> Tally?
  {
    if let own = station.tally(of: target) { return own }
    guard let (holder, held) = others.holder(of: target, except: name) else { return nil }
    let isFree = !held.works(on: target) || isIdle(held, holder)
    guard isFree, let tally = held.tally(of: target) else {
      throw Refusal(.openElsewhere, Messages.openElsewhere(transfer, station: holder))
    }
    taken.append((holder, target))
    return tally
  }

  /// The station that works on a target and lets others count with it; nil if it does not.
  func host(of target: Confirmation.Target, _ operation: Transfer.Operation) -> String? {
    guard policy(of: operation).secondStation == .join,
      let (holder, held) = others.holder(of: target, except: name),
      held.active == target, held.group == nil, held.joined == nil
    else { return nil }
    return holder
  }
}

extension Station.Group {
  /// The name of the batch or location.
  var name: String {
    switch kind {
    case .batch(let name), .load(let name): name
    }
  }
}
