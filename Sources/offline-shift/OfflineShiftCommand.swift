internal import ArgumentParser
internal import OfflineShift
internal import TestKit

/// `offline-shift`: plays a shift during which Odoo is away; see `scripts/offline-shift`.
@main
struct OfflineShiftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offline-shift",
    abstract: "Play an eight-hour shift without Odoo, and compare every scan and every transfer.",
    discussion: """
      Starts a broker, the agent and the Odoo simulator. Exits with 0 if every scan was answered \
      as planned and Odoo has exactly what was counted.
      """
  )

  @Option(help: "The series of Odoo that is simulated: 17, 18, 19 or all.")
  var version = "all"

  @Option(help: "Orders to be worked on, for each version.")
  var orders = 300

  @Option(help: "Where all chances of the shift start.")
  var seed: UInt64 = 1

  @Option(help: "How often the agent is killed.")
  var kills = 2

  @Option(help: "A rule of the floor that the agent breaks on purpose, such as over_pick.")
  var bug: String?

  @Option(help: "The directory of the device profiles.")
  var profiles = "hardware/profiles"

  func validate() throws {
    guard ["17", "18", "19", "all"].contains(version) else {
      throw ValidationError("--version: expected 17, 18, 19 or all, got \(version)")
    }
    guard (1...5_000).contains(orders) else {
      throw ValidationError("--orders: expected 1 to 5000, got \(orders)")
    }
    guard (0...20).contains(kills) else {
      throw ValidationError("--kills: expected 0 to 20, got \(kills)")
    }
  }

  func run() throws {
    var isGood = true
    for series in version == "all" ? [17, 18, 19] : [Int(version) ?? 18] {
      var options = ShiftOptions(
        version: series,
        tallyman: try Executable.find("tallyman"),
        simulator: try Executable.find("odoo-simulator"),
        profiles: try File.absolutePath(profiles)
      )
      options.orders = orders
      options.seed = seed
      options.kills = kills
      options.bug = bug
      // A broken floor leaves confirmations that never fit; nobody waits for these.
      if bug != nil { options.standstill = .seconds(15) }
      let result = try ShiftRun(options).play()
      for line in ShiftReport(options, result).lines { print(line) }
      isGood = isGood && result.outcome.isGood
    }
    if !isGood { throw ExitCode(1) }
  }
}
