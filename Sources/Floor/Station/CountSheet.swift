/// What has been counted of the stock at one location.
public struct CountSheet: Hashable, Sendable {
  /// The location; nil until it is scanned.
  public internal(set) var location: Location?
  /// What lies there; one entry per product and lot.
  public internal(set) var lines: [Line] = []
  /// What can be taken back, oldest first.
  public internal(set) var history: [Line] = []

  /// Goods that lie there.
  public struct Line: Hashable, Sendable {
    /// Database id of the product.
    public var productID: Int
    /// Name of the lot or serial number.
    public var lot: String?
    /// How much, in the product's unit.
    public var quantity: Quantity

    /// Goods of a product.
    public init(productID: Int, lot: String? = nil, quantity: Quantity) {
      self.productID = productID
      self.lot = lot
      self.quantity = quantity
    }
  }

  /// Entries of `history` that are kept; older ones cannot be taken back.
  public static let historyLimit = 20

  /// An empty sheet.
  public init(location: Location? = nil) { self.location = location }

  /// How much of a product and lot is on the sheet.
  public func counted(_ productID: Int, _ lot: String?) -> Quantity {
    lines.first { $0.productID == productID && $0.lot == lot }?.quantity ?? .zero
  }

  mutating func add(_ line: Line) {
    change(line)
    history.append(line)
    if history.count > Self.historyLimit { history.removeFirst() }
  }

  mutating func undo() -> Bool {
    guard var line = history.popLast() else { return false }
    line.quantity = .zero - line.quantity
    change(line)
    return true
  }

  private mutating func change(_ line: Line) {
    if let index = lines.firstIndex(where: {
      $0.productID == line.productID && $0.lot == line.lot
    }) {
      lines[index].quantity += line.quantity
      if lines[index].quantity <= .zero { lines.remove(at: index) }
    } else if line.quantity > .zero {
      lines.append(line)
    }
  }
}

/// A finished count of the stock at one location.
public struct StockCount: Hashable, Sendable {
  /// Random identity.
  public var uuid: String
  /// Where it was counted.
  public var location: Location
  /// What lies there; goods that are not listed were not counted, except that an empty list says
  /// that nothing lies there.
  public var lines: [CountSheet.Line]

  /// True if nothing of an earlier count at the same place is left that this one does not say anew.
  public func repeats(_ earlier: StockCount) -> Bool {
    guard location.id == earlier.location.id else { return false }
    guard !lines.isEmpty else { return true }
    return !earlier.lines.isEmpty
      && earlier.lines.allSatisfy { old in
        lines.contains { $0.productID == old.productID && $0.lot == old.lot }
      }
  }

  /// A count with all its parts.
  public init(uuid: String, location: Location, lines: [CountSheet.Line]) {
    self.uuid = uuid
    self.location = location
    self.lines = lines
  }
}
