/// Why a code that says it is GS1 cannot be read as such.
public struct GS1Error: Error, Hashable, Sendable {
  /// The stable name of the reason; the raw value goes into logs and answers.
  public enum Kind: String, CaseIterable, Sendable {
    case codeTooLong = "code_too_long"
    case empty
    case tooManyElements = "too_many_elements"
    case unknownAI = "unknown_ai"
    case emptyValue = "empty_value"
    case valueTooShort = "value_too_short"
    case valueTooLong = "value_too_long"
    case invalidCharacter = "invalid_character"
    case wrongCheckDigit = "wrong_check_digit"
    case invalidDate = "invalid_date"
    case invalidTime = "invalid_time"
    case invalidCompanyPrefix = "invalid_company_prefix"
    case unknownCode = "unknown_code"
    case invalidContent = "invalid_content"
    case differentValues = "different_values"
    case invalidBrackets = "invalid_brackets"
    case invalidLink = "invalid_link"
    case noKeyInLink = "no_key_in_link"
    case misplacedInLink = "misplaced_in_link"
    case repeatedInLink = "repeated_in_link"
  }

  /// The stable name of the reason.
  public let kind: Kind
  /// The AI whose value is wrong, such as `01`; nil if the reason lies before one is known.
  public let ai: String?
  /// Where it is wrong: bytes from the start of the text behind the symbology identifier.
  public let position: Int
  /// The piece of the text that is wrong, at most 40 bytes of it.
  public let found: String
  /// True if a separator that the scanner dropped would explain it (see `GS1Message.runTogether`).
  public let separatorMayBeMissing: Bool

  init(
    _ kind: Kind,
    ai: String? = nil,
    at position: Int,
    found: ArraySlice<UInt8> = [],
    separatorMayBeMissing: Bool = false
  ) {
    self.kind = kind
    self.ai = ai
    self.position = position
    self.found = String(decoding: found.prefix(40), as: UTF8.self)
    self.separatorMayBeMissing = separatorMayBeMissing
  }
}
