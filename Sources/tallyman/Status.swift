internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Glibc
internal import JSON
internal import Journal
internal import Odoo

extension Tallyman {
  /// `tallyman status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say whether the agent runs, and what waits for Odoo."
    )
    @OptionGroup var options: CommonOptions

    func run() throws {
      let directory = try options.settings().storage.directory
      let journal = try options.journal()
      let runtime = Self.runtime(directory)
      let counts = try journal.counts()
      let waiting = try journal.confirmations()
      let tallies = try journal.openTallies()
      let events = try journal.eventCount()
      let contract = try ContractRecord(journal)
      if options.json {
        var states = JSONObject()
        for state in ConfirmationState.allCases {
          states[state.rawValue] = .int(counts[state] ?? 0)
        }
        Output.json([
          "running": .bool(runtime != nil), "runtime": runtime ?? .null,
          "events": .int(events), "confirmations": .object(states),
          "odoo_contract": contract.json, "oldest_waiting": .int64(waiting.first?.closed),
          "open_transfers": .array(
            tallies.map { ["station": .string($0.station), "transfer": .string($0.transfer)] }
          ),
        ])
      } else {
        show(runtime, counts, waiting.first, tallies, events)
        show(contract)
      }
      let isStopped = contract.problems.contains { $0.effect == .stopsSending }
      if runtime == nil || isStopped || (counts[.parked] ?? 0) > 0 {
        throw ExitCode(ExitStatus.unhealthy.rawValue)
      }
    }

    private func show(
      _ runtime: JSON?,
      _ counts: [ConfirmationState: Int],
      _ oldest: ConfirmationRecord?,
      _ tallies: [(station: String, transfer: String)],
      _ events: Int
    ) {
      if let runtime {
        Output.line("Agent: running (pid \(runtime["pid"]?.int ?? 0))")
        Output.line("Broker: \(Self.link(runtime, "broker"))")
        Output.line("Odoo: \(Self.link(runtime, "odoo"))")
        for name in ["journal_error", "mirror_error"] {
          if let text = runtime[name]?.string { Output.line("Problem: \(text)") }
        }
        if runtime["disk_full"]?.bool == true {
          Output.line("Problem: the disk is full; no events are read")
        }
      } else {
        Output.line("Agent: not running. Start it: systemctl start tallyman")
      }
      Output.line("Events in the journal: \(events)")
      let waiting = [ConfirmationState.pending, .sending, .waiting].reduce(0) {
        $0 + (counts[$1] ?? 0)
      }
      Output.line(
        "Confirmations: \(counts[.applied] ?? 0) in Odoo, \(waiting) on their way, "
          + "\(counts[.parked] ?? 0) need a decision, \(counts[.discarded] ?? 0) dropped, "
          + "\(counts[.accepted] ?? 0) accepted as Odoo has them"
      )
      if let oldest {
        Output.line(
          "Oldest not in Odoo: \(oldest.transfer), closed "
            + "\(Output.span(wallClock() - oldest.closed)) ago"
        )
      }
      for (station, transfer) in tallies { Output.line("Open at \(station): \(transfer)") }
      if (counts[.parked] ?? 0) > 0 { Output.line("See: tallyman exceptions") }
    }

    private func show(_ contract: ContractRecord) {
      for problem in contract.problems {
        let word = problem.effect == .warns ? "Warning" : "Problem"
        Output.line("\(word): \(problem.sentence)")
        Output.line("    \(problem.hint)")
      }
      if let changed = contract.changed {
        for sentence in contract.changes {
          Output.line("Seen \(Output.span(wallClock() - changed)) ago: \(sentence)")
        }
      }
    }

    private static func link(_ runtime: JSON, _ name: String) -> String {
      if runtime["\(name)_connected"]?.bool == true { return "connected" }
      return "not connected" + (runtime["\(name)_error"]?.string.map { ": \($0)" } ?? "")
    }

    /// What the running agent has written about itself; nil if none runs.
    static func runtime(_ directory: String) -> JSON? {
      guard let text = readSmallFile("\(directory)/runtime.json"),
        let json = try? JSON.parse(text), let pid = json["pid"]?.int,
        kill(pid_t(pid), 0) == 0 || errno == EPERM
      else { return nil }
      return json
    }
  }
}

/// The bytes of a file of at most 64 KiB; nil if it cannot be read.
func readSmallFile(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var buffer = [UInt8](repeating: 0, count: 64 << 10)
  let count = read(descriptor, &buffer, buffer.count)
  return count >= 0 ? Array(buffer.prefix(count)) : nil
}
