extension Workplace {
  /// Opens all transfers of a batch that are ready.
  mutating func open(_ batch: Batch) throws(Refusal) -> Verdict {
    if case .batch(batch.name) = station.group?.kind { return status() }
    if station.count != nil { throw Refusal(.countOpen, Sentence(.countOpen)) }
    if let current = station.tally, !current.isUntouched {
      throw Refusal(.otherTransferOpen, Messages.otherOpen(current, wanted: batch.name))
    }
    if let group = station.group {
      throw Refusal(.otherTransferOpen, Messages.groupOpen(group.name, wanted: batch.name))
    }
    if let current = station.tally { station.remove(current.target) }
    var targets: [Confirmation.Target] = []
    var refusal: Refusal?
    for id in batch.transferIDs {
      guard let transfer = lookup.transfer(id: id) else { continue }
      do throws(Refusal) {
        let tally = try tally(for: transfer)
        guard !targets.contains(tally.target) else { continue }
        station.tally = tally
        targets.append(tally.target)
      } catch {
        refusal = refusal ?? error
      }
    }
    guard let first = targets.first else {
      throw refusal ?? Refusal(.notReady, Messages.batchEmpty(batch.name))
    }
    station.group = Station.Group(kind: .batch(batch.name), targets: targets)
    station.active = first
    return accept(.batchOpened, Messages.batchOpened(batch.name, targets.count))
  }

  /// Does something in the first transfer of the open group that admits it, and tells which.
  mutating func inGroup(
    _ group: Station.Group,
    _ body: (inout Workplace) throws(Refusal) -> Verdict
  ) throws(Refusal) -> Verdict {
    let before = station
    var refusals: [Refusal] = []
    for target in turns(group) {
      station.active = target
      do throws(Refusal) {
        var verdict = try body(&self)
        guard verdict.signal == .good else { return verdict }
        if let name = station.tally?.transfer.name {
          verdict.remarks.append(Messages.goesTo(name))
        }
        return verdict
      } catch {
        refusals.append(error)
        station = before
        passed = []
        remarks = []
      }
    }
    // The transfer that knows the product says best why not.
    let plain: Set<VerdictCode> = [.wrongProduct, .unknownBarcode]
    throw refusals.first { !plain.contains($0.code) } ?? refusals.first
      ?? Refusal(.nothingOpen, Messages.nothingOpen)
  }

  /// The order in which the transfers of a group are tried: one that waits for a lot comes first.
  private func turns(_ group: Station.Group) -> [Confirmation.Target] {
    guard let waiting = station.tally, waiting.marks.awaitingLot != nil,
      group.targets.contains(waiting.target)
    else { return group.targets }
    return [waiting.target] + group.targets.filter { $0 != waiting.target }
  }

  /// Remembers which transfers of the group were changed, once for each change that can be taken
  /// back.
  mutating func noteChanges(since before: Station) {
    guard let group = station.group, before.group?.kind == group.kind else { return }
    for target in group.targets {
      guard let after = station.tally(of: target)?.history else { continue }
      let known = before.tally(of: target)?.history ?? []
      // A full history does not grow, but is another one.
      let isChanged = after.count >= known.count && after != known
      let changes = isChanged ? max(1, after.count - known.count) : 0
      station.group?.trail += Array(repeating: target, count: changes)
    }
    let excess = (station.group?.trail.count ?? 0) - Tally.historyLimit
    if excess > 0 { station.group?.trail.removeFirst(excess) }
  }

  mutating func undoInGroup() -> Verdict {
    guard let target = station.group?.trail.popLast(), var tally = station.tally(of: target),
      tally.undo()
    else { return refuse(.nothingToUndo, Messages.nothingToUndo) }
    station.tally = tally
    let verdict = accept(.undone, Messages.undone(tally))
    switch station.group?.kind {
    case .load:
      if tally.isUntouched { station.remove(target) }
      station.active = station.group?.trail.last
    case .batch: station.active = station.group?.trail.last ?? station.group?.targets.first
    case nil: break
    }
    return verdict
  }

  /// Closes all transfers of the group in which something is counted.
  mutating func closeGroup(confirmed: Bool) -> Verdict {
    guard let group = station.group else { return close(confirmed: confirmed) }
    let held = group.targets.compactMap { station.tally(of: $0) }
    let touched = held.filter { !$0.lines.isEmpty || $0.marks.awaitingLot != nil }
    guard !touched.isEmpty else {
      return refuse(.nothingCounted, Messages.groupEmpty(group.name))
    }
    do throws(Refusal) {
      for tally in touched { try requireClosable(tally) }
      let short = touched.filter { $0.missing > .zero }
      if let refusing = short.first(where: {
        policy(of: $0.transfer.operation).incomplete == .refuse
      }) {
        throw Refusal(.incomplete, Messages.groupIncomplete(refusing))
      }
      if !short.isEmpty, !confirmed {
        return ask(.closeIncomplete, .confirmIncomplete, Messages.confirmGroup(short))
      }
    } catch {
      return refuse(error)
    }
    for tally in touched { confirm(tally) }
    for tally in held { station.remove(tally.target) }
    station.group = nil
    station.active = nil
    station.lastClosed = group.name
    switch group.kind {
    case .batch:
      return accept(.confirmed, Messages.groupClosed(group.name, touched.count))
    case .load:
      return accept(.loadClosed, Messages.groupClosed(group.name, touched.count))
    }
  }
}
