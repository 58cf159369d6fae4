public import Configuration
internal import Dispatching
internal import HTTP
internal import Journal
public import Odoo

/// A reconciliation from the command line, whether the agent runs or not: it has a connection of
/// its own, and only reads, from Odoo and from the journal.
public struct ReconcileCommand {
  private let settings: AgentSettings

  /// A reconciliation of the box with this configuration.
  public init(settings: Settings, secrets: Secrets) {
    self.settings = AgentSettings(settings, secrets)
  }

  /// Compares what was confirmed since then, in milliseconds since 1970.
  public func run(since: Int64) throws(ReconcileProblem) -> ReconcileReport {
    guard let odoo = settings.odoo else {
      throw ReconcileProblem("No Odoo is configured: add the section [odoo].")
    }
    let link = OdooLink(requestsPerSecond: odoo.requestsPerSecond)
    let client: OdooClient
    let reconciler: Reconciler
    do throws(HTTPClientError) {
      client = try OdooClient(odoo, link, for: .mirror)
      reconciler = try Reconciler(
        odoo,
        directory: settings.directory,
        link: link,
        pace: .command
      )
    } catch {
      throw ReconcileProblem("No connection to Odoo can be made: \(error)")
    }
    switch client.logIn() {
    case .failure(let problem): throw ReconcileProblem(problem.sentence)
    case .success(let connected):
      try requireBinding(odoo, connected)
      switch client.fields(as: connected.session) {
      case .failure(let failure):
        throw ReconcileProblem("The fields cannot be read: \(failure.name): \(failure.message)")
      case .success(let fields): link.loggedIn(connected, fields)
      }
    }
    return try reconciler.run(since: since, others: since)
  }

  /// Hazard `wrong-odoo`: compared with another Odoo, everything would look lost.
  private func requireBinding(
    _ odoo: AgentSettings.OdooSettings,
    _ connected: OdooLogin.Connected
  ) throws(ReconcileProblem) {
    let bound: String?
    do {
      bound = try JournalReader(directory: settings.directory).meta(OdooBinding.name)
    } catch {
      throw ReconcileProblem("The journal cannot be read: \(error)")
    }
    let found = OdooBinding.text(url: odoo.http.baseURL, connected)
    guard let bound, bound != found else { return }
    throw ReconcileProblem(
      "The journal belongs to \(bound), and the configuration leads to \(found). Nothing was "
        + "compared. If that is right, run first: tallyman odoo rebind --reason …"
    )
  }
}
