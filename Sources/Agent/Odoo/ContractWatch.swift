internal import Intake
internal import JSON
internal import Journal
internal import Logging
internal import Odoo

/// Looks whether Odoo still has all that the agent needs: at each log-in at what sending needs, and
/// after the first refresh and then daily at everything.
///
/// A field that vanished is an alarm here, before it is a failed shipment. What was seen last is
/// kept in the journal, so that the alarm can say what has changed.
final class ContractWatch {
  private let shared: IntakeShared
  private let directory: String
  private let log: Logger
  private let broken: BrokenPromises
  private var record: ContractRecord?
  private var told: Set<ContractProblem> = []

  init(_ directory: String, shared: IntakeShared, log: Logger) {
    self.directory = directory
    self.shared = shared
    self.log = log
    broken = .fromEnvironment(log)
  }

  /// What a look came to.
  enum Look {
    /// Everything that sending needs is there.
    case fit(OdooSchema)
    /// Confirmations must wait.
    case unfit(String)
    /// Odoo did not answer.
    case failed(OdooFailure)
  }

  /// Looks at what sending needs, with the session of a log-in.
  func atLogIn(_ client: OdooClient, _ session: OdooSession) -> Look {
    let contract = OdooContract(version: session.version)
    let models = contract.sendingModels + OdooFields(version: session.version).extra
    switch client.schema(of: models, as: session) {
    case .failure(let failure): return .failed(failure)
    case .success(let schema):
      let problems = contract.problems(in: schema)
      guard let stop = stopping(problems) else { return .fit(schema) }
      // The whole look that follows a log-in is not reached: this is all there will be.
      keep(contract, schema, problems)
      return .unfit(stop)
    }
  }

  /// Looks at everything, the user's key too.
  func look(_ client: OdooClient, _ session: OdooSession) -> Look {
    let contract = OdooContract(version: session.version)
    switch client.schema(of: contract.models, as: session) {
    case .failure(let failure): return .failed(failure)
    case .success(let schema):
      let problems = contract.problems(in: schema) + keys(client, session)
      keep(contract, schema, problems)
      return stopping(problems).map(Look.unfit) ?? .fit(schema)
    }
  }

  private func stopping(_ problems: [ContractProblem]) -> String? {
    guard !broken.ignoresContract else { return nil }
    let stops = problems.filter { $0.effect == .stopsSending }
    guard let first = stops.first else { return nil }
    let rest = stops.count > 1 ? " (and \(stops.count - 1) more)" : ""
    return "\(first.sentence)\(rest) \(first.hint) Confirmations wait."
  }

  private func keys(_ client: OdooClient, _ session: OdooSession) -> [ContractProblem] {
    guard let question = KeyExpiry.question(session),
      case .success(let rows) = client.call(question, as: session).result
    else { return [] }
    return KeyExpiry.ending(rows, now: SystemClock.wall() / 1000).map(\.problem)
  }

  private func keep(
    _ contract: OdooContract,
    _ schema: OdooSchema,
    _ problems: [ContractProblem]
  ) {
    var record = record ?? stored()
    let memory = ContractMemory(contract, schema, last: record.memory)
    let changes = record.memory.map { memory.changes(since: $0) } ?? []
    if !changes.isEmpty {
      record.changes = changes
      record.changed = SystemClock.wall()
    }
    record.memory = memory
    record.problems = problems
    record.checked = SystemClock.wall()
    tell(problems, changes)
    if shared.mailbox.store([.meta(ContractRecord.name, record.json.text)]) {
      self.record = record
    }
  }

  private func stored() -> ContractRecord {
    guard let journal = try? JournalReader(directory: directory),
      let record = try? ContractRecord(journal)
    else { return ContractRecord() }
    return record
  }

  /// Logs what is new; what was told before is not told again every day, but for a key's end.
  private func tell(_ problems: [ContractProblem], _ changes: [String]) {
    for sentence in changes { log.warning("Odoo has changed: \(sentence)") }
    for problem in problems where !told.contains(problem) {
      let level: Logger.Level =
        switch problem.effect {
        case .stopsSending: .critical
        case .stopsCopying: .error
        case .warns: .warning
        }
      log.log(level: level, "\(problem.sentence) \(problem.hint)")
    }
    if told.contains(where: { $0.effect == .stopsSending }),
      !problems.contains(where: { $0.effect == .stopsSending })
    {
      log.notice("Odoo has all that is needed again; confirmations go on")
    }
    told = Set(problems)
  }
}
