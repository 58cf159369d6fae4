internal import JSON

extension Database {
  /// The demo's products and stock, in the form of `POST /simulator/seed`.
  static var demo: JSON {
    var products: [JSON] = []
    var stock: [JSON] = []
    for (index, item) in items.enumerated() {
      let code = "TM-\(1001 + index)"
      var product: JSONObject = [
        "code": .string(code), "name": .string(item.name), "barcode": .string(ean(index)),
        "tracking": .string(item.tracking), "weight": .double(item.weight),
      ]
      if item.expires { product["expires"] = true }
      if index % 4 == 0 {
        product["packagings"] = [
          ["name": "Box of 12", "barcode": .string(box(index)), "quantity": 12]
        ]
      }
      products.append(.object(product))
      for (bin, warehouse) in [("A-01-\(index % 6 + 1)", "WH"), ("A-01-\(index % 6 + 1)", "TM3")] {
        let place = "\(warehouse)/Stock/\(bin)"
        stock += lots(item, index, warehouse).map { lot, quantity in
          var entry: JSONObject = [
            "product": .string(code), "location": .string(place), "quantity": .int(quantity),
          ]
          if let lot { entry["lot"] = .string(lot) }
          if item.expires { entry["expires"] = "2099-12-31 00:00:00" }
          return .object(entry)
        }
      }
    }
    return [
      "locations": .array(
        ["WH", "TM3"].flatMap { warehouse in
          (1...6).map { bin in
            [
              "parent": .string("\(warehouse)/Stock"), "name": .string("A-01-\(bin)"),
              "barcode": .string("\(warehouse)-A-01-\(bin)"),
            ]
          }
        }
      ),
      "products": .array(products), "stock": .array(stock),
    ]
  }

  private struct Item {
    let name: String
    let weight: Double
    var tracking = "none"
    var expires = false
  }

  private static let items: [Item] = [
    Item(name: "Hex bolt M8 x 40, zinc", weight: 0.02),
    Item(name: "Hex nut M8, zinc", weight: 0.01),
    Item(name: "Washer 8.4, zinc", weight: 0.01),
    Item(name: "Epoxy resin, 1 l", weight: 1.15, tracking: "lot", expires: true),
    Item(name: "Cordless drill 18 V", weight: 1.6, tracking: "serial"),
    Item(name: "Drill bit set, 19 pieces", weight: 0.45),
    Item(name: "Safety goggles", weight: 0.08),
    Item(name: "Work gloves, size 9", weight: 0.1),
    Item(name: "Cable tie 200 mm, bag of 100", weight: 0.15),
    Item(name: "Wood screw 4 x 50, box of 200", weight: 0.85),
    Item(name: "Masking tape 38 mm", weight: 0.12),
    Item(name: "Wood glue D3, 750 g", weight: 0.82, tracking: "lot"),
    Item(name: "Random orbit sander", weight: 1.3, tracking: "serial"),
    Item(name: "Sanding disc 125 mm P120", weight: 0.02),
    Item(name: "Spirit level 600 mm", weight: 0.55),
    Item(name: "Folding rule 2 m", weight: 0.11),
    Item(name: "Claw hammer 450 g", weight: 0.62),
    Item(name: "Screwdriver set, 6 pieces", weight: 0.48),
    Item(name: "Acrylic sealant, white, 310 ml", weight: 0.5, tracking: "lot"),
    Item(name: "Extension cable 10 m", weight: 1.4),
    Item(name: "LED work light 30 W", weight: 1.1),
    Item(name: "Storage box 24 l", weight: 0.95),
    Item(name: "Shelf bracket 250 mm", weight: 0.33),
    Item(name: "Door hinge 80 mm, pair", weight: 0.27),
  ]

  private static func lots(_ item: Item, _ index: Int, _ place: String) -> [(String?, Int)] {
    switch item.tracking {
    case "lot": [("L\(2600 + index)-\(place)-A", 300), ("L\(2600 + index)-\(place)-B", 300)]
    case "serial": (1...40).map { ("SN\(1000 + index)\(place)\(1000 + $0)", 1) }
    default: [(nil, 1000)]
    }
  }

  /// A valid EAN-13 in the range for use inside a company.
  private static func ean(_ index: Int) -> String { withCheckDigit("2990022700" + two(index)) }

  /// A valid GTIN-14 of the same article's box.
  private static func box(_ index: Int) -> String {
    withCheckDigit("1" + "2990022700" + two(index))
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func withCheckDigit(_ digits: String) -> String {
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      sum += (digit.wholeNumberValue ?? 0) * (index % 2 == 0 ? 3 : 1)
    }
    return digits + String((10 - sum % 10) % 10)
  }
}
