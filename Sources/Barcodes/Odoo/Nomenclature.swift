/// Odoo's barcode nomenclature: rules that say what a barcode without a mark means.
///
/// Give it the rules of `barcode.rule` as they are; those that cannot be used are reported in
/// `unusable` and left out, so that one odd rule does not stop the floor.
public struct Nomenclature: Hashable, Sendable {
  /// How UPC-A and EAN-13 are exchanged before a rule is tried (`upc_ean_conv`).
  public enum Conversion: String, Sendable {
    /// Both ways.
    case always
    /// Never.
    case none
    /// UPC-A gets a zero for rules of EAN-13.
    case upcToEAN = "upc2ean"
    /// EAN-13 loses its zero for rules of UPC-A.
    case eanToUPC = "ean2upc"
  }

  /// A rule that cannot be used, and why.
  public struct Unusable: Hashable, Sendable, CustomStringConvertible {
    /// The rule's name in Odoo.
    public let rule: String
    /// Its pattern.
    public let pattern: String
    /// Why it cannot be used.
    public let reason: PatternError

    /// A sentence for the operator.
    public var description: String { "Rule \"\(rule)\" (\(pattern)) is not used: \(reason)" }
  }

  /// The nomenclature's name in Odoo.
  public let name: String
  /// True if GS1 rules are tried on the whole code first (`is_gs1_nomenclature`).
  public let isGS1: Bool
  /// How UPC-A and EAN-13 are exchanged.
  public let conversion: Conversion
  /// The usable rules in the order in which they are tried.
  public let rules: [Rule]
  /// The rules that are left out.
  public let unusable: [Unusable]

  let compiled: [Compiled]

  /// Most rules that are kept.
  public static let mostRules = 1_000

  /// The default of `gs1_separator_fnc1`.
  public static let defaultSeparator = #"(Alt029|#|\x1D)"#

  /// Builds a nomenclature; rules are tried by sequence, then in the order given.
  ///
  /// - Parameter separator: pattern of what stands for FNC1 (`gs1_separator_fnc1`).
  public init(
    name: String,
    isGS1: Bool,
    conversion: Conversion = .always,
    separator: String = Nomenclature.defaultSeparator,
    rules: [Rule]
  ) {
    self.name = name
    self.isGS1 = isGS1
    self.conversion = conversion
    var compiled: [Compiled] = []
    var unusable: [Unusable] = []
    let ordered = rules.prefix(Self.mostRules).enumerated()
      .sorted { ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset) }
    for (_, rule) in ordered {
      do throws(PatternError) {
        compiled.append(try Compiled(rule, separator: separator))
      } catch {
        unusable.append(Unusable(rule: rule.name, pattern: rule.pattern, reason: error))
      }
    }
    self.compiled = compiled
    self.unusable = unusable
    self.rules = compiled.map(\.rule)
  }
}
