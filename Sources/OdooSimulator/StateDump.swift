internal import JSON

/// The state in a form that a checker reads easily: names beside ids, nothing derived left out.
extension Database {
  func dump() -> JSON {
    let transfers = store.ids("stock.picking").compactMap { store.get("stock.picking", $0) }
    let quants = store.ids("stock.quant").compactMap { store.get("stock.quant", $0) }
    let packages = store.ids(version.packageModel)
      .compactMap { store.get(version.packageModel, $0) }
    let orders = store.ids("sale.order")
    return [
      "transfers": .array(transfers.map(describeTransfer)),
      "quants": .array(quants.map(describeQuant)),
      "packages": .array(
        packages.map {
          [
            "id": .int($0.id), "name": .string($0.text("name")),
            "shipping_weight": .double($0.double("shipping_weight")),
            "type": name("stock.package.type", $0.ref("package_type_id")),
            "parent": name(version.packageModel, $0.ref("parent_package_id")),
            "location": name(
              "stock.location",
              rows("stock.quant", where: "package_id", is: $0.id).first?.ref("location_id")
            ),
          ]
        }
      ),
      "lots": .array(
        store.ids("stock.lot").compactMap { store.get("stock.lot", $0) }.map {
          [
            "id": .int($0.id), "name": .string($0.text("name")),
            "product": code($0.ref("product_id")),
            "expires": $0["expiration_date"].moment.map { .string(DateText.datetime($0)) } ?? .null,
          ]
        }
      ),
      "orders": .array(orders.map(describeOrderLines)),
    ]
  }

  func describeTransfer(_ transfer: Record) -> JSON {
    let moves = rows("stock.move", where: "picking_id", is: transfer.id)
    let type = transfer.ref("picking_type_id").flatMap { store.get("stock.picking.type", $0) }
    return [
      "id": .int(transfer.id), "name": .string(transfer.text("name")),
      "state": .string(transfer.text("state")), "origin": text(transfer, "origin"),
      "type": .string(type?.text("sequence_code") ?? ""),
      "warehouse": type?.ref("warehouse_id").flatMap { store.get("stock.warehouse", $0) }
        .map { .string($0.text("code")) } ?? .null,
      "backorder_id": .int(transfer.ref("backorder_id")),
      "backorder_ids": .array(
        rows("stock.picking", where: "backorder_id", is: transfer.id).map { .int($0.id) }
      ),
      "sale_id": .int(transfer.ref("sale_id")),
      "batch": name("stock.picking.batch", transfer.ref("batch_id")),
      "carrier": name("delivery.carrier", transfer.ref("carrier_id")),
      "tracking": text(transfer, "carrier_tracking_ref"),
      "shipping_weight": .double(shippingWeight(of: transfer)),
      "date_done": transfer["date_done"].moment.map { .string(DateText.datetime($0)) } ?? .null,
      "validated_count": .int(Int(transfer["_validated"].double)),
      "done_edits": .int(Int(transfer["_done_edits"].double)),
      "moves": .array(moves.map(describeMove)),
    ]
  }

  private func describeMove(_ move: Record) -> JSON {
    [
      "id": .int(move.id), "product_id": .int(move.ref("product_id")),
      "product": code(move.ref("product_id")), "state": .string(move.text("state")),
      "demand": .double(move.double("product_uom_qty")),
      "unit": name("uom.uom", move.ref("product_uom")),
      "quantity": .double(move.double("quantity")), "picked": .bool(move.flag("picked")),
      "move_orig_ids": .array(move.refs("move_orig_ids").map { .int($0) }),
      "move_dest_ids": .array(move.refs("move_dest_ids").map { .int($0) }),
      "lines": .array(rows("stock.move.line", where: "move_id", is: move.id).map(describeLine)),
    ]
  }

  private func describeLine(_ line: Record) -> JSON {
    [
      "id": .int(line.id), "product": code(line.ref("product_id")),
      "quantity": .double(line.double("quantity")), "picked": .bool(line.flag("picked")),
      "unit": name("uom.uom", line.ref("product_uom_id")),
      "state": .string(line.text("state")), "lot_id": .int(line.ref("lot_id")),
      "lot": name("stock.lot", line.ref("lot_id")), "lot_name": text(line, "lot_name"),
      "package_id": .int(line.ref("package_id")),
      "package": name(version.packageModel, line.ref("package_id")),
      "result_package_id": .int(line.ref("result_package_id")),
      "result_package": name(version.packageModel, line.ref("result_package_id")),
      "location": name("stock.location", line.ref("location_id")),
      "location_dest": name("stock.location", line.ref("location_dest_id")),
    ]
  }

  private func describeQuant(_ quant: Record) -> JSON {
    [
      "product": code(quant.ref("product_id")),
      "location": name("stock.location", quant.ref("location_id")),
      "lot": name("stock.lot", quant.ref("lot_id")),
      "package": name(version.packageModel, quant.ref("package_id")),
      "quantity": .double(quant.double("quantity")),
      "reserved": .double(quant.stockKey.map { store.reserved[$0, default: 0] } ?? 0),
    ]
  }

  private func describeOrderLines(_ id: Int) -> JSON {
    let order = store.get("sale.order", id)
    return [
      "id": .int(id), "name": .string(order?.text("name") ?? ""),
      "state": .string(order?.text("state") ?? ""),
      "lines": .array(
        rows("sale.order.line", where: "order_id", is: id).map { line in
          [
            "product": code(line.ref("product_id")),
            "ordered": .double(line.double("product_uom_qty")),
            "delivered": .double(
              value(models["sale.order.line"], line, "qty_delivered").double
            ),
          ]
        }
      ),
    ]
  }

  private func value(_ model: Model?, _ row: Record, _ name: String) -> Value {
    guard let model, let field = model.fields[name] else { return .empty }
    return value(model, row, field)
  }

  private func code(_ product: Int?) -> JSON {
    let row = product.flatMap { store.get("product.product", $0) }
    return row.map { .string($0.text("default_code")) } ?? .null
  }

  private func name(_ model: String, _ id: Int?) -> JSON {
    id.map { .string(displayName(model, $0)) } ?? .null
  }

  private func text(_ row: Record, _ name: String) -> JSON { .text(row[name].text) }
}
