internal import Dispatching
internal import Floor
public import Journal

extension Intake {
  /// Stores what an event changed at its stations: at once what began or ended, at the end of the
  /// batch what was counted.
  func keep(_ judgement: Floor.Judgement, by sequence: Int64) throws(SQLiteError) {
    let confirmed = Set(judgement.confirmations.map(\.target))
    let held = Set(
      judgement.changed.flatMap { floor.stations[$0.name]?.tallies.map(\.target) ?? [] }
    )
    for changed in judgement.changed {
      for tally in changed.before?.tallies ?? [] where !held.contains(tally.target) {
        guard let row = tallyRows.removeValue(forKey: tally.target) else { continue }
        let outcome: Journal.TallyOutcome =
          confirmed.contains(tally.target) ? .confirmed : .discarded
        try journal.close(row, tally, by: sequence, outcome: outcome)
        dirtyTallies[tally.target] = nil
      }
    }
    for changed in judgement.changed {
      try keep(changed.name, changed.before, by: sequence)
    }
  }

  private func keep(
    _ name: String,
    _ before: Station?,
    by sequence: Int64
  ) throws(SQLiteError) {
    guard let after = floor.stations[name] else { return }
    for tally in after.tallies {
      guard let row = tallyRows[tally.target] else {
        tallyRows[tally.target] = try journal.open(tally, at: name, by: sequence)
        continue
      }
      let old = before?.tallies.first { $0.target == tally.target }
      if old == nil { try journal.move(row, to: name) }
      if old != tally { dirtyTallies[tally.target] = name }
    }
    if before?.isStored(like: after) != true { dirtyStations.insert(name) }
  }

  /// What is in hands at the stations: counted for a transfer that is not closed.
  func heldGoods() -> [HeldGoods] {
    floor.stations.values.flatMap(\.tallies).compactMap { tally in
      let products = Dictionary(
        tally.lines.map { ($0.productID, $0.quantity) },
        uniquingKeysWith: +
      )
      guard products.contains(where: { $0.value > .zero }) else { return nil }
      return HeldGoods(transfer: tally.transfer.name, target: tally.target, products: products)
    }
  }

  /// Finds out, at start, which answers may never have reached their devices.
  ///
  /// Young ones are sent again. For older ones a beep now would mislead: their stations are told
  /// with the next answer what is counted.
  public func answersAfterRestart(at stamp: Stamp) throws(SQLiteError) -> [Answer] {
    var answers: [Answer] = []
    let open = try journal.unanswered(after: answeredThrough, limit: Self.restartLimit)
    for (event, boot, monotonic) in open {
      let isYoung =
        boot == stamp.boot && stamp.monotonic - monotonic <= settings.feedbackExpires
      if isYoung, let device = event.device {
        answers.append(
          Answer(
            sequence: event.sequence,
            eventID: event.id,
            device: device,
            profile: event.profile ?? "",
            verdict: event.verdict,
            isRepeat: true
          )
        )
      } else if let station = event.station {
        floor.requireResync(at: station)
        dirtyStations.insert(station)
        answered(through: event.sequence)
      }
    }
    return answers
  }

  /// Answers that are looked at after a restart; more cannot have been in flight.
  static var restartLimit: Int { 10_000 }

  /// Notes that all events up to `sequence` are answered, or that it is too late to.
  public func answered(through sequence: Int64) {
    guard sequence > answeredThrough else { return }
    answeredThrough = sequence
    answeredIsStored = false
  }
}

extension Station {
  /// True if the journal has nothing to change beside the tallies' counts.
  func isStored(like other: Station) -> Bool {
    active == other.active && group == other.group && count == other.count
      && joined == other.joined && keyed == other.keyed && lastClosed == other.lastClosed
      && needsResync == other.needsResync
  }
}
