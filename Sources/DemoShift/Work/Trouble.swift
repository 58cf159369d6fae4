internal import TestKit

/// What goes wrong during the shift, from a seed: kills of the agent and an outage of Odoo.
final class Trouble: Sendable {
  private let site: Site
  private let gate: PowerGate
  private let book: Book
  private let terminal: Terminal
  private let simulator: Web?
  private let seed: UInt64
  private let count = Monitor(0)

  /// Kills without which the shift proves too little.
  static let fewestKills = 3
  /// Time after which a call is carried out whose client was cut off.
  private static let lateMilliseconds = 400.0
  /// Time for which Odoo is down.
  private static let outage: Duration = .seconds(8)
  /// How long the agent stays away after a kill, in milliseconds.
  private static let absence = 200...2_000
  /// Longest wait for the progress that the next trouble waits for.
  private static let patience: Duration = .seconds(90)

  init(
    _ site: Site,
    _ gate: PowerGate,
    _ book: Book,
    _ terminal: Terminal,
    simulator: Web?,
    seed: UInt64
  ) {
    self.site = site
    self.gate = gate
    self.book = book
    self.terminal = terminal
    self.simulator = simulator
    self.seed = seed
  }

  /// Kills so far.
  var kills: Int { count.withLock { $0 } }

  /// Answers that get lost by chance from now on.
  func begin() throws {
    _ = try simulator?.request(
      "POST",
      "/simulator/chaos",
      [
        "seed": .number(Double(seed % 1_000_000)), "delay_ms": .number(Self.lateMilliseconds),
        "rates": [
          "lost_answer": .number(0.06), "lost_request": .number(0.03), "late": .number(0.02),
          "serialization": .number(0.02),
        ],
        "methods": ["write", "button_validate", "load"],
      ]
    )
  }

  /// Plays the troubles, each at a random moment of its part of the shift.
  func play(closings: Int) throws {
    var random = SplitMix64(state: seed)
    try wait(closings, 0.08, 0.22, &random)
    try kill(&random)
    try wait(closings, 0.30, 0.38, &random)
    if simulator != nil {
      try outage(&random)
    } else {
      try kill(&random)
    }
    try wait(closings, 0.55, 0.70, &random)
    try kill(&random)
    try wait(closings, 0.75, 0.92, &random)
    try kill(&random)
  }

  /// Waits until a random share of the transfers between two shares is closed, and a little more.
  private func wait(
    _ closings: Int,
    _ low: Double,
    _ high: Double,
    _ random: inout SplitMix64
  ) throws {
    let share = Double.random(in: low...high, using: &random)
    _ = book.waitForClosings(Int(Double(closings) * share), within: Self.patience)
    pause(.milliseconds(Int.random(in: 0...400, using: &random)))
  }

  private func outage(_ random: inout SplitMix64) throws {
    _ = try simulator?.request("POST", "/simulator/faults", ["kind": "down"])
    terminal.report("--- Odoo is down; the floor goes on")
    let first = Duration.milliseconds(Int.random(in: 500...5_000, using: &random))
    pause(first)
    try kill(&random)
    pause(Self.outage - first)
    _ = try simulator?.request("DELETE", "/simulator/faults")
    try begin()
    terminal.report("--- Odoo is back")
  }

  /// Kills the agent and, after a while, starts it again.
  ///
  /// The while can be longer than a device waits for its feedback, so some events come twice.
  private func kill(_ random: inout SplitMix64) throws {
    let absence = Duration.milliseconds(Int.random(in: Self.absence, using: &random))
    try gate.interrupt {
      try site.killAgent()
      let number = count.update { count in
        count += 1
        return count
      }
      terminal.report("--- agent killed with SIGKILL (\(number)); starting it again")
    } _: {
      pause(absence)
      try site.startAgent()
    }
    terminal.report("--- agent is back")
  }
}
