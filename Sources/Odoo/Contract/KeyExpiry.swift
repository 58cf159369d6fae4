public import JSON

/// When the API keys of the agent's user expire; Odoo knows that since version 18.
public enum KeyExpiry {
  /// How long before its end a key is worth an alarm: two weeks, to find a person with the rights.
  public static let notice: Int64 = 14 * 86_400

  /// The call that asks for the user's own keys; nil for a version whose keys do not expire.
  public static func question(_ session: OdooSession) -> OdooCall? {
    guard session.version.major >= 18 else { return nil }
    return searchRead(
      "res.users.apikeys",
      [term("user_id", "=", .int(session.uid))],
      ["name", "expiration_date"]
    )
  }

  /// A key that ends soon, as Odoo tells it.
  public struct Ending: Hashable, Sendable {
    /// The key's name.
    public var name: String
    /// Its last day, `2026-12-31`.
    public var day: String
    /// Whole days that are left; negative when it is over.
    public var daysLeft: Int
    /// True if the user has other keys, so that this one may not be the agent's.
    public var isOneOfSeveral: Bool
  }

  /// The keys that end within the notice, the first first.
  ///
  /// - Parameter now: Seconds since 1970.
  public static func ending(_ rows: JSON, now: Int64) -> [Ending] {
    let all = rows.array ?? []
    return all.compactMap { row -> (end: Int64, ending: Ending)? in
      guard let text = row["expiration_date"]?.string, let end = OdooTime.seconds(text),
        end - now <= notice
      else { return nil }
      // Rounded down, so that half a day before the end no day is left.
      let left = end >= now ? (end - now) / 86_400 : -((now - end + 86_399) / 86_400)
      return (
        end,
        Ending(
          name: row["name"]?.string ?? "",
          day: String(text.prefix(10)),
          daysLeft: Int(left),
          isOneOfSeveral: all.count > 1
        )
      )
    }.sorted { ($0.end, $0.ending.name) < ($1.end, $1.ending.name) }.map(\.ending)
  }
}

extension KeyExpiry.Ending {
  /// The ending as a problem of the contract; the login goes on until that day.
  public var problem: ContractProblem {
    let when =
      switch daysLeft {
      case ..<0: "expired on \(day)"
      case 0: "expires within a day, on \(day)"
      case 1: "expires in 1 day, on \(day)"
      default: "expires in \(daysLeft) days, on \(day)"
      }
    let doubt = isOneOfSeveral ? " The user has several keys; this box may use another one." : ""
    return ContractProblem(
      .warns,
      "The API key \"\(name)\" of Tallyman's user \(when); from then on Odoo refuses the login."
        + doubt,
      hint: "Make a new key in Odoo under Preferences > Account Security > New API Key, put it in "
        + "the place of the old one (odoo.key_file), and restart the agent. Remove the old key."
    )
  }
}
