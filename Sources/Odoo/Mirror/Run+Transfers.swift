internal import Floor
internal import JSON

extension Run {
  /// Takes the rows of a poll: whose transfer they are, and whether they are new.
  mutating func takePoll(_ rows: [Row], _ source: TransferSource, ceiling: Int64?) {
    var found = newest[source] ?? 0
    for row in rows {
      found = max(found, row.written)
      let seen = state.sources?[source]?.seen[row.id]
      if let seen, seen.date == row.written, seen.settled { continue }
      touched[source, default: [:]][row.id] = row.written
      if source == .pickings {
        // Somebody else's closed transfers are none of ours.
        let isClosed = ["done", "cancel"].contains(row.text("state"))
        if !isClosed || state.open[row.id] != nil { affected.insert(row.id) }
      } else if let picking = row.id("picking_id") {
        affected.insert(picking)
      }
    }
    newest[source] = min(found, ceiling ?? .max)
    guard rows.count >= Self.pageRows, let last = rows.last else { return }
    // What is written while later pages are read must not lift the watermark over what was
    // written to rows of the earlier ones, so the newest date is taken before.
    go(
      ceiling == nil
        ? .ceiling(source, after: last.id) : .poll(source, after: last.id, ceiling: ceiling)
    )
  }

  /// Takes a page of ids and dates of open transfers, to be compared with their rows.
  mutating func takeCompare(_ rows: [Row]) {
    var prints: [Int: Fingerprint] = [:]
    for row in rows {
      listed.insert(row.id)
      prints[row.id, default: Fingerprint()].add(.pickings, id: row.id, written: row.written)
    }
    if !prints.isEmpty { go(.compareRows(.moves, prints)) }
    if rows.count >= Self.comparedAtOnce, let last = rows.last {
      tasks.insert(.compare(after: last.id), at: tasks.count - (prints.isEmpty ? 0 : 1))
    }
  }

  /// Takes ids and dates of the moves or lines of a page of transfers.
  mutating func takeCompare(_ rows: [Row], _ source: TransferSource, _ prints: [Int: Fingerprint]) {
    var prints = prints
    for row in rows {
      guard let picking = row.id("picking_id") else { continue }
      prints[picking]?.add(source, id: row.id, written: row.written)
    }
    go(source == .moves ? .compareRows(.lines, prints) : .judge(prints))
  }

  /// Finds the transfers of a page that are not as they were read.
  mutating func judge(_ prints: [Int: Fingerprint]) {
    for (id, print) in prints where state.open[id] != print.value {
      affected.insert(id)
      summary.missed += 1
    }
  }

  /// Finds the transfers that are not open any more though no poll said so.
  mutating func findVanished() {
    for id in state.open.keys where !listed.contains(id) {
      affected.insert(id)
      summary.missed += 1
    }
  }

  /// Puts the affected transfers into batches to be read.
  mutating func plan() {
    let ids = affected.sorted()
    affected = []
    for start in stride(from: 0, to: ids.count, by: Self.transfersAtOnce).reversed() {
      tasks.append(.pickings(Array(ids[start..<min(ids.count, start + Self.transfersAtOnce)])))
    }
  }

  /// Makes transfers of a batch whose rows and names have all been read.
  mutating func build(_ batch: TransferBatch) {
    let isUnknown = batch.pickings.contains { picking in
      picking.id("picking_type_id").map { state.types[$0] == nil } ?? false
    }
    guard !isUnknown || hasReadTypes else { return go(.warehouses, .build(batch)) }
    let units = Units(ratios: state.ratios, roundings: state.roundings)
    let built = batch.transfers(types: state.types, units: units, names: names)
    for (transfer, fingerprint) in built {
      let isClosed = transfer.state == .done || transfer.state == .cancelled
      state.open[transfer.id] = isClosed ? nil : fingerprint
    }
    let batches = Set(built.compactMap(\.transfer.batchID)).sorted().map {
      Mirrored.BatchName(id: $0, name: names.name(.batches, $0) ?? "")
    }
    if !batches.isEmpty { changes.append(.batches(batches)) }
    if !built.isEmpty {
      changes.append(.transfers(built.map(\.transfer), readStarted: startedAt))
      summary.transfers += built.count
    }
    let gone = Set(batch.asked).subtracting(batch.pickingIDs).sorted()
    if !gone.isEmpty {
      for id in gone { state.open[id] = nil }
      changes.append(.forgetTransfers(gone))
      summary.forgotten += gone.count
    }
  }

  /// Lifts the watermarks, now that everything they promise has been read and applied.
  mutating func settle() {
    guard kind != .transfers(.everything) else {
      state.sources = newest.mapValues {
        SourceState(watermark: Watermark(newest: $0, since: now))
      }
      for source in TransferSource.allCases where state.sources?[source] == nil {
        state.sources?[source] = SourceState(watermark: Watermark(newest: 0, since: now))
      }
      changes.append(.keepOpenTransfers(state.open.keys.sorted()))
      return
    }
    let latest = newest.values.max() ?? 0
    for source in TransferSource.allCases {
      guard var known = state.sources?[source] else { continue }
      known.watermark.advance(newest: newest[source] ?? 0, now: now)
      for (id, date) in touched[source] ?? [:] {
        let isSecondSight = known.seen[id]?.date == date && isApart
        known.seen[id] = SeenRow(date: date, settled: isSecondSight || date + 1 < latest)
      }
      known.seen = known.seen.filter { $0.value.date >= known.watermark.floor }
      if known.seen.count > SourceState.seenLimit { known.seen = [:] }
      state.sources?[source] = known
    }
  }

  /// Says that the refresh is complete, with the state if it is another than before.
  mutating func end() {
    changes.append(
      .refreshed(
        MirrorChange.Refreshed(
          kind: kind,
          readStarted: startedAt,
          state: state.withoutTimes == original.withoutTimes ? nil : state
        )
      )
    )
  }
}

extension MirrorState {
  /// The state without monotonic times, which mean nothing after a restart.
  fileprivate var withoutTimes: MirrorState {
    var copy = self
    for source in TransferSource.allCases { copy.sources?[source]?.watermark.since = nil }
    for table in MirrorTable.allCases { copy.tables[table]?.watermark.since = nil }
    return copy
  }
}
