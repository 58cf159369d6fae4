internal import JSON

/// What Odoo has of the transfers that were asked for, and which others it has done.
public struct OdooSide: Sendable {
  /// Transfers by id; one that was asked for and is missing does not exist.
  var transfers: [Int: TransferFacts] = [:]
  /// The transfers that were asked for.
  var asked: Set<Int> = []
  /// Transfers that were done since, and that nobody asked for.
  var others: [TransferFacts] = []
  /// True if there were more of them than are read.
  var othersAreCut = false
  /// Operation types of the transfers that were asked for.
  public internal(set) var types: Set<Int> = []
}

/// One transfer in Odoo, with who wrote it last.
struct TransferFacts {
  /// State, moves, lines, and the lots and packages that they name.
  var snapshot: TransferSnapshot
  var typeID: Int?
  /// When it was validated, in seconds since 1970 by Odoo's clock.
  var done: Int64?
  /// The last write on the transfer itself.
  var written: Write?
  /// The last write on one of its lines or moves.
  var lineWritten: Write?
  /// Names of products, as Odoo shows them.
  var products: [Int: String] = [:]
  /// Transfers that brought goods of this one back.
  var returns: [String] = []

  /// Who wrote, and when by Odoo's clock, in seconds since 1970.
  struct Write {
    var at: Int64
    var byID: Int?
    var by: String

    init?(_ row: JSON) {
      guard let at = row["write_date"]?.string.flatMap(OdooTime.seconds) else { return nil }
      self.at = at
      byID = row["write_uid"]?.reference
      by = row["write_uid"]?["display_name"]?.string ?? "somebody"
    }
  }

  /// A transfer as `ReconcileRead` asks for it.
  ///
  /// - Parameter withLines: False for one of which only the head was asked for.
  init(
    _ row: JSON,
    _ fields: OdooFields,
    withLines: Bool = true
  ) throws(UnexpectedAnswer) {
    var row = row
    if !withLines, var head = row.object {
      head["move_ids"] = []
      head["move_line_ids"] = []
      row = .object(head)
    }
    snapshot = TransferSnapshot()
    try snapshot.take([row], ratioOfUnit: fields.ratioOfUnit)
    typeID = row["picking_type_id"]?.reference
    done = row["date_done"]?.string.flatMap(OdooTime.seconds)
    written = Write(row)
    let parts = (row["move_ids"]?.array ?? []) + (row["move_line_ids"]?.array ?? [])
    for part in parts {
      if let id = part["product_id"]?.reference,
        let name = part["product_id"]?["display_name"]?.string
      {
        products[id] = name
      }
      guard let write = Write(part), write.at >= (lineWritten?.at ?? .min) else { continue }
      lineWritten = write
    }
  }
}
