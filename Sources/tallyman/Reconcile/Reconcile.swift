internal import Agent
internal import ArgumentParser
internal import Configuration
internal import JSON
internal import Journal
internal import Odoo

extension Tallyman {
  /// `tallyman reconcile`.
  struct Reconcile: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare what was confirmed here with what Odoo has.",
      discussion:
        "Reads from Odoo and changes nothing, whether the agent runs or not. Exits with 4 if "
        + "something needs a person. After Odoo was restored from a backup, --apply-again sends "
        + "one confirmation once more."
    )
    @OptionGroup var options: CommonOptions
    @Flag(help: "Print comma-separated values, one line per finding and product.") var csv = false
    @Option(
      help: "What was done since then: 2026-11-24, \"2026-11-24 08:00\", or the last 12h or 7d."
    )
    var since = "7d"
    @Flag(help: "Print what the agent found the last night, without asking Odoo.") var last = false
    @Flag(help: "Let the running agent do now what it does at night; it keeps the report (--last).")
    var keep = false
    @Option(help: "Send this confirmation once more: the transfer's name, or the id.")
    var applyAgain: String?
    @Option(help: "Why it is sent once more; kept in the audit trail.") var reason: String?

    func validate() throws {
      if csv, options.json { throw ValidationError("Either --json or --csv.") }
      guard PointInTime.milliseconds(since, now: wallClock()) != nil else {
        throw ValidationError(PointInTime.expected(since))
      }
      let isEmpty = reason?.allSatisfy(\.isWhitespace) ?? true
      if applyAgain != nil, isEmpty {
        throw ValidationError("--reason must say why the confirmation is sent once more.")
      }
      if applyAgain == nil, reason != nil {
        throw ValidationError("--reason belongs to --apply-again.")
      }
    }

    func run() throws {
      if let applyAgain { return try sendAgain(applyAgain) }
      if keep { return try askAgent() }
      let report = try last ? kept() : made()
      if options.json {
        Output.json(report.json)
      } else if csv {
        report.csv.forEach { Output.line($0) }
      } else {
        report.text(now: wallClock()).forEach { Output.line($0) }
      }
      if !report.unexplained.isEmpty { throw ExitCode(ExitStatus.unhealthy.rawValue) }
    }

    private func askAgent() throws {
      try options.journal(forRequests: true)
        .request(.reconcile, "", actor: operatorName(), reason: reason, at: wallClock())
      if options.json { return Output.json(["requested": "reconcile"]) }
      Output.line("Noted. The agent begins at once; then see: tallyman reconcile --last")
    }

    private func kept() throws -> ReconcileReport {
      guard let report = try options.journal().lastReconciliation() else {
        throw Problem("The agent has made no reconciliation yet.", exit: .notFound)
      }
      return report
    }

    private func made() throws -> ReconcileReport {
      let settings = try options.settings()
      let command: ReconcileCommand
      do throws(ConfigurationError) {
        command = ReconcileCommand(
          settings: settings,
          secrets: try settings.secrets(using: .process)
        )
      } catch {
        throw Problem(error.description, exit: .configuration)
      }
      do throws(ReconcileProblem) {
        return try command.run(since: start)
      } catch {
        throw Problem(error.description)
      }
    }

    private var start: Int64 { PointInTime.milliseconds(since, now: wallClock()) ?? 0 }

    private func sendAgain(_ key: String) throws {
      let journal = try options.journal(forRequests: true)
      let applied = try journal.confirmations(of: key).filter {
        $0.state == .applied && $0.replacedBy == nil
      }
      guard let record = applied.first else {
        throw Problem(
          "No confirmation called \(key) was applied. List all with: tallyman queue list --all",
          exit: .notFound
        )
      }
      guard applied.count == 1 else {
        throw Problem(
          "\(key) has \(applied.count) applied confirmations: "
            + applied.map { String($0.uuid.prefix(8)) }.joined(separator: ", ")
            + ". Name one of them.",
          exit: .notFound
        )
      }
      try journal.request(
        .applyAgain,
        record.uuid,
        actor: operatorName(),
        reason: reason,
        at: wallClock()
      )
      if options.json {
        return Output.json(["requested": "apply_again", "id": .string(record.uuid)])
      }
      Output.line(
        "Noted: \(record.transfer) (\(record.uuid.prefix(8))) is sent once more. The agent reads "
          + "Odoo first: where it is done already, nothing is written."
      )
    }
  }
}
