internal import Floor
internal import JSON

/// Writing: counted quantities one by one, then one application of all.
extension CountPlan {
  mutating func plan(_ open: [Goods]) -> Step {
    var ready: [Int] = []
    for goods in open {
      guard let quant = goods.quants.first(where: { !$0.isBound }) else {
        guard goods.quants.isEmpty || goods.difference > .zero else { return packed(goods) }
        return create(goods)
      }
      let wanted = quant.quantity + goods.difference
      guard wanted >= .zero || goods.quants.count == 1 else { return packed(goods) }
      if quant.counted == wanted, quant.difference == goods.difference {
        ready.append(quant.id)
        continue
      }
      guard quant.counted == nil || settings.mayHaveWritten || written.contains(quant.id) else {
        return except(
          .countedElsewhere,
          "Somebody counts the same goods at \(count.location.name) in Odoo (Physical Inventory) "
            + "and has not applied it. Settle it there, then try again.",
          [goods.summary]
        )
      }
      return write(quant.id, wanted)
    }
    return settings.appliesDirectly ? applyDirectly(ready) : makeWizard(ready)
  }

  private mutating func packed(_ goods: Goods) -> Step {
    except(
      .packed,
      "Odoo has too much at \(count.location.name), in packages or of another owner, and a count "
        + "does not say from which it is missing. Correct it in Odoo.",
      [goods.summary]
    )
  }

  /// Context in which a quant takes a counted quantity.
  private static let inventory: JSONObject = ["inventory_mode": true]

  private mutating func write(_ id: Int, _ quantity: Quantity) -> Step {
    written.insert(id)
    state = .writing(.quantity(id))
    return .call(
      OdooCall(
        "stock.quant",
        "write",
        ids: [id],
        arguments: ["vals": ["inventory_quantity": quantity.json]],
        context: Self.inventory,
        writes: true
      )
    )
  }

  /// Odoo makes a quant of nothing, or takes the one that has come meanwhile: no second one.
  private mutating func create(_ goods: Goods) -> Step {
    var values: JSONObject = [
      "product_id": .int(goods.productID), "location_id": .int(count.location.id),
      "inventory_quantity": goods.difference.json,
    ]
    if let lot = goods.lotID { values["lot_id"] = .int(lot) }
    state = .writing(.quantity(nil))
    return .call(
      OdooCall(
        "stock.quant",
        "create",
        arguments: ["vals_list": [.object(values)]],
        context: Self.inventory,
        writes: true
      )
    )
  }

  private mutating func makeWizard(_ quants: [Int]) -> Step {
    state = .writing(.wizard)
    return .call(
      OdooCall(
        "stock.inventory.adjustment.name",
        "create",
        arguments: [
          "vals_list": [
            [
              "quant_ids": [[6, 0, .array(quants.map { .int($0) })]],
              "inventory_adjustment_name": .string(Self.name(of: count.uuid)),
            ]
          ]
        ],
        writes: true
      )
    )
  }

  private mutating func apply(_ wizard: Int) -> Step {
    state = .writing(.apply)
    return .call(
      OdooCall(
        "stock.inventory.adjustment.name",
        "action_apply",
        ids: [wizard],
        context: Self.inventory,
        writes: true
      )
    )
  }

  private mutating func applyDirectly(_ quants: [Int]) -> Step {
    state = .writing(.apply)
    var context = Self.inventory
    context["inventory_name"] = .string(Self.name(of: count.uuid))
    return .call(
      OdooCall("stock.quant", "action_apply_inventory", ids: quants, context: context, writes: true)
    )
  }

  mutating func took(_ write: Write, _ result: Result<JSON, OdooFailure>) -> Step {
    switch result {
    case .failure(let failure):
      trouble = .failure(write, failure)
      // A wizard that nobody applies does nothing.
      if case .wizard = write {} else if failure.mayStillBeExecuted { isUnsettled = true }
    case .success(let answer):
      trouble = nil
      switch write {
      case .quantity(let id):
        // A quant that was made is this count's, whatever number it got.
        if id == nil { written.formUnion(Self.ids(answer)) }
      case .wizard:
        if let id = Self.ids(answer).first { return apply(id) }
        return except(.contract, "Odoo did not say which wizard it made: \(answer.text)")
      case .apply: if answer["res_model"] != nil { trouble = .conflict }
      }
    }
    return read()
  }

  private static func ids(_ answer: JSON) -> [Int] {
    answer.int.map { [$0] } ?? (answer.array ?? []).compactMap(\.int)
  }

  /// What the last write came to; nil to go on planning.
  mutating func decideTrouble(_ all: [Goods]) -> Step? {
    guard let trouble else { return nil }
    guard case .failure(let write, let failure) = trouble else {
      self.trouble = nil
      return nil
    }
    // Seen: it was carried out after all.
    if shows(write, all) {
      self.trouble = nil
      isUnsettled = false
      return nil
    }
    let after = failure.retryAfter.map { Duration.seconds($0) }
    let reason = "Odoo did not take it: \(failure.message)"
    switch failure.kind {
    case .denied: return finish(.stop(failure))
    case .unreachable, .conflict: return later(reason, failure.kind, after: after)
    case .unanswered, .unavailable:
      return settle() ?? later(reason, failure.kind, after: after)
    case .missing:
      // Odoo clears quants of nothing away.
      self.trouble = nil
      return nil
    case .refused, .forbidden: return refused(write, failure, all)
    case .contract:
      return except(
        .contract,
        "Odoo could not carry out a call for the count of \(count.location.name) "
          + "(\(failure.name)): \(failure.message)"
      )
    }
  }

  /// True if what was to be written is there.
  private func shows(_ write: Write, _ all: [Goods]) -> Bool {
    switch write {
    case .wizard: false
    case .apply: all.allSatisfy { $0.isDone || $0.difference == .zero }
    case .quantity(let id):
      all.contains { goods in
        goods.quants.contains { quant in
          (id == nil ? !quant.isBound : quant.id == id)
            && quant.counted == quant.quantity + goods.difference
        }
      }
    }
  }

  private mutating func refused(
    _ write: Write,
    _ failure: OdooFailure,
    _ all: [Goods]
  ) -> Step {
    let goods = all.filter { $0.difference != .zero }.map(\.summary)
    if case .quantity = write {
      return except(
        failure.kind == .forbidden ? .forbidden : .refused,
        "Odoo does not take the counted quantity for \(count.location.name): \(failure.message)",
        goods
      )
    }
    return except(
      .forbidden,
      "The counted quantities stand in Odoo (Inventory > Physical Inventory), and Odoo does not let "
        + "the user apply them. Apply them there, or give the user the group Inventory / "
        + "Administrator; then try again. Odoo says: \(failure.message)",
      goods
    )
  }
}
