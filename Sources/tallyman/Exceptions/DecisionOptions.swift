internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Desk
internal import Glibc
internal import JSON
internal import Journal

/// What every decision names, and how it is brought to the agent.
struct DecisionOptions: ParsableArguments {
  @OptionGroup var options: CommonOptions
  @Argument(help: "The id or its beginning, or the transfer's name.") var key: String

  /// Milliseconds that the command waits for the agent to act.
  private static let patience = 5000

  /// Leaves the decision in the journal, and tells what the running agent makes of it.
  func ask(_ decision: Decision, _ reason: String?, content: JSON? = nil) throws {
    let entry = try entry(for: decision)
    let journal = try options.journal(forRequests: true)
    let token = AgentToken.make()
    try journal.request(
      RequestDraft(
        decision.action,
        entry.id,
        actor: operatorName(),
        reason: reason,
        content: content?.text,
        token: token
      ),
      at: wallClock()
    )
    try tell(entry, decision, try outcome(of: token))
  }

  private func entry(for decision: Decision) throws -> DeskEntry {
    let open = try options.desk().entries(key).filter(\.isOpen)
    guard let entry = open.first else { throw Problem.noException(key) }
    guard open.count == 1 else {
      throw Problem(
        "\(key) has \(open.count) open exceptions: "
          + open.map(\.shortID).joined(separator: ", ") + ". Name one of them.",
        exit: .notFound
      )
    }
    guard entry.decisions.contains(decision) else {
      throw Problem(
        "\(decision.rawValue) does not help here: \(entry.sentence) Possible are "
          + "\(entry.decisions.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return entry
  }

  /// What came of the request; nil if nobody has acted yet.
  private func outcome(of token: String) throws -> String? {
    let directory = try options.settings().storage.directory
    guard Tallyman.Status.runtime(directory) != nil else { return nil }
    let journal = try options.journal()
    var waited = 0
    while true {
      if let outcome = try journal.outcome(ofRequest: token) { return outcome }
      guard waited < Self.patience else { return nil }
      usleep(100_000)
      waited += 100
    }
  }

  private func tell(_ entry: DeskEntry, _ decision: Decision, _ outcome: String?) throws {
    let name = entry.transfer.map { "\($0) (\(entry.shortID))" } ?? entry.shortID
    let isRefused = outcome?.hasPrefix("refused") == true
    if options.json {
      Output.json([
        "id": .string(entry.id), "decision": .string(decision.rawValue),
        "outcome": .string(outcome ?? "noted"),
      ])
      if isRefused { throw ExitCode(ExitStatus.failure.rawValue) }
      return
    }
    guard let outcome else {
      return Output.line(
        "Noted: \(decision.rawValue) \(name). The agent does it as soon as it can, or when it runs "
          + "again."
      )
    }
    guard !isRefused else {
      throw Problem("\(decision.rawValue) \(name) was \(outcome).")
    }
    Output.line("Done: \(decision.rawValue) \(name).")
  }
}
