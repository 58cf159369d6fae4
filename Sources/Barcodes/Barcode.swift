/// A scanned code, read: what it is, what it says and why it was read so.
///
/// Reading never fails: a code that says it is GS1 and is not keeps its text and carries the error.
/// Ambiguity is left to the caller in one place only: a text without any mark of GS1 is `.text`,
/// and `unmarkedGS1` says what it would mean. Look the whole text up first; only if nothing is
/// found, use that.
public struct Barcode: Hashable, Sendable {
  /// What the code is.
  public enum Content: Hashable, Sendable {
    /// Nothing but blanks.
    case empty
    /// More bytes than are ever looked at.
    case tooLong(bytes: Int)
    /// A command of Odoo or of the station.
    case command(Command)
    /// GS1 elements that are marked as such.
    case gs1(GS1Message)
    /// Marked as GS1 (or as an EAN) and wrong.
    case invalidGS1(GS1Error)
    /// An article's number, 14 digits.
    case gtin(String)
    /// A logistic unit's 18 digits without AI.
    case sscc(String)
    /// What an RFID tag says.
    case epc(EPC)
    /// A web address that is no GS1 Digital Link.
    case url(String)
    /// Any other text.
    case text
  }

  /// The code as it came.
  public let raw: String
  /// The symbology identifier, where the scanner sends it.
  public let symbology: Symbology?
  /// The code without identifier, line ends and blanks around it.
  public let text: String
  /// What the code is.
  public internal(set) var content: Content
  /// The second half of a composite code on an EAN.
  public internal(set) var composite: GS1Message?
  /// The two or five digits of an add-on.
  public internal(set) var addOn: String?
  /// How the code was read.
  public let options: Options

  /// Settings of reading.
  public struct Options: Hashable, Sendable {
    /// The year from which two-digit years are understood; the caller has the clock.
    public var year: Int
    /// Substitutes for FNC1 besides the standard ones, such as `|` or `~`.
    public var separators: [String]
    /// Whose layout of in-store EANs counts; nil treats them as plain articles.
    public var region: VariableMeasure.Region?
    /// Fills GTIN-8, -12 and -13 in Digital Links up to 14 digits.
    public var allowsShortGTIN: Bool

    /// Settings; only the year has no default.
    public init(
      year: Int,
      separators: [String] = [],
      region: VariableMeasure.Region? = nil,
      allowsShortGTIN: Bool = true
    ) {
      self.year = year
      self.separators = separators
      self.region = region
      self.allowsShortGTIN = allowsShortGTIN
    }
  }
}
