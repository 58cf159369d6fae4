internal import OdooSimulator

/// The command line of `odoo-simulator`.
struct Settings {
  struct Problem: Error {
    let text: String
  }

  static let usage = """
    Usage: odoo-simulator [options]
      --version 17|18|19   the series of Odoo (default 18)
      --world demo|bare    what is in the database at the start (default demo)
      --port N             0 lets the system choose (default 8069)
      --address A          numeric address to listen on (default 127.0.0.1)
      --database NAME      name of the database (default demo)
      --port-file FILE     writes the port there once it listens
      --key-file FILE      writes the API key there, readable by its owner only
      --state FILE         keeps the state there between runs
      --keep-alive         keeps connections open, as a proxy in front of Odoo does
    """

  var version = OdooVersion.v18
  var world = SimulatorWorld.demo
  var options = OdooSimulatorServer.Options()
  var portFile: String?
  var keyFile: String?
  var help = false

  init(_ arguments: [String]) throws(Problem) {
    options.port = 8069
    var rest = arguments[...]
    while let name = rest.popFirst() {
      switch name {
      case "--help", "-h": help = true
      case "--keep-alive": options.keepAlive = true
      default:
        guard let value = rest.popFirst() else {
          throw Problem(text: "\(name): expected a value after it, or no such option")
        }
        try take(name, value)
      }
    }
  }

  private mutating func take(_ name: String, _ value: String) throws(Problem) {
    switch name {
    case "--version":
      let series = value.split(separator: ".").first.flatMap { Int($0) }
      guard let version = series.flatMap(OdooVersion.init(rawValue:)) else {
        throw Problem(text: "--version: expected 17, 18 or 19, got \(value)")
      }
      self.version = version
    case "--world":
      guard let world = SimulatorWorld(rawValue: value) else {
        throw Problem(text: "--world: expected demo or bare, got \(value)")
      }
      self.world = world
    case "--port":
      guard let port = UInt16(value) else {
        throw Problem(text: "--port: expected 0 to 65535, got \(value)")
      }
      options.port = port
    case "--address": options.address = value
    case "--database": options.database = value
    case "--port-file": portFile = value
    case "--key-file": keyFile = value
    case "--state": options.stateFile = value
    default: throw Problem(text: "\(name): no such option")
    }
  }
}
