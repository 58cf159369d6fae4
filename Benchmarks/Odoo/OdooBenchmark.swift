import ArgumentParser
import Dispatching
import Floor
import HTTP
import JSON
import Odoo

/// Applies confirmations in a bare loop: the calls of the apply plan, one after the other over one
/// connection, with no journal, no thread and no pause between them.
///
/// What it takes is what the drain of the agent is measured against: the time within the calls.
@main
struct OdooBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "odoo-benchmark")
  @Option(help: "Where Odoo answers.") var url: String
  @Option(help: "Name of the database.") var database: String
  @Option(help: "Login of the user.") var login: String
  @Option(help: "File with the API key.") var keyFile: String
  @Option(help: "How many of the open deliveries are validated, the oldest first.") var count = 100
  @Option(help: "Id of the server action to apply with; without it plain calls are made.")
  var action: Int?

  func run() throws {
    let site = try OdooSite(url: url, database: database, login: login, keyFile: keyFile)
    let deliveries = try site.deliveries(count)
    guard deliveries.count == count else {
      throw Failure("there are only \(deliveries.count) deliveries to validate")
    }
    site.callTime = .zero
    site.calls = [:]
    let clock = ContinuousClock()
    let start = clock.now
    for delivery in deliveries { try apply(delivery, at: site) }
    let whole = clock.now - start
    let kinds = site.calls.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    print(
      "\(count) \(site.callTime.seconds) \(whole.seconds) \(kinds.joined(separator: ","))"
    )
  }

  private func apply(_ confirmation: Confirmation, at site: OdooSite) throws {
    let memory = AttemptMemory(longestCall: .zero)
    guard case .transfer(let id) = confirmation.target else { return }
    var attempt = Attempt(
      confirmation,
      .transfer(id),
      Attempt.Circumstances(
        fields: site.fields,
        settings: ApplyPlan.Settings(action: action),
        standing: memory.begin(confirmation.uuid, now: .zero),
        isSending: true
      )
    )
    var step = attempt.start()
    while true {
      switch step {
      case .call(let call): step = attempt.resume(site.call(call))
      case .store: step = attempt.stored(true)
      case .wait: throw Failure("\(confirmation.transferName) had to wait")
      case .finished(.applied): return
      case .finished(let end): throw Failure("\(confirmation.transferName) ended as \(end)")
      }
    }
  }
}

extension Duration {
  /// Seconds with a fraction.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

/// Why the benchmark measures nothing.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
