/// How somebody else's JSON becomes scans, weights or commands.
public struct JSONReading: Hashable, Sendable {
  /// What the message must look like to be read by this rule.
  public var conditions: [Condition]
  /// An array with one element per event; the whole message is one event where nil.
  public var items: Pointer?
  /// What is read.
  public var content: Content
  /// The device; the topic's `{device}` where nil.
  public var device: Pointer?
  /// The event's own id.
  public var id: Pointer?
  /// The device's clock.
  public var time: Pointer?
  /// What `time` counts.
  public var timeUnit: TimeUnit
  /// Finest step of the device's clock in milliseconds, where it is coarser than it looks.
  public var timeResolution: Int64?
  /// The device's running number.
  public var sequence: Pointer?
  /// The session in which `sequence` counts.
  public var session: Pointer?

  /// What is read.
  public enum Content: Hashable, Sendable {
    case scan(Scan)
    case weight(Weight)
    /// The message means this command, such as the press of a button.
    case command(EventBody.Command)
  }

  /// Where the code of a scan stands.
  public struct Scan: Hashable, Sendable {
    /// Tried in order; the first that is present is taken.
    public var codes: [Code]
    /// The device's name for the symbology.
    public var symbology: Pointer?
    /// How many the worker keyed in; one scan counts once where nothing stands there.
    public var quantity: Pointer?
    /// Taken off the front where present.
    public var stripPrefix: String
    /// Taken off the end where present.
    public var stripSuffix: String

    /// A scan whose code stands in one of `codes`.
    public init(
      codes: [Code],
      symbology: Pointer? = nil,
      quantity: Pointer? = nil,
      stripPrefix: String = "",
      stripSuffix: String = ""
    ) {
      self.codes = codes
      self.symbology = symbology
      self.quantity = quantity
      self.stripPrefix = stripPrefix
      self.stripSuffix = stripSuffix
    }
  }

  /// A place of a code, and how it is written there.
  public enum Code: Hashable, Sendable {
    case text(Pointer)
    /// Base64 or Base64url of the code's UTF-8 bytes.
    case base64(Pointer)
  }

  /// Where a weight stands.
  public struct Weight: Hashable, Sendable {
    /// The number, or text with or without a unit.
    public var value: Pointer
    /// Its unit.
    public var unit: Unit
    /// Whether the load lies still.
    public var stable: Stable

    /// A weight at a place.
    public init(value: Pointer, unit: Unit, stable: Stable = .always(true)) {
      self.value = value
      self.unit = unit
      self.stable = stable
    }
  }

  /// The unit of a weight.
  public enum Unit: Hashable, Sendable {
    case constant(WeightUnit)
    case at(Pointer)
  }

  /// Whether the load lies still.
  public enum Stable: Hashable, Sendable {
    case always(Bool)
    case at(Pointer)
  }

  /// What a number or text of time counts.
  public enum TimeUnit: String, CaseIterable, Sendable {
    case milliseconds = "ms"
    case seconds = "s"
    case iso8601
  }

  /// A reading with all its parts.
  public init(
    conditions: [Condition] = [],
    items: Pointer? = nil,
    content: Content,
    device: Pointer? = nil,
    id: Pointer? = nil,
    time: Pointer? = nil,
    timeUnit: TimeUnit = .milliseconds,
    timeResolution: Int64? = nil,
    sequence: Pointer? = nil,
    session: Pointer? = nil
  ) {
    self.conditions = conditions
    self.items = items
    self.content = content
    self.device = device
    self.id = id
    self.time = time
    self.timeUnit = timeUnit
    self.timeResolution = timeResolution
    self.sequence = sequence
    self.session = session
  }
}
