/// What the command is told.
public struct ShiftOptions: Sendable {
  /// The series of Odoo: 17, 18 or 19.
  public var version: Int
  /// Orders to be worked on.
  public var orders = 300
  /// Where all chances begin.
  public var seed: UInt64 = 1
  /// A rule of the floor that the agent breaks on purpose; nil for none.
  public var bug: String?
  /// How often the agent is killed.
  public var kills = 2
  /// Longest time in which nothing is applied once Odoo is back, before the rest is given up.
  public var standstill: Duration = .seconds(120)
  /// Path of the agent.
  public var tallyman: String
  /// Path of the simulator.
  public var simulator: String
  /// Directory of the device profiles.
  public var profiles: String
  /// True where progress is shown.
  public var isTalkative = true

  /// Options for a version, with the programs to start.
  public init(version: Int, tallyman: String, simulator: String, profiles: String) {
    self.version = version
    self.tallyman = tallyman
    self.simulator = simulator
    self.profiles = profiles
  }
}
