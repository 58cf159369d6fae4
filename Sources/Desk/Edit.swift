public import Floor

/// A correction of what was counted, line by line.
public struct Edit: Hashable, Sendable {
  /// Changes of counted lines.
  public var lines: [LineChange]
  /// Lines that were not counted.
  public var added: [Confirmation.Line]
  /// The carrier's tracking reference, if it is another one.
  public var tracking: String?
  /// What becomes of the demand that is not counted, if that is to be otherwise.
  public var rest: Confirmation.Rest?

  /// How one counted line is to be.
  public struct LineChange: Hashable, Sendable {
    /// Place of the line in the confirmation, from 1.
    public var number: Int
    /// How much; zero takes the line out.
    public var quantity: Quantity?
    /// The lot or serial number.
    public var lot: Name
    /// The package that the goods are in.
    public var package: Name
    /// The package that they came in.
    public var sourcePackage: Name

    /// A change of line `number`.
    public init(
      number: Int,
      quantity: Quantity? = nil,
      lot: Name = .kept,
      package: Name = .kept,
      sourcePackage: Name = .kept
    ) {
      self.number = number
      self.quantity = quantity
      self.lot = lot
      self.package = package
      self.sourcePackage = sourcePackage
    }
  }

  /// What becomes of a name.
  public enum Name: Hashable, Sendable {
    case kept
    case removed
    case set(String)

    func applied(to old: String?) -> String? {
      switch self {
      case .kept: old
      case .removed: nil
      case .set(let new): new
      }
    }
  }

  /// Most lines of a confirmation.
  public static let lineLimit = 1000
  /// Longest name in bytes.
  public static let nameLimit = 128

  /// An edit of its parts.
  public init(
    lines: [LineChange] = [],
    added: [Confirmation.Line] = [],
    tracking: String? = nil,
    rest: Confirmation.Rest? = nil
  ) {
    self.lines = lines
    self.added = added
    self.tracking = tracking
    self.rest = rest
  }
}

/// Why a decision cannot be carried out.
public struct DecisionProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was expected, what came, and what to do.
  public let description: String

  /// A problem in one or two sentences.
  public init(_ description: String) { self.description = description }
}
