/// How often, and by how much, the stock of a product at a place was not what it should have been.
public struct MismatchRate: Hashable, Sendable {
  /// Name of the place.
  public var location: String
  /// Database id of the product.
  public var productID: Int
  /// Counts of it there, that Odoo could be asked about.
  public var counts = 0
  /// Of those, the ones that found another quantity.
  public var wrong = 0
  /// What was too much less what was missing, over all counts.
  public var difference = Quantity.zero
  /// Picks that found less than was reserved there.
  public var shortPicks = 0
  /// How much they missed in all.
  public var short = Quantity.zero

  /// Counts that found another quantity, in percent of all; nil without a count.
  public var rate: Int? { counts == 0 ? nil : (200 * wrong + counts) / (2 * counts) }

  /// A count of one product at one place.
  public struct Count: Hashable, Sendable {
    /// Name of the place.
    public var location: String
    /// Database id of the product.
    public var productID: Int
    /// What was counted less what was expected.
    public var difference: Quantity

    /// A count that found `difference` more than was expected.
    public init(location: String, productID: Int, difference: Quantity) {
      self.location = location
      self.productID = productID
      self.difference = difference
    }
  }

  /// A pick that found less than was reserved at a place.
  public struct ShortPick: Hashable, Sendable {
    /// Name of the place.
    public var location: String
    /// Database id of the product.
    public var productID: Int
    /// How much was missing.
    public var short: Quantity

    /// A pick that missed `short`.
    public init(location: String, productID: Int, short: Quantity) {
      self.location = location
      self.productID = productID
      self.short = short
    }
  }

  /// What was wrong where: the worst first, places without any trouble left out.
  public static func all(_ counts: [Count], _ picks: [ShortPick]) -> [MismatchRate] {
    var found: [[String]: MismatchRate] = [:]
    func change(_ location: String, _ product: Int, _ body: (inout MismatchRate) -> Void) {
      body(&found[[location, "\(product)"], default: MismatchRate(location, product)])
    }
    for count in counts {
      change(count.location, count.productID) {
        $0.counts += 1
        $0.difference += count.difference
        if count.difference != .zero { $0.wrong += 1 }
      }
    }
    for pick in picks where pick.short > .zero {
      change(pick.location, pick.productID) {
        $0.shortPicks += 1
        $0.short += pick.short
      }
    }
    return found.values.filter { $0.wrong + $0.shortPicks > 0 }.sorted { a, b in
      let (x, y) = (a.wrong + a.shortPicks, b.wrong + b.shortPicks)
      return x == y ? (a.location, a.productID) < (b.location, b.productID) : x > y
    }
  }

  private init(_ location: String, _ productID: Int) {
    self.location = location
    self.productID = productID
  }
}
