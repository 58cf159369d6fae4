internal import Desk
internal import Floor
internal import Intake
internal import JSON
internal import Journal
internal import Odoo

/// One look at the mirror and the journal: what a person should see is found, and what is not true
/// any more is taken away.
struct DeskLook {
  let journal: JournalReader
  let mirror: MirrorReader

  /// Transfers that are read at once.
  private static let page = 500

  /// What has to be stored; nothing if all is as it was.
  func changes() throws(SQLiteError) -> [OutboxWork] {
    mirror.begin(at: SystemClock(boot: 0).stamp())
    defer { mirror.end() }
    let found = try findings()
    var known: [String: DeskFinding.Kept] = [:]
    for record in try journal.findings([.open, .dropped], limit: 10_000)
    where DeskFinding.detected.contains(ExceptionCode(category: record.draft.code)) {
      known[record.draft.identity] = DeskFinding.Kept(
        sentence: record.draft.sentence,
        detail: record.draft.detail
      )
    }
    let (new, over) = DeskFinding.changes(found, known: known)
    return new.map { .finding(.found(FindingDraft($0))) }
      + over.map { .finding(.gone(identity: $0)) }
  }

  private func findings() throws(SQLiteError) -> [DeskFinding] {
    let closed = try journal.closedTransfers()
    let stamp = SystemClock(boot: 0).stamp()
    var duplicates = DuplicateOrders(closed: closed.ids)
    var coming: Set<Int> = []
    // Twice over the pages, so that never more than one of them is held.
    pages { transfer in
      duplicates.note(transfer)
      for move in transfer.moves { coming.formUnion(move.nextIDs) }
    }
    let allocation = FailedAllocation(
      held: Set(try journal.heldTransfers().keys),
      closed: closed.ids,
      coming: coming,
      now: stamp.synced ? stamp.wall : nil
    )
    var unreserved: [DeskFinding] = []
    var receipts: [OpenReceipt] = []
    // While the clock is not proven nothing is late.
    let now = stamp.synced ? stamp.wall : .min
    pages { transfer in
      duplicates.take(transfer)
      receipts += OpenReceipt.all([transfer], now: now)
      if unreserved.count < DeskFinding.limit { unreserved += allocation.findings([transfer]) }
    }
    let counts = try journal.verdictCounts(Refusals.codes, newest: Refusals.window)
    // Two kinds of double may name the same transfers.
    var seen: Set<String> = []
    let doubles = duplicates.findings.filter { seen.insert($0.identity).inserted }
    return unreserved + doubles
      + LateReceipts.findings(receipts, closed: closed.names)
      + (try stockMismatches()) + (try waitingCounts()) + (try differences())
      + Refusals.findings(
        counts.map {
          Refusals.Count(
            transfer: $0.transfer,
            station: $0.station,
            code: $0.code,
            count: $0.count
          )
        },
        closed: closed.names
      )
  }

  private func waitingCounts() throws(SQLiteError) -> [DeskFinding] {
    WaitingCounts.findings(
      try journal.parkedCounts(limit: DeskFinding.limit).map { record in
        WaitingCounts.Count(
          uuid: record.count.uuid,
          location: record.count.location.name,
          reason: record.reason ?? "",
          goods: record.goods
        )
      }
    )
  }

  private func differences() throws(SQLiteError) -> [DeskFinding] {
    guard let report = try journal.lastReconciliation() else { return [] }
    var replaced: Set<String> = []
    for uuid in report.unexplained.compactMap(\.uuid) where try journal.newest(uuid)?.uuid != uuid {
      replaced.insert(uuid)
    }
    return ReconcileDifferences.findings(report, replaced: replaced)
  }

  /// Shows all open transfers, page by page.
  private func pages(_ show: (Transfer) -> Void) {
    var after = 0
    while true {
      let page = mirror.openTransfers(after: after, limit: Self.page)
      for item in page { show(item.transfer) }
      guard page.count == Self.page, let last = page.last else { return }
      after = last.transfer.id
    }
  }

  private func stockMismatches() throws(SQLiteError) -> [DeskFinding] {
    let tallies = try journal.closedTallies(limit: StockMismatch.window)
    let closed = tallies.filter { !$0.tally.isArrival }.map {
      StockMismatch.Closed(
        row: $0.row,
        transfer: $0.tally.transfer,
        counted: $0.tally.lines,
        closed: $0.closed
      )
    }
    var locations: [Int: String] = [:]
    for tally in closed {
      for line in tally.transfer.moves.flatMap(\.lines) where locations[line.locationID] == nil {
        locations[line.locationID] = mirror.location(id: line.locationID)?.name
      }
    }
    return StockMismatch(countedAt: try journal.lastCounts(), locations: locations)
      .findings(closed)
  }
}

extension FindingDraft {
  /// A finding, to be stored.
  init(_ finding: DeskFinding) {
    self.init(
      identity: finding.identity,
      code: finding.code.rawValue,
      transfer: finding.transfer,
      sentence: finding.sentence,
      detail: finding.detail.json.text
    )
  }
}
