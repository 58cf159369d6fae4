public import Floor

/// What is open at a station and what is left of it, for a screen.
public struct Board: Hashable, Sendable {
  /// The batch, wave or load that is open.
  public var group: String?
  /// The station whose counts are shared.
  public var joined: String?
  /// Transfers that are held here.
  public var transfers: [OpenTransfer]
  /// The count of stock that is open.
  public var count: Count?
  /// How many the next scan stands for.
  public var keyed: Quantity?

  /// A transfer that is held at the station.
  public struct OpenTransfer: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The step of the work.
    public var step: Transfer.Step
    /// Whether it is worked on.
    public var standing: Standing
    /// Units counted of all products.
    public var counted: Quantity
    /// Units left of all products.
    public var left: Quantity
    /// What is asked for, and what is counted.
    public var goods: [Goods]
    /// Packages that were touched.
    public var packages: [Package]
    /// The package that what follows goes into.
    public var openPackage: String?
    /// Name of the product whose lot or serial number is awaited.
    public var awaitingLot: String?
    /// The carrier's tracking reference.
    public var tracking: String?
  }

  /// Whether a transfer is worked on.
  public enum Standing: String, Sendable {
    /// The next scan counts for it.
    case active
    /// It is part of the open batch or load.
    case grouped
    /// It was put aside.
    case aside
  }

  /// A product of a transfer.
  public struct Goods: Hashable, Sendable {
    /// Database id of the product.
    public var productID: Int
    /// Its name.
    public var product: String
    /// Units counted.
    public var counted: Quantity
    /// Units asked for; nil where it is not known.
    public var demand: Quantity?
    /// Where and under which lots they were counted.
    public var places: [Place]
  }

  /// A part of what was counted of a product.
  public struct Place: Hashable, Sendable {
    /// Units.
    public var quantity: Quantity
    /// Lot or serial number.
    public var lot: String?
    /// The package that they are in.
    public var package: String?
  }

  /// A package that was touched.
  public struct Package: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Gross weight in kilograms.
    public var weight: Quantity?
    /// Name of its type.
    public var type: String?
    /// The package that it stands in.
    public var parent: String?
  }

  /// A count of stock.
  public struct Count: Hashable, Sendable {
    /// Name of the location; nil until it is scanned.
    public var location: String?
    /// What lies there.
    public var goods: [Goods]
  }

  /// True if nothing is open.
  public var isEmpty: Bool { transfers.isEmpty && group == nil && count == nil }
}
