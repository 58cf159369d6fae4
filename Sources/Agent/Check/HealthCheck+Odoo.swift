internal import Dispatching
internal import HTTP
internal import Journal
internal import Odoo

extension HealthCheck {
  /// Version, login, rights, and what else of Odoo's settings goes wrong without a sound.
  func odoo() -> [Finding] {
    guard let odoo = settings.odoo else {
      return [
        Finding(
          "odoo",
          .warning,
          "not configured; events are kept and nothing is sent",
          hint: "Add the section [odoo] to the configuration."
        )
      ]
    }
    let link = OdooLink(requestsPerSecond: nil)
    let client: OdooClient
    do throws(HTTPClientError) {
      client = try OdooClient(odoo, link, for: .dispatch)
    } catch {
      return [Finding("odoo", .problem, "\(error)")]
    }
    switch client.logIn() {
    case .failure(let problem): return [Finding("odoo", .problem, problem.sentence)]
    case .success(let connected):
      let visit = OdooVisit(client: client, connected: connected)
      let greeting = Finding(
        "odoo",
        .good,
        "\(odoo.http.baseURL) is Odoo \(connected.session.version); logged in as "
          + "\(connected.userName), company \(connected.companyName)"
      )
      return [greeting] + visit.contract() + lastChange() + visit.rights() + visit.user()
        + visit.companies() + visit.barcodes() + visit.weights() + visit.carriers()
        + visit.otherPeople(confirmedHere()) + visit.action(odoo.action)
    }
  }

  private var journal: JournalReader? { try? JournalReader(directory: settings.directory) }

  /// What the running agent last saw change, for a week.
  private func lastChange() -> [Finding] {
    guard let journal, let record = try? ContractRecord(journal), let changed = record.changed,
      SystemClock.wall() - changed < 7 * 86_400_000
    else { return [] }
    return record.changes.map {
      Finding("odoo changes", .warning, $0, hint: "If nobody meant that, ask who looks after Odoo.")
    }
  }

  /// Database ids of transfers that were validated from here.
  private func confirmedHere() -> Set<Int> {
    guard let journal else { return [] }
    let records = (try? journal.confirmations(all: true, limit: 10_000)) ?? []
    return Set(records.compactMap(\.transferID))
  }
}
