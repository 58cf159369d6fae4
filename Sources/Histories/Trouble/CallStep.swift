internal import Floor
internal import JSON
internal import Odoo
internal import TestKit

/// A step of an attempt at which something can go wrong.
enum CallStep: String, CaseIterable, Sendable {
  case search
  case read
  /// Looking up lots and packages that the transfer does not show.
  case lookUp = "look up"
  case loadPackages = "load packages"
  case writePackage = "write package"
  case loadLines = "load lines"
  case write
  case validate
  case readBack = "read back"
  /// The server action looks.
  case look
  /// The server action applies.
  case apply
  case name
  /// Putting `sending` on disk.
  case storeSending = "store sending"
  /// Putting the end on disk.
  case storeEnd = "store end"

  /// A step to aim at; those that few attempts come to are drawn more often.
  static func aimed(_ choices: inout Choices) -> CallStep {
    choices.element(of: aims)
  }

  private static let aims: [CallStep] = allCases.flatMap { step in
    let times =
      switch step {
      case .name: 5
      case .writePackage, .loadLines: 4
      case .loadPackages, .search, .lookUp: 2
      default: 1
      }
    return Array(repeating: step, count: times)
  }

  var isCall: Bool { self != .storeSending && self != .storeEnd }

  init(_ call: OdooCall, isSearching: Bool, hasWritten: Bool) {
    let isLine = call.model == "stock.move.line"
    switch call.method {
    case "button_validate": self = .validate
    case "run": self = call.writes ? .apply : .look
    case "load", "create": self = isLine ? .loadLines : .loadPackages
    case "write":
      let isState = call.arguments["vals"]?["state"] != nil
      self = isState ? .validate : call.model == "stock.picking" ? .write : .writePackage
    case "web_search_read": self = hasWritten ? .readBack : .read
    default:
      let fields = call.arguments["fields"]?.array?.compactMap(\.string)
      self = isSearching ? .search : fields == ["display_name"] ? .name : .lookUp
    }
  }
}
