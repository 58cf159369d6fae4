internal import Floor

/// The key that all transfers of one order share, so that their confirmations go in order.
///
/// | version | key |
/// |---|---|
/// | 17, 18 | `group:<id>` of the procurement group (`group_id`): one per order, on every step and on every backorder, whether the steps exist from the start (17) or are made one by one (18) |
/// | 19 | `reference:<id>`, the lowest of `reference_ids`, which took the group's place; merged transfers carry the references of all their orders |
/// | 19 without the field `reference_ids` | `origin:<origin>`, the document's name, where there is one |
/// | all, without any of these (made by hand) | the name of the first transfer of the line of backorders, which is its own name if it is no backorder |
///
/// Ids, not names: two orders may bear one name, and a document may be renamed between a pick and
/// its pack. A transfer made by hand may bear any origin, so that it says nothing there.
struct Chain {
  let schema: MirrorSchema
  /// What is known of transfers further up in lines of backorders.
  var ancestors: [Int: Ancestor] = [:]

  /// A transfer that has backorders.
  struct Ancestor: Hashable {
    var name: String
    var backorderOf: Int?
  }

  /// Longest line of backorders that is followed.
  static let depthLimit = 32

  init(schema: MirrorSchema) { self.schema = schema }

  /// The key of the order that a transfer says it belongs to.
  func order(_ picking: Row) -> String? {
    if let field = schema.groupField, let group = picking.id(field) { return "group:\(group)" }
    if let field = schema.referenceField, let reference = picking.ids(field).min() {
      return "reference:\(reference)"
    }
    if schema.groupField == nil, schema.referenceField == nil, let origin = picking.text("origin") {
      return "origin:\(origin)"
    }
    return nil
  }

  /// The next ancestor that must be read before the key of `picking` is known.
  func missingAncestor(of picking: Row) -> Int? {
    guard order(picking) == nil else { return nil }
    var next = picking.id("backorder_id")
    for _ in 0..<Self.depthLimit {
      guard let id = next else { return nil }
      guard let ancestor = ancestors[id] else { return id }
      next = ancestor.backorderOf
    }
    return nil
  }

  /// The key of a transfer, once nothing is missing.
  func key(_ picking: Row) -> String {
    if let order = order(picking) { return order }
    var name = picking.text("name") ?? "transfer:\(picking.id)"
    var next = picking.id("backorder_id")
    for _ in 0..<Self.depthLimit {
      guard let id = next, let ancestor = ancestors[id] else { break }
      name = ancestor.name
      next = ancestor.backorderOf
    }
    return name
  }
}
