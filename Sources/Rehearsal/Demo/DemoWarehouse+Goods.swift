internal import Floor

extension DemoWarehouse {
  static let bolt = Product(
    id: 1,
    name: "Bolt M8",
    reference: "BOLT-M8",
    barcode: "4006381333931",
    weight: Quantity(millionths: 50_000),
    unitID: Unit.pieces
  )
  static let nut = Product(
    id: 2,
    name: "Nut M8",
    reference: "NUT-M8",
    barcode: "4012345678901",
    weight: Quantity(millionths: 20_000),
    unitID: Unit.pieces
  )
  static let paint = Product(
    id: 3,
    name: "Paint",
    reference: "PAINT",
    barcode: "4000000000013",
    tracking: .lot,
    weight: Quantity(3),
    unitID: Unit.pieces
  )
  static let pump = Product(
    id: 4,
    name: "Pump",
    reference: "PUMP",
    barcode: "4000000000020",
    tracking: .serial,
    weight: Quantity(4),
    unitID: Unit.pieces
  )
  static let chair = Product(
    id: 5,
    name: "Chair",
    reference: "CHAIR",
    barcode: "4000000000037",
    unitID: Unit.pieces
  )
  /// Sold by weight; its barcode is the shop's own, with the weight set to zero.
  static let cheese = Product(
    id: 6,
    name: "Cheese",
    reference: "CHEESE",
    barcode: "2812340000002",
    weight: .one,
    unitID: Unit.kilograms
  )
  static let products = [bolt, nut, paint, pump, chair, cheese]

  /// The last millisecond of 31 January 2026, UTC.
  private static let longAgo: Int64 = 1_769_903_999_999

  static let lots = [
    Lot(id: 1, name: "LOT-A", productID: paint.id),
    Lot(id: 2, name: "LOT-B", productID: paint.id),
    Lot(id: 3, name: "LOT-OLD", productID: paint.id, expires: longAgo),
    Lot(id: 4, name: "SN-1001", productID: pump.id),
    Lot(id: 5, name: "SN-1002", productID: pump.id),
    Lot(id: 6, name: "SN-1003", productID: pump.id),
  ]

  static let locations = [
    Location(id: Place.stock, name: "WH/Stock", barcode: "LOC-STOCK"),
    Location(id: Place.shelf, name: "WH/Stock/A1", barcode: "LOC-A1"),
    Location(id: Place.input, name: "WH/Input", barcode: "LOC-INPUT"),
    Location(id: Place.farStock, name: "TM/Stock", barcode: "LOC-TM"),
    Location(id: Place.packing, name: "TM/Packing", barcode: "LOC-PACKING"),
    Location(id: Place.gate, name: "TM/Output/Gate 1", barcode: "GATE-1"),
  ]

  static let packageTypes = [
    PackageType(
      id: 1,
      name: "Carton S",
      barcode: "CARTON-S",
      tare: Quantity(millionths: 200_000),
      heaviest: Quantity(20)
    ),
    PackageType(
      id: 2,
      name: "Pallet",
      barcode: "PALLET",
      tare: Quantity(20),
      heaviest: Quantity(1000)
    ),
  ]

  static let packages = [
    Package(id: 9, name: "PACK0000009", locationID: Place.stock),
    Package(id: 21, name: "PACK0000021", locationID: Place.gate, typeID: 1),
    Package(id: 22, name: "PACK0000022", locationID: Place.gate, typeID: 1),
    Package(id: 23, name: "PACK0000023", locationID: Place.gate, typeID: 1),
    Package(id: 99, name: "PACK0000099", locationID: Place.stock),
  ]
}
