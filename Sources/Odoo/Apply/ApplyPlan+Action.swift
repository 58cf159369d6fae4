internal import Floor
internal import JSON

/// The atomic plan: the same decisions, with the server action in the place of the plain calls.
///
/// One call looks, one applies. What was read is told by a stamp, and Odoo applies only if it is
/// still the same, in one transaction, once for the confirmation's key. So nothing that somebody
/// does in between is written over, and a repetition, however late, is answered by `replay`.
extension ApplyPlan {
  /// The id of the action; nil if the plain calls are made.
  var action: Int? { lostAction == nil ? settings.action : nil }

  /// The name of the key behind `__tallyman__.` in Odoo: it says whose it is and what was confirmed.
  ///
  /// Hazard `replayed-key`: a key counts as this confirmation's only with the same content, on the
  /// same transfer.
  private var keyName: String { "\(confirmation.key)_c\(contentHash)" }

  private var contentHash: String {
    // Only what is applied: what was expected of Odoo may be reckoned otherwise the next time, as
    // when a confirmation before it was corrected, or by a newer version.
    let content: JSON = [
      .int(transferID), .array(confirmation.lines.map(\.json)),
      .array(confirmation.packages.map(\.json)), .text(confirmation.tracking),
      .string(confirmation.rest.rawValue),
    ]
    // FNV-1a.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in content.text.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }

  private func run(_ action: Int, _ parameters: JSONObject, writes: Bool) -> OdooCall {
    var context: JSONObject = [
      "active_model": "stock.picking", "active_id": .int(transferID),
      "active_ids": [.int(transferID)], "tallyman_picking": .int(transferID),
      "tallyman_key": .string(confirmation.key), "tallyman_spec": fields.transferSpecification,
    ]
    for member in parameters.members { context[member.name] = member.value }
    return OdooCall("ir.actions.server", "run", ids: [action], context: context, writes: writes)
  }

  // MARK: Looking

  mutating func look(with action: Int) -> Step {
    state = .reading(.look)
    var parameters: JSONObject = ["tallyman_op": "look"]
    let counted = confirmation.lines.filter { $0.quantity > .zero && $0.lot != nil }
    if !counted.isEmpty {
      parameters["tallyman_lots"] = [
        ["product_id", "in", .array(Set(counted.map(\.productID)).sorted().map { .int($0) })],
        ["name", "in", .array(Set(counted.compactMap(\.lot)).sorted().map { .string($0) })],
      ]
    }
    if !confirmation.packageNames.isEmpty {
      parameters["tallyman_packages"] = [
        ["name", "in", .array(confirmation.packageNames.sorted().map { .string($0) })]
      ]
      parameters["tallyman_package_fields"] = .array(
        fields.readable(fields.packageModel).map { .string($0) }
      )
    }
    return .call(run(action, parameters, writes: false))
  }

  /// Takes what the action answered to a look; without the action, goes on with the plain calls.
  mutating func looked(_ result: Result<JSON, OdooFailure>) -> Step? {
    let answer: JSON
    switch result {
    case .success(let json): answer = json
    case .failure(let failure):
      switch failure.kind {
      case .missing, .forbidden, .refused, .contract:
        lostAction = "\(failure.name): \(failure.message)"
        return read()
      case .denied, .unreachable, .unanswered, .unavailable, .conflict: return nil
      }
    }
    guard answer["tallyman"] == "look", answer["version"]?.int == ServerActionCode.version else {
      lostAction = "it answered \(answer.text.prefix(80))"
      return read()
    }
    do throws(UnexpectedAnswer) {
      try snapshot.take(answer["records"] ?? .null, ratioOfUnit: fields.ratioOfUnit)
      try snapshot.takeLots(answer["lots"] ?? .null)
      try snapshot.takePackages(answer["packages"] ?? .null)
    } catch {
      return notUnderstood(error)
    }
    memory.hasLookedUp = true
    memory.stamp = answer["stamp"]?.string ?? ""
    if let step = strangeKey(answer) { return step }
    return decide()
  }

  /// A key of this confirmation that was used for something else.
  private mutating func strangeKey(_ answer: JSON) -> Step? {
    for key in answer["keys"]?.array ?? []
    where key[0]?.string != keyName || key[1]?.int != transferID {
      return except(
        .keyReused,
        "Odoo has the key of this confirmation already, for other goods or another transfer. The "
          + "journal was probably restored from a copy. Compare transfer "
          + "\(confirmation.transferName) with the goods; edit and apply it again, or discard it.",
        odoo: "transfer \(key[1]?.text ?? "?")"
      )
    }
    return nil
  }

  // MARK: Applying

  /// Everything that is still missing, in one call.
  mutating func applyWith(_ action: Int, _ assignment: Assignment) -> Step {
    var parameters: JSONObject = [
      "tallyman_op": "apply", "tallyman_hash": .string(contentHash),
      "tallyman_stamp": .string(memory.stamp),
    ]
    parameters["tallyman_new_packages"] = .array(
      newPackages.map { [.string($0.name), .object(newVals(of: $0))] }
    )
    parameters["tallyman_package_vals"] = .array(packageEdits)
    parameters["tallyman_lines"] = .array(
      editedLines(assignment.pieces) + assignment.unplaced.compactMap(newLine)
    )
    if let tracking = writableTracking {
      parameters["tallyman_vals"] = ["carrier_tracking_ref": .string(tracking)]
    }
    if confirmation.rest == .drop { parameters["tallyman_no_backorder"] = [.int(transferID)] }
    return act(.apply, run(action, parameters, writes: true))
  }

  private func editedLines(_ pieces: [Assignment.Piece]) -> [JSON] {
    lineEdits(pieces).map { edit in
      let name = pieces.first { $0.line.id == edit.id }?.part.line.package
      return [.int(edit.id), .object(edit.vals), reference(name)]
    }
  }

  /// A line that Odoo does not have.
  private func newLine(_ part: Part) -> JSON? {
    guard let row = row(for: part) else { return nil }
    var vals: JSONObject = ["quantity": part.quantity.json, "picked": true]
    for (column, cell) in row.cells where column != "id" && column != "picking_id/.id" {
      let isReference = column.hasSuffix("/.id")
      vals[isReference ? String(column.dropLast(4)) : column] =
        isReference ? .number(cell) : .string(cell)
    }
    if let id = part.line.package.flatMap({ packageID($0) }) {
      vals["result_package_id"] = .int(id)
    }
    return [0, .object(vals), reference(part.line.package)]
  }

  /// The name of a package that the same call makes; false for any other.
  private func reference(_ package: String?) -> JSON {
    guard let package, newPackages.contains(where: { $0.name == package }) else { return false }
    return .string(package)
  }

  private var newPackages: [Confirmation.Package] {
    wantedPackages.filter { snapshot.packageIDs($0.name).isEmpty }
  }

  private func newVals(of package: Confirmation.Package) -> JSONObject {
    var vals = ownVals(of: package)
    vals["name"] = .string(package.name)
    return vals
  }

  /// What packages are not yet; new ones only in so far as they are in others.
  private var packageEdits: [JSON] {
    let new = Set(newPackages.map(\.name))
    return confirmation.packages.compactMap { package in
      let container = fields.hasContainers ? package.parent : nil
      let waits = container.map { new.contains($0) } ?? false
      if new.contains(package.name) {
        guard let container else { return nil }
        let vals: JSONObject =
          waits ? [:] : ["package_dest_id": packageID(container).map { .int($0) } ?? false]
        return [.string(package.name), .object(vals), waits ? .string(container) : false]
      }
      guard let edit = edit(of: package) else {
        guard waits, let container, let id = packageID(package.name) else { return nil }
        return [.int(id), [:], .string(container)]
      }
      return [.int(edit.id), .object(edit.vals), waits ? .string(container ?? "") : false]
    }
  }

  /// Takes what the action answered to an apply.
  mutating func didApply(_ answer: JSON) -> Step {
    switch answer["tallyman"]?.string {
    case "done":
      do throws(UnexpectedAnswer) {
        try snapshot.take(answer["records"] ?? .null, ratioOfUnit: fields.ratioOfUnit)
      } catch {
        return notUnderstood(error)
      }
      return decide()
    case "replay": return strangeKey(answer) ?? read()
    case "changed":
      memory.replans += 1
      guard memory.replans > settings.replanLimit else { return read() }
      return except(
        .unstable,
        "Transfer \(confirmation.transferName) was changed in Odoo each time it was about to be "
          + "applied. Find out who or what works on it, then try again.",
        odoo: snapshot.state.rawValue
      )
    default:
      memory.trouble = .answered
      return read()
    }
  }
}
