internal import Odoo

extension OdooVisit {
  /// Whether the server action can be used that applies a transfer in one call.
  ///
  /// - Parameter action: Its database id; nil where none is configured.
  func action(_ action: Int?) -> [Finding] {
    guard let action else { return [] }
    if let problem = ServerActionCode.problem(action, call(ServerActionCode.probe(action))) {
      return [
        Finding("odoo action", .warning, problem, hint: "Until then plain calls are made.")
      ]
    }
    return [Finding("odoo action", .good, "server action \(action) works")]
  }
}
