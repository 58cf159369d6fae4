public import JSON

/// One method call on a model, independent of the protocol that carries it.
///
/// Arguments are named as in JSON-2; the JSON-RPC encoder puts `ids` first and the rest into
/// keyword arguments, which Odoo accepts for all methods used here.
public struct OdooCall: Hashable, Sendable {
  /// The model, such as `stock.picking`.
  public var model: String
  /// The method, such as `button_validate`.
  public var method: String
  /// The records it is called on; nil for methods of the model itself (`search_read`, `load`).
  public var ids: [Int]?
  /// Named arguments.
  public var arguments: JSONObject
  /// The context; empty for none.
  public var context: JSONObject
  /// True if the call may change something in Odoo.
  public var writes: Bool

  /// A call of `method` on `model`.
  public init(
    _ model: String,
    _ method: String,
    ids: [Int]? = nil,
    arguments: JSONObject = [:],
    context: JSONObject = [:],
    writes: Bool
  ) {
    self.model = model
    self.method = method
    self.ids = ids
    self.arguments = arguments
    self.context = context
    self.writes = writes
  }
}
