internal import Dispatching
internal import Odoo

/// Which histories are played.
public struct HistoryOptions: Sendable {
  /// The version of Odoo, 17 to 19; nil for any.
  public var version: Int?
  /// How transfers are applied; nil for any.
  public var plan: Plan?
  /// A rule that is broken on purpose.
  public var sabotage: Sabotage?
  /// What somebody is to do at which step, as `Coverage.missing` names it; one of them is drawn.
  public var aims: [String] = []
  /// Whether the history is told line by line.
  var tells = false

  /// All histories.
  public init(version: Int? = nil, plan: Plan? = nil, sabotage: Sabotage? = nil) {
    self.version = version
    self.plan = plan
    self.sabotage = sabotage
  }
}

/// How transfers are applied.
public enum Plan: String, CaseIterable, Sendable {
  /// By the plain calls of any stock Odoo.
  case plain
  /// In one transaction, by the server action that an administrator has made.
  case atomic
}

/// Negative controls: each breaks a rule that keeps Odoo right, and must be noticed.
public enum Sabotage: String, CaseIterable, Sendable {
  /// What the validation answered is taken for how it ended.
  case trustsReturnValue = "trusts_return_value"
  /// A call without an answer is sent again, and nothing is read before.
  case retriesBlindly = "retries_blindly"
  /// Lines and packages are made with `create`.
  case createsInsteadOfLoads = "creates_instead_of_loads"
  /// What an earlier attempt has read is believed, and not read again before the first write.
  case skipsReading = "skips_reading"
  /// Lots are written by name, on deliveries, too.
  case namesLots = "names_lots"
  /// `state` is written instead of validating.
  case writesState = "writes_state"
  /// Nothing is on disk before the first call that writes.
  case sendsUnrecorded = "sends_unrecorded"
  /// The next step is the first transfer that follows, whatever it is.
  case takesTheFirst = "takes_the_first"

  func apply(to settings: inout ApplyPlan.Settings) {
    switch self {
    case .trustsReturnValue: settings.trustsReturnValue = true
    case .retriesBlindly: settings.writesWithoutReading = true
    case .createsInsteadOfLoads: settings.createsInsteadOfLoads = true
    case .namesLots: settings.namesLots = true
    case .writesState: settings.writesState = true
    case .sendsUnrecorded, .takesTheFirst, .skipsReading: break
    }
  }

  func forgets(_ record: Attempt.Record) -> Bool {
    if case .sending = record { self == .sendsUnrecorded } else { false }
  }
}
