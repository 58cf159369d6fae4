internal import JSON

/// Several companies in one database: each user sees the records of those that he works for.
extension Database {
  /// `{"name": "Second Company"}`; the administrator works for it too.
  func seedCompany(_ item: JSON) {
    let name = item["name"]?.string ?? ""
    let partner = add("res.partner", ["name": .text(name), "active": .bool(true)])
    let company = add(
      "res.company",
      ["name": .text(name), "partner_id": .ref(partner), "nomenclature_id": .ref(1)]
    )
    for user in [1, 2] {
      let known = store.get("res.users", user)?.refs("company_ids") ?? []
      set("res.users", user, ["company_ids": .refs(known + [company])])
    }
  }

  /// The company of that name.
  func company(named name: String) throws -> Int {
    let found = store.ids("res.company").first {
      store.get("res.company", $0)?.text("name") == name
    }
    guard let found else { throw SimulatorError(name: "not found", message: "company \(name)") }
    return found
  }

  /// The company that a move or line with these values belongs to: its transfer's, or that of the
  /// place inside a warehouse that it leaves or comes to.
  func company(of values: [String: Value]) -> Int {
    if let transfer = values["picking_id"]?.ref.flatMap({ store.get("stock.picking", $0) }) {
      return transfer.ref("company_id") ?? 1
    }
    let places = [values["location_id"]?.ref, values["location_dest_id"]?.ref]
      .compactMap { $0.flatMap { store.get("stock.location", $0) } }
    return places.first { $0.text("usage") == "internal" }?.ref("company_id") ?? 1
  }

  /// What the call may see of a model whose records belong to companies; nil where there is but
  /// one company.
  func companyRule(_ model: Model) throws -> Domain? {
    guard user != 1, store.ids("res.company").count > 1 else { return nil }
    let own = store.get("res.users", user)?.refs("company_ids") ?? []
    let asked = contextIDs("allowed_company_ids")
    guard asked.allSatisfy(own.contains) else {
      throw OdooError.access("Access to unauthorized or invalid companies.")
    }
    guard model.fields["company_id"] != nil, model.name != "res.users" else { return nil }
    let ids = JSON.array((asked.isEmpty ? own : asked).map { .int($0) } + [false])
    return .leaf(path: ["company_id"], op: "in", value: ids)
  }
}

/// Fields that come and go as modules do.
extension Database {
  /// `{"model", "remove": ["picked"], "retype": {"state": "char"}}`; `"restore": true` brings back
  /// what was changed.
  func changeFields(_ json: JSON) throws {
    let name = json["model"]?.string ?? ""
    if json["restore"]?.bool == true {
      models[name] = Models.all(version, without: absent)[name]
      return
    }
    var model = try model(name)
    for field in json["remove"]?.array?.compactMap(\.string) ?? [] { model.remove(field) }
    for member in json["retype"]?.object?.members ?? [] {
      model.retype(member.name, member.value.string ?? "char")
    }
    models[name] = model
  }
}
