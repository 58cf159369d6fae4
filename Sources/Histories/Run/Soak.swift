public import TestKit

/// Many histories, one for each seed, on some threads.
public struct Soak: Sendable {
  /// Which histories.
  public var options: HistoryOptions
  /// Threads to play them on.
  public var threads: Int

  /// Histories on two threads.
  public init(_ options: HistoryOptions = HistoryOptions(), threads: Int = 2) {
    self.options = options
    self.threads = threads
  }

  /// What came of them.
  public struct Outcome: Sendable {
    /// Histories that were played.
    public var histories = 0
    /// Seeds that ended wrong, in order, with what was wrong.
    public var failures: [(seed: UInt64, reason: String)] = []
    /// Trouble by step.
    public var coverage = Coverage()
    /// Confirmations by how they ended.
    public var ends: [String: Int] = [:]
    /// Transfers that somebody validated between our last look and our write.
    public var races = 0

    /// Adds another's.
    public mutating func add(_ other: Outcome) {
      histories += other.histories
      failures = (failures + other.failures).sorted { $0.seed < $1.seed }
      coverage.add(other.coverage)
      ends.merge(other.ends) { $0 + $1 }
      races += other.races
    }
  }

  /// Plays the histories of all seeds.
  ///
  /// - Parameter stopAfter: Failures after which a thread gives up.
  public func run(_ seeds: [UInt64], stopAfter: Int = 10) throws -> Outcome {
    let (options, threads) = (options, max(1, threads))
    let workers = (0..<threads).map { thread in
      Background { () throws -> Outcome in
        var outcome = Outcome()
        for index in stride(from: thread, to: seeds.count, by: threads) {
          Self.play(seeds[index], options, &outcome)
          if outcome.failures.count >= stopAfter { break }
        }
        return outcome
      }
    }
    var all = Outcome()
    for worker in workers { all.add(try worker.finish(within: .seconds(1_000_000))) }
    return all
  }

  private static func play(_ seed: UInt64, _ options: HistoryOptions, _ outcome: inout Outcome) {
    outcome.histories += 1
    var choices = Choices(seed: seed)
    do {
      let result = try History.play(&choices, options)
      outcome.coverage.add(result.coverage)
      outcome.ends.merge(result.ends) { $0 + $1 }
      outcome.races += result.races
    } catch {
      outcome.failures.append((seed, "\(error)"))
    }
  }

  /// A failing seed made small: its counterexample, and the story of it.
  public func shrink(_ seed: UInt64) -> (example: Counterexample, story: [String])? {
    let options = options
    do throws(Counterexample) {
      try check(runs: 1, seed: seed) { choices in _ = try History.play(&choices, options) }
      return nil
    } catch {
      let story = try? History.tell(Choices(replaying: error.choices), options)
      return (error, story ?? [])
    }
  }
}
