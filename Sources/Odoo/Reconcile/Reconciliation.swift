internal import Floor

/// Compares what was confirmed here with what Odoo has, transfer by transfer and line by line.
///
/// Nothing but a comparison: no call, no clock. Each difference is explained by something that is
/// known (somebody wrote in Odoo after the validation, goods were returned, a person validated or
/// gave up), or is left for a person to explain. What is explained stays in the report.
///
/// *Who did it.* A write on lines or moves later than the validation, by Odoo's own clock, is a
/// change. If the login of this box did it, it explains nothing: this box never writes to a done
/// transfer.
///
/// *A restored Odoo* shows in transfers that were applied here and are open or gone there. They can
/// be applied again, one by one, on a person's request.
public struct Reconciliation: Sendable {
  private let entries: [ReconcileEntry]
  private let side: OdooSide
  private let ownUserID: Int
  private let now: Int64
  /// Negative control of the tests: a comparison that takes any lot for the counted one.
  package var ignoresLots = false

  /// A comparison of the journal's entries with what Odoo has.
  ///
  /// - Parameters:
  ///   - ownUserID: The login of this box in Odoo.
  ///   - now: Milliseconds since 1970.
  public init(_ entries: [ReconcileEntry], _ side: OdooSide, ownUserID: Int, now: Int64) {
    self.entries = entries
    self.side = side
    self.ownUserID = ownUserID
    self.now = now
  }

  /// What is found; `since` is only noted.
  public func report(since: Int64) -> ReconcileReport {
    var report = ReconcileReport(since: since, made: now)
    report.types = side.types
    report.isCut = side.othersAreCut
    for entry in entries {
      let found = findings(entry)
      report.compared += 1
      if found.isEmpty { report.equal += 1 }
      report.findings += found
    }
    report.findings += side.others.map(unseen)
    report.findings.sort {
      ($0.isExplained ? 1 : 0, $0.at ?? 0) < ($1.isExplained ? 1 : 0, $1.at ?? 0)
    }
    return report
  }

  private func findings(_ entry: ReconcileEntry) -> [ReconcileFinding] {
    guard let content = entry.content else {
      return [
        finding(
          .unreadable,
          false,
          entry,
          "The journal's row of this confirmation cannot be read.",
          "Compare the transfer with the goods by hand; see tallyman queue show."
        )
      ]
    }
    let facts = entry.transferID.flatMap { side.transfers[$0] }
    switch entry.standing {
    case .applied: return applied(entry, content, facts)
    case .waiting, .parked: return [open(entry, content, facts)]
    case .givenUp: return givenUp(entry, facts)
    }
  }

  private func applied(
    _ entry: ReconcileEntry,
    _ content: Confirmation,
    _ facts: TransferFacts?
  ) -> [ReconcileFinding] {
    guard let facts else {
      return [
        finding(
          .vanished,
          false,
          entry,
          "It was applied, and Odoo has no such transfer any more.",
          "If Odoo was restored from a backup, make the transfer again there; what was counted "
            + "is in: tallyman queue show \(entry.uuid.prefix(8)). Otherwise find out who removed it."
        )
      ]
    }
    guard facts.snapshot.state == .done else {
      return [
        finding(
          .openAgain,
          false,
          entry,
          "It was applied, and is \(facts.snapshot.state.rawValue) in Odoo.",
          "If Odoo was restored from a backup: tallyman reconcile --apply-again "
            + "\(entry.uuid.prefix(8)) --reason \"…\"",
          by: facts.written
        )
      ]
    }
    return lines(entry, content, facts) + tracking(entry, content, facts) + returned(entry, facts)
  }

  private func lines(
    _ entry: ReconcileEntry,
    _ content: Confirmation,
    _ facts: TransferFacts
  ) -> [ReconcileFinding] {
    let lines = differences(content, facts)
    guard !lines.isEmpty else { return [] }
    if let write = facts.lineWritten, let done = facts.done, write.at > done,
      write.byID != ownUserID
    {
      return [
        finding(
          .changed,
          true,
          entry,
          "\(write.by) changed it in Odoo after it was applied.",
          "",
          lines,
          by: write
        )
      ]
    }
    return [
      finding(
        .differs,
        false,
        entry,
        "Odoo has other goods than were confirmed, and nothing says why.",
        "Compare both with the goods; correct Odoo with a return or an adjustment.",
        lines,
        by: facts.lineWritten
      )
    ]
  }

  private func tracking(
    _ entry: ReconcileEntry,
    _ content: Confirmation,
    _ facts: TransferFacts
  ) -> [ReconcileFinding] {
    guard let tracking = content.tracking, facts.snapshot.tracking != tracking else { return [] }
    let theirs =
      facts.snapshot.tracking.map { "the tracking reference \($0)" } ?? "no tracking reference"
    return [
      finding(
        .tracking,
        facts.written.map { $0.byID != ownUserID } ?? false,
        entry,
        "Odoo has \(theirs), \(tracking) was confirmed.",
        "Write the right one into the transfer.",
        by: facts.written
      )
    ]
  }

  private func returned(_ entry: ReconcileEntry, _ facts: TransferFacts) -> [ReconcileFinding] {
    guard !facts.returns.isEmpty else { return [] }
    let names = facts.returns.joined(separator: ", ")
    return [finding(.returned, true, entry, "Goods of it were returned with \(names).", "")]
  }

  private func open(
    _ entry: ReconcileEntry,
    _ content: Confirmation,
    _ facts: TransferFacts?
  ) -> ReconcileFinding {
    let short = entry.uuid.prefix(8)
    let waits = entry.standing == .parked ? "It waits for a decision" : "It waits for Odoo"
    let why = entry.reason.map { ": \($0)" } ?? "."
    var advice = entry.standing == .parked ? "Decide it: tallyman queue show \(short)" : ""
    var rows: [LineDifference] = []
    if let facts, facts.snapshot.state == .done {
      rows = differences(content, facts)
      advice =
        rows.isEmpty
        ? "Odoo has done it just so: tallyman queue retry \(short)"
        : "Odoo has done it otherwise. Compare both with the goods, then decide: "
          + "tallyman queue show \(short)"
    }
    return finding(.notApplied, true, entry, waits + why, advice, rows, by: facts?.lineWritten)
  }

  private func givenUp(
    _ entry: ReconcileEntry,
    _ facts: TransferFacts?
  ) -> [ReconcileFinding] {
    let odoo = facts.map { "Odoo has it \($0.snapshot.state.rawValue)" } ?? "Odoo does not have it"
    let why = entry.reason.map { " (\($0))" } ?? ""
    return [
      finding(.givenUp, true, entry, "\(entry.actor) gave it up here\(why); \(odoo).", "")
    ]
  }

  private func unseen(_ facts: TransferFacts) -> ReconcileFinding {
    let own = facts.written?.byID == ownUserID
    let by = facts.written?.by ?? "Somebody"
    return ReconcileFinding(
      .unseen,
      isExplained: !own,
      transfer: facts.snapshot.name,
      transferID: facts.snapshot.id,
      uuid: nil,
      sentence: own
        ? "It was done by this box's own login, and the journal does not know it."
        : "\(by) validated it in Odoo; the floor never saw it.",
      advice: own
        ? "Does another box or program use this login, or was the journal replaced? Give each its "
          + "own login."
        : "",
      at: (facts.done ?? facts.written?.at).map { $0 * 1000 },
      by: by
    )
  }

  private func differences(
    _ content: Confirmation,
    _ facts: TransferFacts
  ) -> [LineDifference] {
    let named = Set(content.lines.compactMap(\.package).flatMap { facts.snapshot.packageIDs($0) })
    let kept = Set(facts.snapshot.lines.compactMap(\.resultPackageID)).subtracting(named)
    var comparison = Comparison(facts.snapshot, kept: kept)
    comparison.ignoresLots = ignoresLots
    return comparison.differences(content.lines, products: facts.products)
  }

  private func finding(
    _ kind: ReconcileFinding.Kind,
    _ isExplained: Bool,
    _ entry: ReconcileEntry,
    _ sentence: String,
    _ advice: String,
    _ lines: [LineDifference] = [],
    by write: TransferFacts.Write? = nil
  ) -> ReconcileFinding {
    ReconcileFinding(
      kind,
      isExplained: isExplained,
      transfer: entry.transfer,
      transferID: entry.transferID,
      uuid: entry.uuid,
      sentence: sentence,
      advice: advice,
      lines: lines,
      at: entry.closed,
      by: write?.by
    )
  }
}
