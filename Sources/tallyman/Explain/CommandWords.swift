internal import Barcodes

/// What the commands do, in plain words.
enum CommandWords {
  static func meaning(of command: Command) -> String {
    switch command {
    case .odoo(let command): meaning(of: command)
    case .station(let command): meaning(of: command)
    }
  }

  private static func meaning(of command: OdooCommand) -> String {
    switch command {
    case .validate: "closes what is open"
    case .cancel: "takes the last change back"
    case .discard: "puts away what is open, uncounted"
    case .putInPack: "packs what is loose into a new package"
    default: "a command of Odoo that does nothing here"
    }
  }

  private static func meaning(of command: StationCommand) -> String {
    switch command {
    case .status: "says what is open and left"
    case .park: "puts aside what is open, with its counts"
    case .newPack: "opens a package with a new number"
    case .closePack: "closes the open package"
    case .override: "asks for a supervisor's badge"
    case .quantity(let number): "the next scan stands for \(number)"
    case .count: "begins to count stock"
    }
  }
}
