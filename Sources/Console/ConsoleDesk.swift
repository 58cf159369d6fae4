public import JSON

/// What the console shows and decides; the agent is behind it.
public protocol ConsoleDesk: Sendable {
  /// Whether the agent is well: false where somebody should look.
  func isHealthy() -> Bool
  /// What waits for a decision, oldest first; with `all` also what is over.
  func exceptions(all: Bool) -> Result<JSON, ConsoleProblem>
  /// The exception of that id; nil if there is none.
  func exception(_ id: String) -> Result<JSON?, ConsoleProblem>
  /// Carries a decision out; waits some seconds for what comes of it.
  func decide(_ decision: ConsoleDecision) -> Result<ConsoleOutcome, ConsoleProblem>
}

/// A decision as it was asked for.
public struct ConsoleDecision: Hashable, Sendable {
  /// Id of the exception.
  public var id: String
  /// What was decided; not checked yet.
  public var decision: String
  /// Who decided it.
  public var actor: String
  /// Why.
  public var reason: String?
  /// The edit, for a decision that has one.
  public var edit: JSON?

  /// A decision about the exception `id`.
  public init(id: String, decision: String, actor: String, reason: String?, edit: JSON?) {
    self.id = id
    self.decision = decision
    self.actor = actor
    self.reason = reason
    self.edit = edit
  }
}

/// What came of a decision.
public enum ConsoleOutcome: Hashable, Sendable {
  /// It is carried out.
  case done
  /// It is on disk, and will be carried out as soon as it can be.
  case noted
}

/// Why a request is refused: a status, a stable code, and a sentence that says what to do.
public struct ConsoleProblem: Error, Hashable, Sendable {
  /// The HTTP status.
  public var status: Int
  /// Stable word for programs.
  public var code: String
  /// Sentence for people.
  public var message: String

  /// A problem.
  public init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }
}
