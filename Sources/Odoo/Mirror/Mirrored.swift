public import Floor

/// Records of Odoo that the mirror holds beside transfers and products.
public enum Mirrored {
  /// One of Odoo's `stock.picking.type`, with what its warehouse says about it.
  public struct OperationType: Hashable, Sendable {
    /// Database id in Odoo.
    public var id: Int
    /// Name shown to people, such as `Pick`.
    public var name: String
    /// The barcode that stands for it, where there is one.
    public var barcode: String?
    /// The work that is done.
    public var step: Transfer.Step
    /// Database id of the warehouse; 0 where the type has none.
    public var warehouse: Int

    /// An operation type with all its parts.
    public init(
      id: Int,
      name: String,
      barcode: String? = nil,
      step: Transfer.Step,
      warehouse: Int
    ) {
      self.id = id
      self.name = name
      self.barcode = barcode
      self.step = step
      self.warehouse = warehouse
    }
  }

  /// One of Odoo's `uom.uom`.
  public struct Unit: Hashable, Sendable {
    /// Database id in Odoo.
    public var id: Int
    /// Name, such as `Dozens`.
    public var name: String
    /// How many of its reference unit make one of it, such as 12.
    public var ratio: Quantity
    /// The step to which quantities in it are rounded.
    public var rounding: Quantity

    /// A unit with all its parts.
    public init(
      id: Int,
      name: String,
      ratio: Quantity,
      rounding: Quantity = Move.usualRounding
    ) {
      self.id = id
      self.name = name
      self.ratio = ratio
      self.rounding = rounding
    }
  }

  /// One of Odoo's `stock.warehouse`.
  public struct Warehouse: Hashable, Sendable {
    /// Database id in Odoo.
    public var id: Int
    /// Its short name, such as `WH`.
    public var code: String
    /// Its steps.
    public var route: Route

    /// A warehouse with all its parts.
    public init(id: Int, code: String, route: Route) {
      self.id = id
      self.code = code
      self.route = route
    }
  }

  /// The name of one of Odoo's `stock.picking.batch`; its transfers name it.
  public struct BatchName: Hashable, Sendable {
    /// Database id in Odoo.
    public var id: Int
    /// Its name and barcode, such as `BATCH/00001`.
    public var name: String

    /// The batch `id` is called `name`.
    public init(id: Int, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// A barcode that stands for several units of a product: `product.packaging` on 17 and 18,
  /// `product.uom` on 19.
  public struct Packaging: Hashable, Sendable {
    /// Database id in Odoo.
    public var id: Int
    /// The barcode, as stored in Odoo.
    public var barcode: String
    /// Database id of the product.
    public var productID: Int
    /// What one of it holds.
    public var content: Content

    /// What one packaging holds.
    public enum Content: Hashable, Sendable {
      /// So many of the product's unit (17 and 18).
      case units(Quantity)
      /// One of this unit of measure, to be converted to the product's (19).
      case unit(Int)
    }

    /// A packaging with all its parts.
    public init(id: Int, barcode: String, productID: Int, content: Content) {
      self.id = id
      self.barcode = barcode
      self.productID = productID
      self.content = content
    }
  }
}

/// Master data that is refreshed record by record.
public enum MirrorTable: String, CaseIterable, Sendable {
  case locations, products, packagings, packageTypes, packages, lots
}
