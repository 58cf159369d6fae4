internal import Floor
internal import JSON

/// One record as `search_read` gives it, where empty values are `false`.
struct Row {
  private let object: JSONObject
  /// The record's database id.
  let id: Int

  init?(_ json: JSON) {
    guard case .object(let object) = json, let id = object["id"]?.int else { return nil }
    self.object = object
    self.id = id
  }

  /// Text; nil where it is empty.
  func text(_ field: String) -> String? {
    guard let text = object[field]?.string, !text.isEmpty else { return nil }
    return text
  }

  /// A many-to-one field as a plain id; also from the pair that `load` would have given.
  func id(_ field: String) -> Int? {
    switch object[field] {
    case .number?: object[field]?.int
    case .array(let pair)?: pair.first?.int
    default: nil
    }
  }

  /// A many-to-many field.
  func ids(_ field: String) -> [Int] { object[field]?.array?.compactMap(\.int) ?? [] }

  /// A truth value; nil where the field was not read.
  func flag(_ field: String) -> Bool? { object[field]?.bool }

  /// A quantity; beyond `Quantity.limit` the limit itself, and zero where there is none.
  func quantity(_ field: String) -> Quantity {
    guard let json = object[field], let text = json.number else { return .zero }
    if let quantity = Quantity(text) { return quantity }
    guard let value = json.double else { return .zero }
    return value < 0 ? Quantity.zero - Quantity.limit : Quantity.limit
  }

  /// A datetime in seconds since 1970; nil where it is empty.
  func seconds(_ field: String) -> Int64? { text(field).flatMap(OdooTime.seconds) }

  /// When the record was last written, in seconds; 0 where Odoo does not say.
  var written: Int64 { seconds("write_date") ?? 0 }
}
