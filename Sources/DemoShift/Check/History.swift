/// What happened on the floor, as the devices know it.
public struct History: Sendable {
  /// All events that were sent, in order.
  public var events: [Event] = []
  /// All transfers that were closed with a good answer, in order.
  public var closings: [Closing] = []

  /// Nothing has happened.
  public init() {}

  /// One event that a device sent, once or several times.
  public struct Event: Sendable, Hashable {
    /// Its own id; nil for a dumb scanner's.
    public var id: String?
    /// The device.
    public var device: String
    /// The payload, which was the same in every sending.
    public var payload: String
    /// How often it was sent.
    public var sendings: Int
    /// The feedback, which is the receipt; nil where none came.
    public var answer: Answer?

    /// An event of a device.
    public init(
      id: String?,
      device: String,
      payload: String,
      sendings: Int = 1,
      answer: Answer? = nil
    ) {
      self.id = id
      self.device = device
      self.payload = payload
      self.sendings = sendings
      self.answer = answer
    }
  }

  /// Feedback.
  public struct Answer: Sendable, Hashable {
    /// The event that is answered: its id, or `e` and its number in the journal.
    public var event: String
    /// `good`, `bad` or `confirm`.
    public var signal: String
    /// The verdict's code.
    public var code: String
    /// What the worker reads.
    public var message: String

    /// Feedback of these parts.
    public init(event: String, signal: String, code: String, message: String = "") {
      self.event = event
      self.signal = signal
      self.code = code
      self.message = message
    }
  }

  /// A transfer that was closed on the floor, with what was counted for it there.
  public struct Closing: Sendable, Hashable {
    /// The name that was scanned.
    public var transfer: String
    /// 0 for the transfer itself, 1 for the rest of it, 2 for the rest of that.
    public var part: Int
    /// The event that closed it, as its answer names it.
    public var event: String
    /// What was counted; `resultPackage` is where it went.
    public var goods: [OdooTransfer.Line]
    /// Gross weight in kilograms by package.
    public var weights: [String: Double]
    /// The carrier's tracking reference.
    public var tracking: String?

    /// A closed transfer.
    public init(
      transfer: String,
      part: Int = 0,
      event: String,
      goods: [OdooTransfer.Line],
      weights: [String: Double] = [:],
      tracking: String? = nil
    ) {
      self.transfer = transfer
      self.part = part
      self.event = event
      self.goods = goods
      self.weights = weights
      self.tracking = tracking
    }
  }
}
