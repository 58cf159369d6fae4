internal import Dispatching
internal import HTTP
internal import JSON
internal import Journal
internal import Odoo

/// Makes the calls of a reconciliation, each only while nothing is being sent to Odoo.
final class Reconciler {
  /// Confirmations that are compared at once; more are left for the next time.
  static let limit = 20_000

  private let directory: String
  private let link: OdooLink
  private let client: OdooClient
  private let pace: Pace

  /// How the outbox gets the right of way.
  struct Pace {
    /// Longest wait before one call while something is being sent.
    var patience: Duration
    /// Pause after each call.
    var pause: Duration

    /// In the running agent: the night is long.
    static let nightly = Pace(patience: .seconds(600), pause: .milliseconds(200))
    /// At the terminal somebody waits.
    static let command = Pace(patience: .seconds(5), pause: .milliseconds(20))
  }

  /// A reconciliation with the session of `link`.
  init(
    _ settings: AgentSettings.OdooSettings,
    directory: String,
    link: OdooLink,
    pace: Pace
  ) throws(HTTPClientError) {
    self.directory = directory
    self.link = link
    self.pace = pace
    client = try OdooClient(settings, link, for: .mirror)
  }

  /// Compares what was confirmed since then, and looks at what else Odoo has done since `others`.
  ///
  /// - Parameters:
  ///   - since: Milliseconds since 1970.
  ///   - others: Milliseconds since 1970; nil for the last reconciliation, or else `since`.
  func run(since: Int64, others: Int64?) throws(ReconcileProblem) -> ReconcileReport {
    guard let connected = link.state.with({ $0.connected }) else {
      throw ReconcileProblem("Odoo is not reached.")
    }
    let journal: JournalReader
    let last: ReconcileReport?
    let entries: [ReconcileEntry]
    let known: Set<Int>
    do {
      journal = try JournalReader(directory: directory)
      last = try journal.lastReconciliation()
      entries = try Self.entries(journal, since)
      known = try journal.knownTransfers()
    } catch {
      throw ReconcileProblem("The journal cannot be read: \(error)")
    }
    var read = ReconcileRead(
      ReconcileRead.Question(
        transfers: entries.compactMap(\.transferID),
        known: known,
        types: last?.types ?? [],
        // What is validated at the very moment of a reconciliation must not fall between two.
        since: others ?? last.map { $0.made - Self.overlap } ?? since,
        companyID: connected.fingerprint.companyID
      ),
      fields: link.state.with { $0.fields } ?? OdooFields(version: connected.session.version)
    )
    var step = read.start()
    while true {
      switch step {
      case .call(let call):
        try giveWay(journal)
        step = read.resume(client.call(call).result)
        pauseBriefly()
      case .failed(let failure):
        throw ReconcileProblem("Odoo could not be read: \(failure.name): \(failure.message)")
      case .finished(let side):
        let reconciliation = Reconciliation(
          entries,
          side,
          ownUserID: connected.fingerprint.userID,
          now: SystemClock.wall()
        )
        var report = reconciliation.report(since: since)
        report.types.formUnion(last?.types ?? [])
        report.isCut = report.isCut || entries.count >= Self.limit
        return report
      }
    }
  }

  /// An hour: boxes and servers do not agree on the time.
  private static let overlap: Int64 = 3_600_000

  private static func entries(
    _ journal: JournalReader,
    _ since: Int64
  ) throws(SQLiteError) -> [ReconcileEntry] {
    let records = try journal.confirmations(changedSince: since, limit: limit)
    let actors = try journal.lastActors(of: records.map(\.uuid))
    return records.map { ReconcileEntry($0, actor: actors[$0.uuid] ?? "agent") }
  }

  private func giveWay(_ journal: JournalReader) throws(ReconcileProblem) {
    var waited = Duration.zero
    while (try? journal.isSending()) == true, waited < pace.patience {
      guard wait(.milliseconds(250)) else { throw ReconcileProblem("The agent stops.") }
      waited += .milliseconds(250)
    }
    if link.isStopping { throw ReconcileProblem("The agent stops.") }
  }

  private func pauseBriefly() { _ = wait(pace.pause) }

  /// False if the agent stops meanwhile.
  private func wait(_ time: Duration) -> Bool {
    link.state.wait(milliseconds: time.milliseconds) { $0.isStopping ? true : nil } == nil
  }
}

/// Why a reconciliation came to nothing.
public struct ReconcileProblem: Error, CustomStringConvertible {
  /// One sentence.
  public let description: String
  init(_ description: String) { self.description = description }
}

extension ReconcileEntry {
  init(_ record: ConfirmationRecord, actor: String) {
    let standing: Standing =
      switch record.state {
      case .applied: .applied
      case .pending, .sending, .waiting: .waiting
      case .parked: .parked
      case .discarded, .accepted: .givenUp
      }
    self.init(
      uuid: record.uuid,
      transfer: record.transfer,
      transferID: record.transferID,
      content: record.content,
      standing: standing,
      reason: record.reason,
      actor: actor,
      closed: record.closed,
      changed: record.changed
    )
  }
}
