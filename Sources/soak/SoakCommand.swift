internal import ArgumentParser
internal import Histories
internal import TestKit

/// `soak`: plays seeded histories of the outbox against the simulated Odoo; see `scripts/soak`.
@main
struct SoakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak",
    abstract: "Play seeded histories of the outbox against a simulated Odoo, and check each.",
    discussion: """
      Exits with 0 if every confirmation ended as applied exactly once, or with a person for a \
      reason that is true.
      """
  )

  @Option(help: "How many histories.")
  var seeds = 10_000

  @Option(help: "The first seed.")
  var from: UInt64 = 1

  @Option(help: "Only this seed: its story, and the smallest history that fails the same way.")
  var seed: UInt64?

  @Option(help: "The series of Odoo that is simulated: 17, 18 or 19; any by default.")
  var version: Int?

  @Option(help: "How transfers are applied: plain or atomic; any by default.")
  var plan: String?

  @Option(help: "A rule that is broken on purpose, such as trusts_return_value.")
  var sabotage: String?

  @Option(help: "What somebody is to do at which step, such as \"cancel at validate\".")
  var aim: [String] = []

  @Option(help: "Threads to play on.")
  var threads = 2

  @Flag(help: "With --seed: tell the whole history and do not look for a smaller one.")
  var whole = false

  func validate() throws {
    if let version, ![17, 18, 19].contains(version) {
      throw ValidationError("--version: expected 17, 18 or 19, got \(version)")
    }
    if let plan, Plan(rawValue: plan) == nil {
      throw ValidationError("--plan: expected plain or atomic, got \(plan)")
    }
    if let sabotage, Sabotage(rawValue: sabotage) == nil {
      let all = Sabotage.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--sabotage: expected one of \(all), got \(sabotage)")
    }
    guard (1...100_000_000).contains(seeds), (1...64).contains(threads) else {
      throw ValidationError("--seeds: expected 1 to 100000000; --threads: expected 1 to 64")
    }
  }

  func run() throws {
    var options = HistoryOptions(
      version: version,
      plan: plan.flatMap(Plan.init),
      sabotage: sabotage.flatMap(Sabotage.init)
    )
    options.aims = aim
    let soak = Soak(options, threads: threads)
    if let seed { return try replay(seed, soak) }
    let start = ContinuousClock.now
    let outcome = try soak.run((0..<UInt64(seeds)).map { from &+ $0 })
    let time = ContinuousClock.now - start
    print(outcome.coverage.table)
    print("How confirmations ended:")
    for (end, count) in outcome.ends.sorted(by: { $0.value > $1.value }) {
      print("  \(count) \(end)")
    }
    print("\(outcome.histories) histories in \(time), \(outcome.races) raced")
    for (seed, reason) in outcome.failures {
      print("seed \(seed): \(reason)\n  replay: scripts/soak --seed \(seed)\(again)")
    }
    if !outcome.failures.isEmpty { throw ExitCode(1) }
  }

  private var again: String {
    (version.map { " --version \($0)" } ?? "") + (plan.map { " --plan \($0)" } ?? "")
      + (sabotage.map { " --sabotage \($0)" } ?? "")
  }

  private func replay(_ seed: UInt64, _ soak: Soak) throws {
    if whole {
      for line in try History.tell(Choices(seed: seed), soak.options) { print(line) }
      return
    }
    guard let (example, story) = soak.shrink(seed) else {
      for line in try History.tell(Choices(seed: seed), soak.options) { print(line) }
      print("Seed \(seed) ends right.")
      return
    }
    for line in story { print(line) }
    print("Seed \(seed), shrunk to \(example.choices.count) choices: \(example.reason)")
    throw ExitCode(1)
  }
}
