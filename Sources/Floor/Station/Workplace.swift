/// One station while one event is judged: the station's state, and what may be asked meanwhile.
struct Workplace<Source: Lookup> {
  var station: Station
  let name: String
  let policy: FloorPolicy
  let lookup: Source
  let moment: Moment
  let others: Floor
  var confirmation: Confirmation?

  /// Judges the event; `station` and `confirmation` hold what it changed.
  mutating func judge(_ event: EventBody) -> Verdict {
    let pending = station.pending.flatMap { $0.until >= moment.monotonic ? $0.question : nil }
    station.pending = nil
    switch event {
    case .scan(let scan): return scanned(scan, pending: pending)
    case .weight(let weight): return weighed(weight)
    case .work(let work): return worked(work)
    case .command(let command): return commanded(command, pending: pending)
    case .count: return refuse(.countUnavailable, Messages.countUnavailable)
    }
  }

  mutating func commanded(_ command: EventBody.Command, pending: Station.Question?) -> Verdict {
    switch command {
    case .validate: return close(confirmed: pending == .closeIncomplete)
    case .cancel: return undo()
    case .discard: return discard()
    case .status:
      guard let tally = station.tally else { return refuse(.nothingOpen, Messages.nothingOpen) }
      return accept(.status, Messages.status(tally))
    }
  }

  /// A good answer about the open transfer.
  func accept(_ code: VerdictCode, _ sentence: Sentence, product: Int? = nil) -> Verdict {
    Verdict(
      signal: .good,
      code: code,
      sentence: sentence,
      left: station.tally?.left(of: product)
    )
  }

  /// A bad answer; nothing was changed.
  func refuse(_ code: VerdictCode, _ sentence: Sentence) -> Verdict {
    Verdict(signal: .bad, code: code, sentence: sentence, left: station.tally?.left())
  }

  private mutating func undo() -> Verdict {
    guard station.tally != nil else { return refuse(.nothingOpen, Messages.nothingOpen) }
    guard station.tally?.undo() == true, let tally = station.tally else {
      return refuse(.nothingToUndo, Messages.nothingToUndo)
    }
    return accept(.undone, Messages.undone(tally))
  }

  private mutating func discard() -> Verdict {
    guard let tally = station.tally else { return refuse(.nothingOpen, Messages.nothingOpen) }
    station.tally = nil
    return accept(.discarded, Messages.discarded(tally))
  }
}

/// Why something was refused while a tally was tried.
struct Refusal: Error {
  let code: VerdictCode
  let message: Sentence

  init(_ code: VerdictCode, _ message: Sentence) {
    self.code = code
    self.message = message
  }
}
