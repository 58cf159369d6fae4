internal import JSON
internal import Odoo

extension OdooVisit {
  /// The agent's user: its e-mail address and its keys.
  func user() -> [Finding] { email() + keys() }

  private func email() -> [Finding] {
    guard !connected.hasEmail, major < 19 else { return [] }
    return [
      Finding(
        "odoo user",
        .warning,
        "\(connected.userName) has no e-mail address; Odoo \(session.version) then refuses every "
          + "transfer that leaves a rest (\"configure the sender's email address\")",
        hint: "In Odoo: Settings > Users & Companies > Users > \(connected.userName), fill in "
          + "Email Address. It need not be read by anybody."
      )
    ]
  }

  private func keys() -> [Finding] {
    guard let question = KeyExpiry.question(session) else {
      return [Finding("odoo key", .good, "keys of Odoo \(session.version) do not expire")]
    }
    guard case .success(let rows) = call(question) else { return [] }
    let ending = KeyExpiry.ending(rows, now: SystemClock.wall() / 1000)
    guard ending.isEmpty else {
      return ending.map {
        Finding("odoo key", .warning, $0.problem.sentence, hint: $0.problem.hint)
      }
    }
    let days = (rows.array ?? []).compactMap { $0["expiration_date"]?.string?.prefix(10) }
    guard let first = days.min() else {
      return [Finding("odoo key", .good, "the user's key does not expire")]
    }
    return [
      Finding(
        "odoo key",
        .good,
        "the first of the user's keys expires on \(first); there is an alarm 14 days before"
      )
    ]
  }

  /// Which company's warehouses this box works for.
  func companies() -> [Finding] {
    let own = connected.fingerprint.companyID
    let all = Array(Set(connected.companyIDs + [own])).sorted()
    guard let warehouses = rows("stock.warehouse", ["name", "company_id"], companies: all) else {
      return []
    }
    let others = warehouses.filter { $0["company_id"]?[0]?.int.map { $0 != own } ?? false }
    let names = warehouses.filter { $0["company_id"]?[0]?.int == own }
      .compactMap { $0["name"]?.string }
    guard !names.isEmpty else {
      return [
        Finding(
          "odoo company",
          .problem,
          "the company \(connected.companyName) of \(connected.userName) has no warehouse",
          hint:
            "In Odoo: Settings > Users & Companies > Users > \(connected.userName), set Default "
            + "Company to the one whose warehouse stands here. Then: tallyman odoo rebind"
        )
      ]
    }
    let served = Finding(
      "odoo company",
      .good,
      "transfers of the company \(connected.companyName): \(names.joined(separator: ", "))"
    )
    return [served]
      + others.map { warehouse in
        let company = warehouse["company_id"]?[1]?.string ?? "another company"
        return Finding(
          "odoo company",
          .warning,
          "the warehouse \(warehouse["name"]?.string ?? "?") belongs to \(company); its transfers "
            + "are neither shown nor sent by this box",
          hint: "One box works for one company. If that warehouse stands here too, run a second "
            + "agent with a user of \(company); else take that company from the user."
        )
      }
  }

  private func rows(_ model: String, _ fields: [String], companies: [Int]) -> [JSON]? {
    rows(model, [], fields, limit: 1000, companies: companies)
  }
}
