import Odoo
import OdooSimulator
import Testing

/// An Odoo to apply to: a version, and whether an administrator has made the server action.
struct Setup: CustomTestStringConvertible {
  let version: OdooSimulator.OdooVersion
  let isAtomic: Bool

  init(_ version: OdooSimulator.OdooVersion, isAtomic: Bool = false) {
    self.version = version
    self.isAtomic = isAtomic
  }

  static let all = [false, true].flatMap { isAtomic in
    OdooSimulator.OdooVersion.allCases.map { Setup($0, isAtomic: isAtomic) }
  }

  var testDescription: String { "\(version)\(isAtomic ? ", server action" : "")" }

  /// Makes the action as an administrator does; nil where confirmations go without.
  func installAction(_ admin: OdooSimulatorAdmin) throws -> Int? {
    guard isAtomic else { return nil }
    let model = version < .v19 ? "stock.quant.package" : "stock.package"
    return try admin.installAction(code: ServerActionCode.code(packageModel: model))
  }
}
