internal import JSON

extension Database {
  func buildLocations() {
    var parent: Int?
    if version < .v19 {
      parent = addLocation("Partners", usage: "view", parent: nil, barcode: nil)
    }
    addLocation("Vendors", usage: "supplier", parent: parent, barcode: nil)
    addLocation("Customers", usage: "customer", parent: parent, barcode: nil)
    addLocation("Inventory adjustment", usage: "inventory", parent: nil, barcode: nil)
  }

  @discardableResult
  func addLocation(
    _ name: String,
    usage: String,
    parent: Int?,
    barcode: String?,
    company: Int = 1
  ) -> Int {
    add(
      "stock.location",
      [
        "name": .text(name), "usage": .text(usage), "location_id": .ref(parent),
        "barcode": .text(barcode), "active": .bool(true), "company_id": .ref(company),
      ]
    )
  }

  /// A warehouse with its locations and operation types, barcodes spelt as the version does.
  func buildWarehouse(
    _ code: String,
    _ name: String,
    delivery: String,
    reception: String = "one_step",
    company: Int = 1
  ) throws {
    let dash = version < .v18 ? "-" : ""
    let view = addLocation(
      code,
      usage: "view",
      parent: nil,
      barcode: nil,
      company: company
    )
    func place(_ name: String, _ barcode: String) -> Int {
      addLocation(
        name,
        usage: "internal",
        parent: view,
        barcode: code + dash + barcode,
        company: company
      )
    }
    let stock = place("Stock", "STOCK")
    let input = place("Input", "INPUT")
    let quality = place("Quality Control", "QUALITY")
    let output = place("Output", "OUTPUT")
    let pack = place("Packing Zone", "PACKING")
    let warehouse = add(
      "stock.warehouse",
      [
        "name": .text(name), "code": .text(code), "active": .bool(true),
        "company_id": .ref(company), "partner_id": .ref(1), "reception_steps": .text(reception),
        "delivery_steps": .text(delivery), "view_location_id": .ref(view),
        "lot_stock_id": .ref(stock), "wh_input_stock_loc_id": .ref(input),
        "wh_qc_stock_loc_id": .ref(quality),
        "wh_output_stock_loc_id": .ref(output), "wh_pack_stock_loc_id": .ref(pack),
      ]
    )
    func type(
      _ kind: TypeKind,
      from source: Int?,
      to target: Int?,
      active: Bool = true
    ) -> Int {
      add(
        "stock.picking.type",
        [
          "name": .text(kind.name), "code": .text(kind.code),
          "sequence_code": .text(kind.sequence),
          "barcode": .text(code + dash + (version < .v18 ? kind.oldBarcode : kind.sequence)),
          "warehouse_id": .ref(warehouse), "default_location_src_id": .ref(source),
          "default_location_dest_id": .ref(target),
          "use_create_lots": .bool(kind.code == "incoming"),
          "use_existing_lots": .bool(kind.code != "incoming"), "create_backorder": .text("ask"),
          "active": .bool(active), "company_id": .ref(company),
          "auto_print_delivery_slip": .bool(false),
        ]
      )
    }
    let vendors = version < .v18 ? nil : location(usage: "supplier")
    let customers = version < .v18 ? nil : location(usage: "customer")
    let shipFrom = delivery == "ship_only" ? stock : output
    let incoming = type(.receipts, from: vendors, to: reception == "one_step" ? stock : input)
    let outgoing = type(.deliveries, from: shipFrom, to: customers)
    set(
      "stock.warehouse",
      warehouse,
      [
        "in_type_id": .ref(incoming), "out_type_id": .ref(outgoing),
        "pick_type_id": .ref(type(.pick, from: stock, to: pack)),
        "pack_type_id": .ref(type(.pack, from: pack, to: output)),
        "int_type_id": .ref(type(.internalTransfers, from: stock, to: stock)),
      ]
    )
    if version >= .v18 {
      let isThree = reception == "three_steps"
      let check = type(.qualityControl, from: input, to: quality, active: isThree)
      let store = type(
        .storage,
        from: isThree ? quality : input,
        to: stock,
        active: reception != "one_step"
      )
      set(
        "stock.warehouse",
        warehouse,
        ["qc_type_id": .ref(check), "store_type_id": .ref(store)]
      )
    }
    set("stock.picking.type", incoming, ["return_picking_type_id": .ref(outgoing)])
    set("stock.picking.type", outgoing, ["return_picking_type_id": .ref(incoming)])
  }

  struct TypeKind {
    let name: String
    let code: String
    let sequence: String
    let oldBarcode: String

    static let receipts = TypeKind(
      name: "Receipts",
      code: "incoming",
      sequence: "IN",
      oldBarcode: "RECEIPTS"
    )
    static let deliveries = TypeKind(
      name: "Delivery Orders",
      code: "outgoing",
      sequence: "OUT",
      oldBarcode: "DELIVERY"
    )
    static let pick = TypeKind(
      name: "Pick",
      code: "internal",
      sequence: "PICK",
      oldBarcode: "PICK"
    )
    static let pack = TypeKind(
      name: "Pack",
      code: "internal",
      sequence: "PACK",
      oldBarcode: "PACK"
    )
    static let qualityControl = TypeKind(
      name: "Quality Control",
      code: "internal",
      sequence: "QC",
      oldBarcode: "QC"
    )
    static let storage = TypeKind(
      name: "Storage",
      code: "internal",
      sequence: "STOR",
      oldBarcode: "STOR"
    )
    static let internalTransfers = TypeKind(
      name: "Internal Transfers",
      code: "internal",
      sequence: "INT",
      oldBarcode: "INTERNAL"
    )
  }
}
