extension Nomenclature {
  /// A rule as `barcode.rule` has it.
  public struct Rule: Hashable, Sendable {
    /// Which kind of code the rule is for.
    public enum Encoding: String, Sendable {
      case any
      case ean13
      case ean8
      case upcA = "upca"
      case gs1 = "gs1-128"
    }

    /// How a GS1 rule reads its value (`gs1_content_type`).
    public enum Content: String, Sendable {
      case date
      case measure
      /// Digits whose last is a check digit.
      case identifier
      case alpha
    }

    /// The rule's name.
    public let name: String
    /// What the code stands for, in the words of Odoo, such as `product`, `weight` or `lot`.
    public let type: String
    /// Which kind of code the rule is for.
    public let encoding: Encoding
    /// A regular expression; `{NNDDD}` marks digits of a value and its decimals.
    public let pattern: String
    /// Rules with smaller numbers come first.
    public let sequence: Int
    /// What an alias stands for (rules of type `alias`).
    public let alias: String?
    /// How a GS1 rule reads its value.
    public let content: Content
    /// True if the AI's last digit says how many decimals the value has (`gs1_decimal_usage`).
    public let usesDecimals: Bool
    /// The unit of a measure, by its name in Odoo.
    public let unit: String?

    /// A rule; nothing is checked before it stands in a nomenclature.
    public init(
      name: String,
      type: String,
      encoding: Encoding,
      pattern: String,
      sequence: Int,
      alias: String? = nil,
      content: Content = .alpha,
      usesDecimals: Bool = false,
      unit: String? = nil
    ) {
      self.name = name
      self.type = type
      self.encoding = encoding
      self.pattern = pattern
      self.sequence = sequence
      self.alias = alias
      self.content = content
      self.usesDecimals = usesDecimals
      self.unit = unit
    }
  }

  /// A rule with its pattern read.
  struct Compiled: Hashable, Sendable {
    let rule: Rule
    let pattern: Pattern
    /// How many characters of a code Odoo shows to the pattern: as many as it has itself.
    let reach: Int
    /// Where the value's digits stand.
    let value: ValueDigits?

    init(_ rule: Rule, separator: String) throws(PatternError) {
      self.rule = rule
      if rule.encoding == .gs1 {
        value = nil
        pattern = try Pattern("^" + rule.pattern + "(?:" + separator + ")?")
        reach = .max
      } else {
        value = ValueDigits(rule.pattern)
        let plain = value?.zeroed(rule.pattern) ?? rule.pattern
        pattern = try Pattern(plain)
        reach = plain.unicodeScalars.count
      }
    }
  }

  /// The braces of a pattern: `21.....{NNDDD}` has two whole digits and three decimals from 7 on.
  struct ValueDigits: Hashable, Sendable {
    let start: Int
    let whole: Int
    let decimals: Int

    init?(_ pattern: String) {
      let characters = pattern.unicodeScalars.map(\.value)
      // Braces with other content, such as `{2}`, are repetitions.
      for open in characters.indices where characters[open] == 0x7B {
        let inner = characters[(open + 1)...]
        let whole = inner.prefix { $0 == 0x4E }.count
        let decimals = inner.dropFirst(whole).prefix { $0 == 0x44 }.count
        let end = open + 1 + whole + decimals
        if 1...18 ~= whole + decimals, end < characters.count, characters[end] == 0x7D {
          start = open
          self.whole = whole
          self.decimals = decimals
          return
        }
      }
      return nil
    }

    var width: Int { whole + decimals }

    /// The pattern with zeros in place of the braces.
    func zeroed(_ pattern: String) -> String {
      let characters = Array(pattern.unicodeScalars)
      var text = String.UnicodeScalarView()
      text.append(contentsOf: characters[..<start])
      text.append(contentsOf: repeatElement("0", count: width))
      text.append(contentsOf: characters[(start + width + 2)...])
      return String(text)
    }
  }
}
