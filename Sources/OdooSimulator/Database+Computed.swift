extension Database {
  /// The value of a field that is computed on reading.
  func computed(_ model: Model, _ row: Record, _ name: String) -> Value {
    if name == "display_name" { return .text(displayName(model.name, row.id)) }
    if name == "weight_uom_name" { return .text("kg") }
    switch model.name {
    case "stock.picking": return transferField(row, name)
    case "stock.move": return moveField(row, name)
    case "stock.move.line": return .number(row.stockQuantity)
    case "stock.picking.batch": return .text(batchState(row))
    case "stock.location": return .text(completeName(row))
    case "stock.quant" where name == "is_outdated": return .bool(isOutdated(row))
    case "stock.quant":
      let reserved = row.stockKey.map { store.reserved[$0, default: 0] } ?? 0
      return .number(name == "reserved_quantity" ? reserved : row.double("quantity") - reserved)
    case "stock.lot": return .number(onHand("lot_id", row.id))
    case "product.product": return .number(onHand("product_id", row.id))
    case "sale.order.line": return .number(delivered(row))
    case "res.users": return .text("")
    case version.packageModel: return packageField(row, name)
    default: return .empty
    }
  }

  private func onHand(_ field: String, _ id: Int) -> Double {
    rows("stock.quant", where: field, is: id)
      .filter { isInternal($0.ref("location_id")) }
      .reduce(0) { $0 + $1.double("quantity") }
      .rounded2
  }

  private func delivered(_ line: Record) -> Double {
    rows("stock.move", where: "sale_line_id", is: line.id)
      .filter { $0.text("state") == "done" && usage($0.ref("location_dest_id")) == "customer" }
      .reduce(0) { $0 + $1.double("quantity") }
  }

  private func transferField(_ row: Record, _ name: String) -> Value {
    let lines = rows("stock.move.line", where: "picking_id", is: row.id)
    let packages = Set(lines.compactMap { $0.ref("result_package_id") })
    switch name {
    case "move_line_exist": return .bool(!lines.isEmpty)
    case "has_packages": return .bool(!packages.isEmpty)
    case "packages_count": return .int(packages.count)
    case "package_history_ids", "package_ids": return .refs(packages.sorted())
    case "has_tracking":
      let moves = rows("stock.move", where: "picking_id", is: row.id)
      return .bool(moves.contains { tracking($0.ref("product_id")) != "none" })
    case "weight":
      let moves = rows("stock.move", where: "picking_id", is: row.id)
        .filter { $0.text("state") != "cancel" }
      return .number(moves.reduce(0) { $0 + moveField($1, "weight").double }.rounded2)
    case "weight_bulk": return .number(bulkWeight(lines))
    case "shipping_weight": return .number(shippingWeight(of: row))
    case "is_return_picking": return .bool(row.ref("return_id") != nil)
    default: return .empty
    }
  }

  private func bulkWeight(_ lines: [Record]) -> Double {
    lines.filter { $0.ref("result_package_id") == nil }
      .reduce(0) { $0 + $1.stockQuantity * unitWeight($1.ref("product_id")) }
      .rounded2
  }

  /// What the packages weigh, by their shipping weight or else their content, and the loose rest.
  func shippingWeight(of transfer: Record) -> Double {
    let lines = rows("stock.move.line", where: "picking_id", is: transfer.id)
    let packages = Set(lines.compactMap { $0.ref("result_package_id") })
    let packed = packages.reduce(0.0) { sum, package in
      let shipping = store.get(version.packageModel, package)?.double("shipping_weight") ?? 0
      guard shipping == 0 else { return sum + shipping }
      if version < .v18 {
        // 17 weighs what lies in the package already; the lines count once they are done.
        let row = store.get(version.packageModel, package) ?? Record(id: package)
        return sum + packageField(row, "weight").double
      }
      return sum
        + lines.filter { $0.ref("result_package_id") == package }
        .reduce(0) { $0 + $1.stockQuantity * unitWeight($1.ref("product_id")) }
    }
    return (packed + bulkWeight(lines)).rounded2
  }

  func unitWeight(_ product: Int?) -> Double {
    product.flatMap { store.get("product.product", $0) }?.double("weight") ?? 0
  }

  private func moveField(_ row: Record, _ name: String) -> Value {
    switch name {
    case "product_qty": return .number((row.double("product_uom_qty") * row.ratio).rounded2)
    case "weight":
      let quantity = row.double("product_uom_qty") * row.ratio
      return .number(quantity * unitWeight(row.ref("product_id")))
    case "reference": return .text(reference(of: row))
    case "move_lines_count":
      return .int(rows("stock.move.line", where: "move_id", is: row.id).count)
    case "lot_ids":
      let lots = rows("stock.move.line", where: "move_id", is: row.id)
        .filter { $0.double("quantity") != 0 }.compactMap { $0.ref("lot_id") }
      return .refs(Set(lots).sorted())
    default: return .empty
    }
  }

  private func packageField(_ row: Record, _ name: String) -> Value {
    let quants = rows("stock.quant", where: "package_id", is: row.id)
      .filter { $0.double("quantity") != 0 }
    switch name {
    case "location_id": return .ref(quants.first?.ref("location_id"))
    case "weight":
      return .number(
        quants.reduce(0) { $0 + $1.double("quantity") * unitWeight($1.ref("product_id")) }.rounded2
      )
    case "outermost_package_id": return .ref(row.ref("parent_package_id") ?? row.id)
    case "picking_ids":
      let lines = rows("stock.move.line", where: "result_package_id", is: row.id)
      return .refs(Set(lines.compactMap { $0.ref("picking_id") }).sorted())
    default: return .empty
    }
  }

  func usage(_ location: Int?) -> String {
    location.flatMap { store.get("stock.location", $0) }?.text("usage") ?? ""
  }

  func isInternal(_ location: Int?) -> Bool { ["internal", "transit"].contains(usage(location)) }

  func tracking(_ product: Int?) -> String {
    let text = product.flatMap { store.get("product.product", $0) }?.text("tracking") ?? ""
    return text.isEmpty ? "none" : text
  }
}

extension Record {
  /// What a quant holds.
  var stockKey: StockKey? {
    guard let product = ref("product_id"), let location = ref("location_id") else { return nil }
    return StockKey(
      product: product,
      location: location,
      lot: ref("lot_id"),
      package: ref("package_id")
    )
  }
}
