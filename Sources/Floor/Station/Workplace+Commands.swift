internal import Barcodes

extension Workplace {
  mutating func commanded(_ command: EventBody.Command, _ question: Station.Question?) -> Verdict {
    switch command {
    case .validate: return validate(question)
    case .cancel: return undo()
    case .discard: return discard(question)
    case .status: return status()
    case .park: return park()
    case .newPack: return newPackage()
    case .closePack: return closePackage()
    case .override: return refuse(.commandUnavailable, Sentence(.scanBadge))
    }
  }

  /// Says what is open, counted and left.
  func status() -> Verdict {
    if let sheet = station.count { return accept(.status, Messages.countStatus(sheet)) }
    if let group = station.group { return accept(.status, Messages.groupStatus(group, station)) }
    guard let tally = station.tally else { return refuse(.nothingOpen, Messages.nothingOpen) }
    return accept(.status, Messages.status(tally))
  }

  private mutating func validate(_ question: Station.Question?) -> Verdict {
    if station.count != nil { return closeCount() }
    let isConfirmed = question == .closeIncomplete
    return station.group == nil
      ? close(confirmed: isConfirmed) : closeGroup(confirmed: isConfirmed)
  }

  private mutating func undo() -> Verdict {
    if station.keyed != nil {
      station.keyed = nil
      return accept(.undone, Sentence(.keyedUndone))
    }
    if station.count != nil { return undoCount() }
    if station.group != nil { return undoInGroup() }
    guard var tally = station.tally else { return refuse(.nothingOpen, Messages.nothingOpen) }
    if breaks(.undoForgetsLot), tally.history.last?.added.last?.lot != nil {
      return accept(.undone, Messages.undone(tally))
    }
    guard tally.undo() else { return refuse(.nothingToUndo, Messages.nothingToUndo) }
    station.tally = tally
    return accept(.undone, Messages.undone(tally))
  }

  private mutating func discard(_ question: Station.Question?) -> Verdict {
    if station.count != nil {
      station.count = nil
      return accept(.discarded, Sentence(.countDiscarded))
    }
    let held =
      station.group.map { $0.targets.compactMap { station.tally(of: $0) } }
      ?? station.tally.map { [$0] } ?? []
    guard !held.isEmpty || station.group != nil else {
      return refuse(.nothingOpen, Messages.nothingOpen)
    }
    if question != .discard, held.contains(where: { !$0.lines.isEmpty }) {
      return ask(.discard, .confirmDiscard, Messages.confirmDiscard(held))
    }
    let name = station.group?.name ?? held[0].transfer.name
    for tally in held { station.remove(tally.target) }
    station.group = nil
    return accept(.discarded, Messages.discarded(name))
  }

  mutating func commandBarcode(_ command: CommandBarcode, _ question: Station.Question?) -> Verdict
  {
    switch command {
    case .validate: commanded(.validate, question)
    case .cancel: commanded(.cancel, question)
    case .discard: commanded(.discard, question)
    case .mainMenu: commanded(.status, question)
    case .putInPack: commanded(.newPack, question)
    default: refuse(.commandUnavailable, Messages.commandUnavailable)
    }
  }

  /// A supervisor's badge: lets pass what was refused just now.
  mutating func badge(_ supervisor: String, _ question: Station.Question?) -> Verdict {
    guard case .letPass(let event, let code, _) = question else {
      return refuse(.nothingToOverride, Sentence(.nothingToOverride))
    }
    return judge(event, letting: code, by: supervisor)
  }
}
