/// Why the simulator did not do what it was asked through its administration.
public struct SimulatorError: Error, CustomStringConvertible, Sendable {
  /// What kind of error; for one of Odoo its Python class.
  public let name: String
  /// What is wrong.
  public let message: String

  /// An error.
  public init(name: String, message: String) {
    self.name = name
    self.message = message
  }

  /// One line.
  public var description: String { "\(name): \(message)" }
}
