public import Floor
public import JSON

/// Finds the transfer in Odoo that a confirmation is about, where its id was not known at closing.
///
/// A state machine without I/O, like `ApplyPlan`; it only reads.
///
/// *The next step* (hazard `chain-binding`). What a validated transfer brought is taken on by the
/// moves in `move_dest_ids`; since 18 Odoo makes them at the validation, 17 has them from the start.
/// They may have been split over transfers, merged, or shared with other orders since. So the link
/// is read anew: the predecessor's done moves, the moves behind them, their transfers. Of those that
/// are of the step, not taken by another confirmation, and open, it is the only one, or the only one
/// that asks for what was counted, or the only one that asks for enough of it. Which of several it
/// is beyond that, a person must say.
///
/// *A name* that the mirror did not know: the transfer of exactly that name in the login's company.
public struct TransferSearch: Sendable {
  /// What is looked for.
  public enum Goal: Hashable, Sendable {
    /// The transfer of a step that takes on what the transfer `after` brought; `moves` are the moves
    /// that followed it when it was applied.
    case next(after: Int, moves: [Int], step: Transfer.Step)
    /// The transfer of that name.
    case named(String)
  }

  /// What is known without asking Odoo.
  public struct Known: Hashable, Sendable {
    /// Steps of operation types by id, as the mirror has them; types left out fit any step.
    public var steps: [Int: Transfer.Step]
    /// Transfers that other confirmations are about.
    public var taken: Set<Int>
    /// The company of the login.
    public var companyID: Int?
    /// Earlier searches that found nothing, while Odoo answered.
    public var missedBefore: Int
    /// How often nothing may be found before a person has to look at it.
    public var missLimit: Int
    /// How long to wait before it is looked for again.
    public var pause: Duration

    /// What is known; with the defaults nothing may be found for ten minutes.
    public init(
      steps: [Int: Transfer.Step] = [:],
      taken: Set<Int> = [],
      companyID: Int? = nil,
      missedBefore: Int = 0,
      missLimit: Int = 10,
      pause: Duration = .seconds(60)
    ) {
      self.steps = steps
      self.taken = taken
      self.companyID = companyID
      self.missedBefore = missedBefore
      self.missLimit = missLimit
      self.pause = pause
    }

    /// Negative control of the tests: takes the first transfer that follows, whatever it is.
    package var takesTheFirst = false
  }

  /// What the driver has to do.
  public enum Step: Hashable, Sendable {
    /// Make the call and give its result to `resume`.
    case call(OdooCall)
    /// The search is over.
    case finished(Outcome)
  }

  /// How a search ended.
  public enum Outcome: Hashable, Sendable {
    /// It is the transfer with this database id.
    case found(Int)
    /// It is not there yet, or Odoo did not answer.
    case later(ApplyOutcome.Later)
    /// A person must decide.
    case exception(ApplyException)
    /// The login is refused.
    case stop(OdooFailure)
  }

  enum State {
    case idle
    case predecessor
    case moves
    case transfers
    case demand([Found])
    case names
  }

  /// A transfer that may be meant.
  struct Found: Hashable {
    var id: Int
    var name: String
    var state: String
    var isOpen: Bool { state != "done" && state != "cancel" }
  }

  let confirmation: Confirmation
  let goal: Goal
  let known: Known
  var state = State.idle

  /// A search for what a confirmation is about.
  public init(_ confirmation: Confirmation, _ goal: Goal, known: Known = Known()) {
    self.confirmation = confirmation
    self.goal = goal
    self.known = known
  }

  /// The first step.
  public mutating func start() -> Step {
    switch goal {
    case .next(let id, _, _):
      state = .predecessor
      return read("stock.move", [["picking_id", "=", .int(id)]], ["state", "move_dest_ids"])
    case .named(let name):
      state = .names
      var domain: [JSON] = [["name", "=ilike", .string(Self.literal(name))]]
      if let company = known.companyID { domain.append(["company_id", "=", .int(company)]) }
      return read("stock.picking", domain, ["name", "state"])
    }
  }

  /// The step after a call's result.
  public mutating func resume(_ result: Result<JSON, OdooFailure>) -> Step {
    let rows: [JSON]
    switch result {
    case .failure(let failure): return failed(failure)
    case .success(let answer):
      guard let array = answer.array else {
        return .finished(
          .exception(
            exception(.contract, "Odoo's answer to a search is not a list of records.", answer.text)
          )
        )
      }
      rows = array
    }
    switch state {
    case .idle: return start()
    case .predecessor: return tookPredecessor(rows)
    case .moves: return tookMoves(rows)
    case .transfers: return tookTransfers(rows)
    case .demand(let found): return tookDemand(rows, found)
    case .names: return tookNames(rows)
    }
  }

  /// Wildcards of a pattern taken literally.
  private static func literal(_ name: String) -> String {
    var text = ""
    for character in name {
      if "%_\\".contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }

  func read(_ model: String, _ domain: [JSON], _ fields: [String]) -> Step {
    .call(
      OdooCall(
        model,
        "search_read",
        arguments: [
          "domain": .array(domain), "fields": .array(fields.map { .string($0) }), "order": "id",
          "load": .null,
        ],
        writes: false
      )
    )
  }

  private func failed(_ failure: OdooFailure) -> Step {
    switch failure.kind {
    case .denied, .missing: return .finished(.stop(failure))
    case .unreachable, .unanswered, .unavailable, .conflict:
      return .finished(
        .later(
          .init(
            reason: "Odoo could not be read: \(failure.message)",
            kind: failure.kind,
            retryAfter: failure.retryAfter.map { .seconds($0) }
          )
        )
      )
    case .forbidden:
      return .finished(
        .exception(
          exception(
            .forbidden,
            "Odoo does not let the user look for the transfer. Give it the group Inventory / User, "
              + "then try again.",
            failure.message
          )
        )
      )
    case .refused, .contract:
      return .finished(
        .exception(
          exception(.contract, "Odoo refused to be searched (\(failure.name)).", failure.message)
        )
      )
    }
  }

  func exception(
    _ category: ApplyException.Category,
    _ sentence: String,
    _ odoo: String
  ) -> ApplyException {
    let counted = confirmation.lines.map { "\($0.quantity) × product \($0.productID)" }
    return ApplyException(
      category: category,
      sentence: sentence,
      odoo: odoo,
      floor: counted.isEmpty ? "nothing" : counted.joined(separator: "; "),
      versions: .init(
        basis: .nothing,
        lines: confirmation.lines.map {
          .init(
            productID: $0.productID,
            lot: $0.lot,
            package: $0.package ?? $0.sourcePackage,
            odoo: nil,
            floor: $0.quantity
          )
        }
      )
    )
  }

  /// Nothing was found: to be looked for again, or for a person.
  func missed(
    _ category: ApplyException.Category,
    waiting reason: String,
    _ sentence: String
  ) -> Step {
    guard known.missedBefore < known.missLimit else {
      return .finished(.exception(exception(category, sentence, "nothing")))
    }
    return .finished(.later(.init(reason: reason, kind: nil, retryAfter: known.pause)))
  }
}
