public import Floor
public import JSON

/// Makes one count of stock true in Odoo as an inventory adjustment.
///
/// A state machine without I/O beside `ApplyPlan`, in the same round: *read, decide, do one thing*.
/// ```
///   read quants and moves since ──► decide ──► write the counted quantity on a quant
///        ▲                            │  ├──► make the wizard that names the adjustment, apply it
///        └──── wait ◄── unsettled ◄───┤
///                        finished ◄───┘
/// ```
/// Invariants:
///
/// 1. *A count is a statement about its moment* (hazard `late-count`). What the box confirmed
///    before it is in Odoo before the plan begins (`CountGate`). What was done after it is added
///    to what was counted: Odoo's own done lines at the location tell how much that is. So a count
///    of nine o'clock does not undo a shipment of half past nine, whichever reaches Odoo first.
/// 2. *Odoo holds the difference against the stock that was read.* The counted quantity fixes the
///    difference when it is written; it is read back, and stock that moves until it is applied
///    makes it outdated, which Odoo refuses to apply.
/// 3. *Repeating is harmless.* The adjustment bears the count's name, and goods that have one of
///    this name are done. It is applied through the wizard that leaves quants alone that have no
///    counted quantity (any more): `action_apply_inventory` itself sets such a quant to zero.
/// 4. *After every write without an answer comes a read* before anything else is written, and
///    while a call of an earlier plan may still be carried out nothing is written at all.
/// 5. *What somebody counts in Odoo's own screens is left to a person.*
/// 6. *It ends*: waits and rounds are bounded.
public struct CountPlan: Sendable {
  /// What the driver has to do.
  public enum Step: Hashable, Sendable {
    /// Make the call and give its result to `resume`.
    case call(OdooCall)
    /// Wait, then call `woke`.
    case wait(Duration)
    /// The plan is over.
    case finished(CountOutcome)
  }

  /// When it was counted, beside everything else.
  public struct Moment: Hashable, Sendable {
    /// When it was finished, in milliseconds since 1970 by the box's clock.
    public var counted: Int64
    /// True if that clock was set then.
    public var isProven: Bool
    /// Transfers that were closed here before it; they are in what was counted.
    public var before: Set<Int>
    /// Transfers that were closed here after it.
    public var after: Set<Int>

    /// A moment.
    public init(counted: Int64, isProven: Bool, before: Set<Int> = [], after: Set<Int> = []) {
      self.counted = counted
      self.isProven = isProven
      self.before = before
      self.after = after
    }
  }

  /// How much may differ without a person.
  public struct Limit: Hashable, Sendable {
    /// So much always may.
    public var units: Quantity
    /// So much of what was expected may, in percent.
    public var percent: Int

    /// The larger of both holds.
    public init(units: Quantity, percent: Int) {
      self.units = units
      self.percent = percent
    }

    /// True if goods differ by no more.
    public func admits(_ goods: CountedGoods) -> Bool {
      let size = max(goods.difference, .zero - goods.difference)
      let part = max(goods.expected, .zero).scaled(by: Int64(percent), over: 100)
      return size <= max(units, part)
    }
  }

  /// Limits of a plan.
  public struct Settings: Hashable, Sendable {
    /// How much may differ; nil for a count that a person has approved.
    public var limit: Limit?
    /// Longest time to wait in all for unanswered writes.
    public var settling: Duration
    /// How long after the client gave a call up it may still be carried out.
    public var latestExecution: Duration
    /// How long a call of an earlier plan may still be carried out; until then this plan looks only.
    public var unsettledFor: Duration
    /// True if an earlier plan may have written a counted quantity.
    public var mayHaveWritten: Bool

    /// Limits of a plan.
    public init(
      limit: Limit?,
      settling: Duration = .seconds(30),
      latestExecution: Duration = .seconds(120),
      unsettledFor: Duration = .zero,
      mayHaveWritten: Bool = false
    ) {
      self.limit = limit
      self.settling = settling
      self.latestExecution = latestExecution
      self.unsettledFor = unsettledFor
      self.mayHaveWritten = mayHaveWritten
    }

    /// Negative controls of the tests: each breaks one invariant on purpose.
    package var ignoresWhatCameAfter = false
    package var appliesDirectly = false
  }

  enum State {
    case idle, quants, moves, lots, writing(Write), waiting, over
  }

  enum Write {
    case quantity(Int?), wizard, apply
  }

  /// What the last write came to.
  enum Trouble {
    case failure(Write, OdooFailure)
    /// Odoo asked whether to keep the difference: the stock has moved.
    case conflict
  }

  /// More rounds than any plan needs, beside two for each of the goods.
  static let roundLimit = 30
  /// Done lines since the count: more are too many to judge it.
  static let moveLimit = 5000

  let count: StockCount
  let moment: Moment
  let fields: OdooFields
  let settings: Settings
  var state = State.idle
  var quants: [Quant] = []
  var moves: [DoneLine] = []
  var lots: [TransferSnapshot.Lot]?
  var trouble: Trouble?
  var isUnsettled = false
  var waited = Duration.zero
  var pause = Duration.seconds(1)
  var rounds = 0
  var written: Set<Int> = []

  /// A plan that adjusts the stock as a count says.
  public init(_ count: StockCount, at moment: Moment, fields: OdooFields, settings: Settings) {
    self.count = count
    self.moment = moment
    self.fields = fields
    self.settings = settings
  }

  /// The name that the adjustment has in Odoo.
  public static func name(of uuid: String) -> String { "\(namePrefix)\(uuid.prefix(8))" }

  static let namePrefix = "Tallyman count "

  /// True if an earlier call may still be carried out, so that nothing is written.
  public var isBoundToLook: Bool { settings.unsettledFor > .zero }

  /// The first step.
  public mutating func start() -> Step { read() }

  /// The step after a wait.
  public mutating func woke() -> Step { read() }

  /// The step after a call's result.
  public mutating func resume(_ result: Result<JSON, OdooFailure>) -> Step {
    switch state {
    case .idle, .waiting, .over: return read()
    case .quants, .moves, .lots: return took(result)
    case .writing(let write): return took(write, result)
    }
  }

  mutating func finish(_ outcome: CountOutcome) -> Step {
    state = .over
    return .finished(outcome)
  }

  mutating func except(
    _ category: CountException.Category,
    _ sentence: String,
    _ goods: [CountedGoods] = []
  ) -> Step {
    finish(.exception(CountException(category, sentence, goods: goods)))
  }

  mutating func later(
    _ reason: String,
    _ kind: OdooFailure.Kind?,
    after: Duration? = nil
  ) -> Step {
    var pause = after
    if isUnsettled { pause = max(pause ?? .zero, settings.latestExecution) }
    return finish(
      .later(.init(reason: reason, kind: kind, retryAfter: pause, isUnsettled: isUnsettled))
    )
  }

  /// Waits for a write to show; nil once the time for that is used up.
  mutating func settle() -> Step? {
    let left = settings.settling - waited
    guard left > .zero else { return nil }
    let time = min(pause, left)
    waited += time
    pause = pause * 2
    state = .waiting
    return .wait(time)
  }
}
