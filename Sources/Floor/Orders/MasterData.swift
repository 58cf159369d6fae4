/// One of Odoo's `stock.location`.
public struct Location: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Its full name, such as `WH/Stock/A1`.
  public var name: String
  /// Its barcode, where there is one.
  public var barcode: String?

  /// A location with all its parts.
  public init(id: Int, name: String, barcode: String? = nil) {
    self.id = id
    self.name = name
    self.barcode = barcode
  }
}

/// One of Odoo's `stock.lot`: a lot or a serial number.
public struct Lot: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Its number; unique only within its product.
  public var name: String
  /// Database id of the product.
  public var productID: Int
  /// When it expires, in milliseconds since 1970, UTC; nil where that is not kept.
  public var expires: Int64?

  /// A lot with all its parts.
  public init(id: Int, name: String, productID: Int, expires: Int64? = nil) {
    self.id = id
    self.name = name
    self.productID = productID
    self.expires = expires
  }
}

/// A package: `stock.quant.package` on 17 and 18, `stock.package` on 19.
public struct Package: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Its name or SSCC; Odoo does not keep it unique.
  public var name: String
  /// Database id of the location where its content lies; nil while it is empty.
  public var locationID: Int?
  /// Database id of its package type.
  public var typeID: Int?

  /// A package with all its parts.
  public init(id: Int, name: String, locationID: Int? = nil, typeID: Int? = nil) {
    self.id = id
    self.name = name
    self.locationID = locationID
    self.typeID = typeID
  }
}

/// One of Odoo's `stock.package.type`: what a carton or pallet weighs and bears.
public struct PackageType: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Name shown to people.
  public var name: String
  /// The barcode that stands for it, where there is one.
  public var barcode: String?
  /// What it weighs empty, in kilograms (`base_weight`).
  public var tare: Quantity
  /// What it may weigh full, in kilograms (`max_weight`); zero where there is no limit.
  public var heaviest: Quantity
  /// The kind of carrier that it is made for (`package_carrier_type`), such as `ups`; nil for all.
  public var carrierType: String?

  /// A package type with all its parts.
  public init(
    id: Int,
    name: String,
    barcode: String? = nil,
    tare: Quantity = .zero,
    heaviest: Quantity = .zero,
    carrierType: String? = nil
  ) {
    self.carrierType = carrierType
    self.id = id
    self.name = name
    self.barcode = barcode
    self.tare = tare
    self.heaviest = heaviest
  }
}

/// One of Odoo's `stock.picking.batch`: a batch or a wave.
public struct Batch: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Its name and barcode, such as `BATCH/00001`.
  public var name: String
  /// Database ids of its transfers, in the order of their ids.
  public var transferIDs: [Int]

  /// A batch with all its parts.
  public init(id: Int, name: String, transferIDs: [Int]) {
    self.id = id
    self.name = name
    self.transferIDs = transferIDs
  }
}

/// The steps of one warehouse, in order (`delivery_steps`, `reception_steps`).
public struct Route: Hashable, Sendable {
  /// From stock to the customer: `[.ship]`, `[.pick, .ship]` or `[.pick, .pack, .ship]`.
  public var delivery: [Transfer.Step]
  /// From the supplier to stock: `[.receive]`, then `.move` once or twice.
  public var reception: [Transfer.Step]

  /// The steps of a warehouse; one of each by default.
  public init(delivery: [Transfer.Step] = [.ship], reception: [Transfer.Step] = [.receive]) {
    self.delivery = delivery
    self.reception = reception
  }

  /// The step that Odoo makes or releases when `step` is validated; nil after the last one.
  public func next(after step: Transfer.Step) -> Transfer.Step? {
    for steps in [delivery, reception] {
      if let index = steps.firstIndex(of: step), index + 1 < steps.count { return steps[index + 1] }
    }
    return nil
  }

  /// The step whose validation brings goods to `step`; nil for the first one.
  public func previous(before step: Transfer.Step) -> Transfer.Step? {
    for steps in [delivery, reception] {
      if let index = steps.firstIndex(of: step), index > 0 { return steps[index - 1] }
    }
    return nil
  }
}
