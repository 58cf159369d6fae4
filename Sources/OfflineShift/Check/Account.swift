/// What happened, as devices, journal and Odoo tell it.
public struct Account: Sendable {
  /// The answer that a device got.
  public struct Answer: Sendable, Hashable {
    /// `good`, `bad` or `confirm`.
    public var signal: String
    /// The code; nil where the device has no way to show it.
    public var code: String?
    /// True where it says that the event was counted before.
    public var isRepeat: Bool
    /// What the worker reads.
    public var message: String

    /// An answer of these parts.
    public init(signal: String, code: String?, isRepeat: Bool = false, message: String = "") {
      self.signal = signal
      self.code = code
      self.isRepeat = isRepeat
      self.message = message
    }
  }

  /// A transfer in Odoo after the shift.
  public struct Transfer: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// The order that it is for.
    public var order: String
    /// The kind of work.
    public var step: Step
    /// Odoo's state.
    public var state: String
    /// How often stock moved for it.
    public var validations: Int
    /// How often its done lines were written.
    public var edits: Int
    /// The place of its first validation among all calls; nil where there was none.
    public var validatedAt: Int?
    /// Demand by article, in units.
    public var demand: [String: Double]
    /// Reserved or done goods, in units.
    public var goods: [Goods: Double]

    /// A transfer with all its parts.
    public init(
      name: String,
      order: String,
      step: Step,
      state: String,
      validations: Int = 0,
      edits: Int = 0,
      validatedAt: Int? = nil,
      demand: [String: Double] = [:],
      goods: [Goods: Double] = [:]
    ) {
      self.name = name
      self.order = order
      self.step = step
      self.state = state
      self.validations = validations
      self.edits = edits
      self.validatedAt = validatedAt
      self.demand = demand
      self.goods = goods
    }
  }

  /// Goods at a place.
  public struct Spot: Sendable, Hashable {
    /// `TM3/Stock`, `Customers` and so on, without bins.
    public var place: String
    /// What lies there; `package` is where it is in.
    public var goods: Goods

    /// Goods at a place.
    public init(_ place: String, _ goods: Goods) {
      self.place = place
      self.goods = goods
    }
  }

  /// Answers by scan.
  public var answers: [Int: Answer] = [:]
  /// Codes in the journal by scan; one for each row of its event.
  public var journal: [Int: [String]] = [:]
  /// Transfers in Odoo.
  public var transfers: [Transfer] = []
  /// Stock before the shift, in units.
  public var before: [Spot: Double] = [:]
  /// Stock after it.
  public var after: [Spot: Double] = [:]
  /// Gross weights of packages in kilograms.
  public var kilograms: [String: Double] = [:]
  /// Confirmations that are not applied, each in a sentence.
  public var unapplied: [String] = []

  /// Nothing has happened.
  public init() {}
}
