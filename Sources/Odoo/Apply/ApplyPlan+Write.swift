internal import Floor
internal import JSON

/// A record to be made with `load`, cell by cell.
struct LineRow: Hashable {
  var cells: [String: String]

  /// The rows of a call of `load`.
  static func rows(of call: OdooCall) -> [LineRow] {
    let columns = (call.arguments["fields"]?.array ?? []).compactMap(\.string)
    return (call.arguments["data"]?.array ?? []).map { row in
      let cells = (row.array ?? []).map { $0.string ?? "" }
      return LineRow(cells: Dictionary(zip(columns, cells), uniquingKeysWith: { $1 }))
    }
  }
}

/// Writing: lines with their absolute values, and what comes back.
extension ApplyPlan {
  private static let lineColumns = [
    "id", "picking_id/.id", "move_id/.id", "product_id/.id", "location_id/.id",
    "location_dest_id/.id", "lot_id/.id", "lot_name", "expiration_date", "package_id/.id",
  ]

  mutating func loadLines(_ parts: [Part]) -> Step {
    memory.loading = parts
    var rows: [LineRow] = []
    for part in parts {
      guard let row = memory.rows[part.externalID] ?? row(for: part) else { continue }
      memory.rows[part.externalID] = row
      rows.append(row)
    }
    // Only the columns that some row fills; an empty cell means "none" to Odoo.
    let columns = Self.lineColumns.filter { column in
      rows.contains { $0.cells[column] != nil }
    }
    let data = rows.map { row in columns.map { row.cells[$0] ?? "" } }
    return act(.loadLines, load("stock.move.line", columns, data))
  }

  private func externalID(of part: Part) -> String { "__tallyman__.\(part.externalID)" }

  func row(for part: Part) -> LineRow? {
    guard let move = snapshot.moves.first(where: { $0.id == part.moveID }) else { return nil }
    let siblings = snapshot.lines.filter { $0.moveID == move.id }
    let lot = lotID(for: part, on: nil)
    let source = part.line.sourcePackage.flatMap { packageID($0) ?? snapshot.packageIDs($0).first }
    let from = snapshot.packages.first { $0.id == source }?.locationID
    // The bin is not counted: that of a line with the same lot, or of any line, is the best guess.
    let near = siblings.first { lot != nil && $0.lotID == lot } ?? siblings.first
    var cells = [
      "id": externalID(of: part),
      "picking_id/.id": "\(transferID)",
      "move_id/.id": "\(move.id)",
      "product_id/.id": "\(move.productID)",
      "location_id/.id": "\(from ?? near?.locationID ?? move.locationID)",
      "location_dest_id/.id": "\(near?.destinationID ?? move.destinationID)",
    ]
    if let name = part.line.lot {
      if let lot {
        cells["lot_id/.id"] = "\(lot)"
      } else {
        cells["lot_name"] = name
        cells["expiration_date"] = expiration(of: part)
      }
    }
    if let source { cells["package_id/.id"] = "\(source)" }
    return LineRow(cells: cells)
  }

  /// The one nested write; nil if all is as it should be.
  mutating func writeLines(_ pieces: [Assignment.Piece]) -> Step? {
    let edits = lineEdits(pieces)
    var isNeeded = edits.contains(where: \.isNeeded)
    var vals: JSONObject = [:]
    if let tracking = writableTracking {
      vals["carrier_tracking_ref"] = .string(tracking)
      if snapshot.tracking != tracking { isNeeded = true }
    }
    guard isNeeded else { return nil }
    vals["move_ids"] = .array(guards)
    vals["move_line_ids"] = .array(edits.map { [1, .int($0.id), .object($0.vals)] })
    let call = OdooCall(
      "stock.picking",
      "write",
      ids: [transferID],
      arguments: ["vals": .object(vals)],
      writes: true
    )
    return act(.write, call)
  }

  /// What one of Odoo's lines becomes.
  struct LineEdit {
    var id: Int
    var vals: JSONObject
    /// False if it is so already.
    var isNeeded: Bool
  }

  /// What becomes of all lines that are counted, or that stand beside counted ones.
  func lineEdits(_ pieces: [Assignment.Piece]) -> [LineEdit] {
    var edits = pieces.sorted(by: { $0.line.id < $1.line.id }).map { piece in
      let vals = vals(for: piece)
      return LineEdit(
        id: piece.line.id,
        vals: vals,
        isNeeded: differs(piece.line, from: vals)
      )
    }
    let used = Set(pieces.map(\.line.id))
    let counted = Set(pieces.map(\.part.moveID))
    for line in snapshot.lines where !used.contains(line.id) && line.isOpen {
      // Not counted: stays for the backorder, even if somebody ticked it meanwhile.
      guard line.picked || line.moveID.map({ counted.contains($0) }) ?? false else { continue }
      edits.append(LineEdit(id: line.id, vals: ["picked": false], isNeeded: line.picked))
    }
    return edits
  }

  /// The tracking reference, where Odoo has a field for it.
  var writableTracking: String? { fields.hasTracking ? confirmation.tracking : nil }

  /// The unit of each open move, as it is: Odoo refuses to write it on a done one.
  private var guards: [JSON] {
    snapshot.openMoves.compactMap { move in
      move.unit.map { [1, .int(move.id), ["product_uom": .int($0.id)]] }
    }
  }

  private func vals(for piece: Assignment.Piece) -> JSONObject {
    let (part, line) = (piece.part, piece.line)
    var vals: JSONObject = ["quantity": quantity(of: piece).json, "picked": true]
    if let name = part.line.lot {
      if let lot = lotID(for: part, on: line) {
        vals["lot_id"] = .int(lot)
      } else {
        vals["lot_name"] = .string(name)
        if let date = expiration(of: part) { vals["expiration_date"] = .string(date) }
      }
    }
    var source = line.packageID
    if let name = part.line.sourcePackage {
      let ids = snapshot.packageIDs(name)
      if let now = line.packageID, ids.contains(now) {
        source = now
      } else if let id = packageID(name) ?? ids.first {
        source = id
        vals["package_id"] = .int(id)
      }
    }
    if let name = part.line.package {
      if let id = packageID(name) { vals["result_package_id"] = .int(id) }
    } else if let result = line.resultPackageID {
      if result == line.packageID, result != source {
        vals["result_package_id"] = .int(source)
      } else if result != source, ownPackageIDs.contains(result) {
        // Left over from a plan that put other goods on this line.
        vals["result_package_id"] = false
      }
    }
    return vals
  }

  /// A quantity in the unit of a line, as Odoo rounds it.
  private func quantity(_ quantity: Quantity, on line: TransferSnapshot.Line) -> Quantity {
    guard let unit = line.unit,
      let own = snapshot.moves.first(where: { $0.id == line.moveID })?.unit
    else { return quantity }
    let converted = own.convert(quantity, to: unit)
    return unit.rounding.map { converted.rounded(to: $0) } ?? converted
  }

  private func quantity(of piece: Assignment.Piece) -> Quantity {
    quantity(piece.quantity, on: piece.line)
  }

  /// When a lot that the validation makes expires, as Odoo writes it; that of a lot that is there
  /// is left alone.
  private func expiration(of part: Part) -> String? {
    guard fields.hasExpiry else { return nil }
    return part.line.expires.map { OdooTime.text($0 / 1000) }
  }

  private func differs(_ line: TransferSnapshot.Line, from vals: JSONObject) -> Bool {
    vals.members.contains { member in
      switch member.name {
      case "quantity": Quantity(member.value) != quantity(line.quantity, on: line)
      case "picked": !line.picked
      case "lot_id": line.lotID != member.value.int
      case "lot_name": line.lotName != member.value.string
      case "expiration_date": line.expires != member.value.string
      case "package_id": line.packageID != member.value.int
      case "result_package_id": line.resultPackageID != member.value.int
      default: true
      }
    }
  }

  mutating func took(_ action: Action, _ result: Result<JSON, OdooFailure>) -> Step {
    if settings.writesWithoutReading, case .failure(let failure) = result {
      return withoutReading(action, failure)
    }
    if settings.trustsReturnValue, action.kind == .validate, case .failure(let failure) = result {
      return except(.refused, failure.message, odoo: failure.message)
    }
    switch result {
    case .failure(let failure):
      if failure.kind == .denied { return finish(.stop(failure)) }
      if failure.mayStillBeExecuted { memory.isUnsettled = true }
      memory.trouble = .failure(failure)
      return read()
    case .success(let answer):
      memory.trouble = nil
      return did(action, answer)
    }
  }

  private mutating func did(_ action: Action, _ answer: JSON) -> Step {
    switch action.kind {
    case .write:
      // The lines stand; what somebody writes between this and the validation shows afterwards.
      return validate()
    case .loadPackages, .loadLines: return loaded(action, answer)
    case .weigh: return read()
    case .apply: return didApply(answer)
    case .validate:
      if settings.trustsReturnValue {
        return finish(
          .applied(.init(backorders: [], wasAlreadyDone: false, nextMoves: [], notes: []))
        )
      }
      let type = answer["type"]?.string
      let model = answer["res_model"]?.string
      memory.trouble =
        type == "ir.actions.act_window" || model != nil ? .question(model ?? "?") : .answered
      return read()
    }
  }

  /// Goes on with the records that were made, without reading them again.
  private mutating func loaded(_ action: Action, _ answer: JSON) -> Step {
    // `load` reports its errors with HTTP 200, `ids` false and messages.
    if answer["ids"]?.bool == false { memory.trouble = .failure(loadFailure(answer)) }
    let ids = (answer["ids"]?.array ?? []).compactMap(\.int)
    let rows = LineRow.rows(of: action.call)
    guard !rows.isEmpty, ids.count == rows.count else { return read() }
    // What is loaded again and again without finding its place must end, too.
    memory.rounds += 1
    guard memory.rounds <= Self.roundLimit else { return keepsChanging() }
    for (id, row) in zip(ids, rows) {
      if action.kind == .loadLines {
        guard let line = TransferSnapshot.Line(id: id, row: row) else { return read() }
        // It may have been there, made by an earlier attempt, and have looked free for another part.
        snapshot.lines.removeAll { $0.id == id }
        snapshot.lines.append(line)
        if let part = memory.loading.first(where: { externalID(of: $0) == row.cells["id"] }) {
          for other in memory.places.keys where memory.places[other]?[id] != nil {
            memory.places[other] = nil
          }
          memory.places[part] = [id: part.quantity]
        }
      } else {
        snapshot.packages.append(TransferSnapshot.Package(id: id, row: row))
      }
    }
    return plan()
  }

  private func loadFailure(_ answer: JSON) -> OdooFailure {
    let messages = (answer["messages"]?.array ?? []).compactMap { $0["message"]?.string }
    return OdooFailure(
      kind: .refused,
      name: "tallyman.load_refused",
      message: messages.joined(separator: "; ")
    )
  }

  /// What a naive version would do; only for the negative control.
  private mutating func withoutReading(_ action: Action, _ failure: OdooFailure) -> Step {
    switch failure.kind {
    case .unanswered, .unavailable:
      memory.rounds += 1
      if memory.rounds > Self.roundLimit { return later(failure.message, failure.kind) }
      return act(action.kind, action.call)
    case .unreachable, .conflict: return later(failure.message, failure.kind)
    case .denied: return finish(.stop(failure))
    default: return except(.refused, failure.message, odoo: failure.message)
    }
  }
}
