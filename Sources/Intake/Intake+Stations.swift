internal import Floor
public import Journal

extension Intake {
  /// Stores what an event changed at its station: at once what began or ended, at the end of the
  /// batch what was counted.
  func keep(
    _ name: String,
    _ before: Station?,
    closed: Bool,
    by sequence: Int64
  ) throws(SQLiteError) {
    guard let after = floor.stations[name] else { return }
    let old = before?.tally
    let new = after.tally
    if old?.target == new?.target {
      if new != nil, old != new { dirtyTallies.insert(name) }
    } else {
      if let row = tallyRows[name], let old {
        try journal.close(row, old, by: sequence, outcome: closed ? .confirmed : .discarded)
        tallyRows[name] = nil
      }
      if let new { tallyRows[name] = try journal.open(new, at: name, by: sequence) }
      dirtyStations.insert(name)
    }
    if before?.lastClosed != after.lastClosed || before?.needsResync != after.needsResync {
      dirtyStations.insert(name)
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
