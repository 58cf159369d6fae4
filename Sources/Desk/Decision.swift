/// What a person may decide about an exception; the raw values are what people type.
public enum Decision: String, CaseIterable, Sendable {
  /// Try again as it is, after what was wrong was put right.
  case retry
  /// Correct what was counted, then try again.
  case edit
  /// Odoo's version is right as it stands: the count is closed without changing Odoo.
  case accept
  /// Apply what fits; the rest becomes an exception of its own.
  case split
  /// Give it up: nothing of it goes to Odoo any more.
  case drop

  /// What it does, in one sentence.
  public var meaning: String {
    switch self {
    case .retry: "Try again as it is."
    case .edit: "Correct quantities, lots, packages or tracking, and try again."
    case .accept: "Odoo is right: close the count, and leave Odoo as it is."
    case .split: "Apply what fits; what is over becomes an exception of its own."
    case .drop: "Give it up: nothing of it goes to Odoo. Needs a reason."
    }
  }

  /// True if a person must say why.
  public var needsReason: Bool { self != .retry }
}
