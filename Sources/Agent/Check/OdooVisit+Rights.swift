internal import JSON
internal import Odoo

extension OdooVisit {
  /// What the user may do with the models that transfers are made of.
  ///
  /// Odoo is asked for the right itself; a write of nothing to no record is answered `true` by
  /// every user, so it would tell nothing.
  func rights() -> [Finding] {
    var lacking: [String] = []
    for (model, operations) in needed {
      let missing = operations.filter { !may($0, model) }
      if !missing.isEmpty { lacking.append("\(missing.joined(separator: ", ")) \(model)") }
    }
    guard !lacking.isEmpty else {
      return [
        Finding("odoo rights", .good, "\(connected.userName) may read and change transfers")
      ]
    }
    return [
      Finding(
        "odoo rights",
        .problem,
        "\(connected.userName) may not \(lacking.joined(separator: "; "))",
        hint: "The group Inventory / User is missing. In Odoo, an administrator opens Settings > "
          + "Users & Companies > Users > \(connected.userName) > Access Rights, sets Inventory to "
          + "User, and saves."
      )
    ]
  }

  private var needed: [(model: String, operations: [String])] {
    [
      ("stock.picking", ["read", "write"]), ("stock.move", ["read", "write"]),
      ("stock.move.line", ["read", "write", "create"]),
      (packageModel, ["read", "write", "create"]), ("stock.lot", ["read", "create"]),
      ("stock.picking.type", ["read"]), ("stock.warehouse", ["read"]),
      ("stock.location", ["read"]), ("product.product", ["read"]), ("stock.package.type", ["read"]),
      ("barcode.nomenclature", ["read"]), ("barcode.rule", ["read"]),
    ]
  }

  private func may(_ operation: String, _ model: String) -> Bool {
    let call =
      major >= 18
      ? OdooCall(
        model,
        "has_access",
        ids: [],
        arguments: ["operation": .string(operation)],
        writes: false
      )
      : OdooCall(
        model,
        "check_access_rights",
        arguments: ["operation": .string(operation), "raise_exception": false],
        writes: false
      )
    switch self.call(call) {
    case .success(let answer): return answer.bool != false
    case .failure(let failure): return failure.kind != .forbidden
    }
  }
}
