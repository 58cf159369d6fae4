public import Floor

/// How a count plan ended.
public enum CountOutcome: Hashable, Sendable {
  /// Odoo's stock is what was counted, with what happened since.
  case applied([CountedGoods])
  /// A person must decide.
  case exception(CountException)
  /// Nothing is decided; a new plan must be made later.
  case later(ApplyOutcome.Later)
  /// The login is refused.
  case stop(OdooFailure)
}

/// Goods that were counted, beside what Odoo expected there at that moment.
public struct CountedGoods: Hashable, Sendable {
  /// Database id of the product.
  public var productID: Int
  /// Name of the lot or serial number.
  public var lot: String?
  /// What was counted.
  public var counted: Quantity
  /// What Odoo had, less what happened after the count.
  public var expected: Quantity

  /// Goods with both quantities.
  public init(productID: Int, lot: String?, counted: Quantity, expected: Quantity) {
    self.productID = productID
    self.lot = lot
    self.counted = counted
    self.expected = expected
  }

  /// By how much Odoo's stock has to change.
  public var difference: Quantity { counted - expected }
}

/// What a person has to decide about a count.
public struct CountException: Hashable, Sendable {
  /// What kind of trouble it is; stable.
  public var category: Category
  /// What happened, and what the choices are.
  public var sentence: String
  /// What was counted and expected, as far as it is known.
  public var goods: [CountedGoods]

  /// Kinds of trouble; the raw values are stable.
  public enum Category: String, Hashable, Sendable, CaseIterable {
    /// More differs than is applied without a person.
    case overLimit = "count_over_limit"
    /// Somebody counts or adjusts the same goods in Odoo.
    case countedElsewhere = "counted_elsewhere"
    /// When it was counted, beside what others did then, is not certain.
    case uncertain = "count_uncertain"
    /// What is too much in Odoo lies in packages or belongs to others.
    case packed = "count_packed"
    /// A lot or serial number is not known to Odoo.
    case lotUnknown = "lot_unknown"
    /// The user lacks a right.
    case forbidden
    /// Odoo refused by a rule of its own.
    case refused
    /// The stock kept changing while the count was being applied.
    case unstable
    /// The call was wrong: a bug, or a version of Odoo that behaves otherwise.
    case contract
  }

  /// Something to decide.
  public init(_ category: Category, _ sentence: String, goods: [CountedGoods]) {
    self.category = category
    self.sentence = sentence
    self.goods = goods
  }
}
