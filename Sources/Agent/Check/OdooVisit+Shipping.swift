internal import JSON
internal import Odoo

extension OdooVisit {
  /// What becomes of weights.
  func weights() -> [Finding] {
    guard major < 19 else { return [] }
    return [
      Finding(
        "odoo weights",
        .good,
        "Odoo \(session.version) keeps a weight on a package only; a weight that is sent before any "
          + "package was scanned is refused at the station, so none is lost"
      )
    ]
  }

  /// Carriers whose connector orders a label from the carrier while a transfer is validated.
  func carriers() -> [Finding] {
    let carriers = rows(
      "delivery.carrier",
      [["delivery_type", "not in", ["fixed", "base_on_rule"]]],
      ["name", "delivery_type", "integration_level"],
      limit: 100
    )
    guard let carriers else { return [] }
    let buying = carriers.filter { $0["integration_level"]?.string != "rate" }
    let names = buying.compactMap { $0["name"]?.string }
    guard !names.isEmpty else {
      return [Finding("odoo carriers", .good, "no carrier orders labels by itself")]
    }
    return [
      Finding(
        "odoo carriers",
        .warning,
        "\(names.joined(separator: ", ")): Odoo orders the label from the carrier while it validates "
          + "the transfer; if that validation is rolled back and made again, the carrier has two "
          + "orders",
        hint: "Set the carrier's Integration Level to \"Get Rate\" and let the label be made after "
          + "the validation; or compare the carrier's list with Odoo's tracking numbers daily."
      )
    ]
  }

  /// Who else validates transfers of the operation types that are worked on here.
  ///
  /// - Parameter own: Transfers that were validated from this box.
  func otherPeople(_ own: Set<Int>) -> [Finding] {
    let since = OdooDate.text(SystemClock.wall() / 1000 - Self.recentDays * 86_400)
    let done = rows(
      "stock.picking",
      [["state", "=", "done"], ["date_done", ">=", .string(since)]],
      ["write_uid", "picking_type_id"],
      limit: Self.mostLooked,
      order: "date_done desc"
    )
    guard let done, !done.isEmpty else { return [] }
    var counts: [String: [String: Int]] = [:]
    for row in done {
      guard let id = row["id"]?.int, !own.contains(id), let user = row["write_uid"]?[0]?.int,
        // 1 is Odoo itself, as in scheduled jobs.
        user != session.uid, user != 1
      else { continue }
      let name = row["write_uid"]?[1]?.string ?? "user \(user)"
      let type = row["picking_type_id"]?[1]?.string ?? "?"
      counts[name, default: [:]][type, default: 0] += 1
    }
    guard !counts.isEmpty else {
      return [
        Finding(
          "odoo people",
          .good,
          "nobody else validated transfers in the last \(Self.recentDays) days"
        )
      ]
    }
    let who = counts.sorted { $0.key < $1.key }.map { name, types in
      let what = types.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
      return "\(name) (\(what.joined(separator: ", ")))"
    }
    return [
      Finding(
        "odoo people",
        .warning,
        "in the last \(Self.recentDays) days transfers were validated in Odoo's own screens too: "
          + who.joined(separator: "; "),
        hint: "That is allowed. A transfer that is done there while it is counted here is taken as "
          + "done if both agree; else it goes to the exception desk with both versions. Agree on "
          + "who does which operation type."
      )
    ]
  }

  private static let recentDays: Int64 = 14
  private static let mostLooked = 500
}
