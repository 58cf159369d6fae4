internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Floor
internal import Journal
internal import Rehearsal

extension Tallyman {
  /// `tallyman floor`.
  struct FloorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "floor",
      abstract: "Try scans at a station without devices; nothing is kept or sent.",
      discussion: """
        Type or paste codes, one a line, or pipe them in. Each is judged as the running box would, \
        with the copy of Odoo's transfers that the box has, or in a small warehouse that comes \
        along (--demo). The journal is not written, Odoo and the devices hear nothing, and what \
        was counted is forgotten at the end.

        Words of its own begin with a colon; :help lists them.
        """
    )
    @OptionGroup var options: CommonOptions
    @Flag(help: "A small warehouse that comes along, instead of this box's.") var demo = false
    @Option(help: "With --demo: which Odoo made the transfers, 17 to 19.") var odoo = 18
    @Option(help: "The station to begin at.") var station: String?
    @Option(help: "The language of the answers, such as de.") var language: String?

    func validate() throws {
      guard (17...19).contains(odoo) else {
        throw ValidationError("--odoo is 17, 18 or 19, not \(odoo).")
      }
    }

    func run() throws {
      if demo { try runDemo() } else { try runBox() }
    }

    private func runDemo() throws {
      let chaining: DemoWarehouse.Chaining = odoo == 17 ? .allAtOnce : .stepByStep
      let rehearsal = Rehearsal(
        site: DemoWarehouse.site,
        mirror: DemoWarehouse.mirror(chaining),
        station: station ?? DemoWarehouse.station
      )
      let start = SystemClock.monotonic()
      var session = FloorSession(
        rehearsal: rehearsal,
        languages: FloorLanguages(fixed: language, settings: nil),
        list: DemoWarehouse.list(chaining),
        asJSON: options.json
      ) { mirror, now in
        mirror.mirrorAge.map { $0 + (now.monotonic - start) / 1000 }
      }
      try session.run(about: "Demo warehouse, made as by Odoo \(odoo).")
    }

    private func runBox() throws {
      let settings = try options.settings()
      let directory = settings.storage.directory
      let mirror = MirrorReader(directory: directory)
      guard mirror.source != .none else {
        throw Problem(
          "There is no copy of Odoo's transfers in \(directory): "
            + "\(mirror.problem?.description ?? "mirror.db is missing"). Let the agent run once, or "
            + "try the warehouse that comes along: tallyman floor --demo"
        )
      }
      let closed = BoxClosures.read(directory)
      let rehearsal = Rehearsal(
        site: FloorSite(settings),
        mirror: mirror,
        station: station ?? settings.stations.first?.name ?? "station",
        closed: closed ?? ClosedTransfers()
      )
      var session = FloorSession(
        rehearsal: rehearsal,
        languages: FloorLanguages(fixed: language, settings: settings),
        list: settings.trialList,
        asJSON: options.json
      ) { mirror, now in
        mirror.begin(at: Stamp(boot: -1, monotonic: 0, wall: now.wall, synced: true))
        return mirror.mirrorAge
      }
      let note =
        closed == nil
        ? "The journal cannot be read: what was closed here counts as open."
        : "What was closed here counts as closed; what is open at the stations is not seen."
      try session.run(about: "Transfers of \(directory). \(note)")
    }
  }
}

/// What this box has closed, so that a rehearsal does not open it again.
enum BoxClosures {
  /// Most confirmations that are looked at.
  private static let limit = 100_000

  /// The closures in the journal; nil if it cannot be read.
  static func read(_ directory: String) -> ClosedTransfers? {
    guard let journal = try? JournalReader(directory: directory),
      let records = try? journal.confirmations(all: true, limit: limit)
    else { return nil }
    var closed = ClosedTransfers()
    for record in records where record.state != .discarded {
      guard let confirmation = record.content else { continue }
      closed.add(
        Closure(
          confirmation: confirmation,
          applied: record.state == .applied,
          backorders: record.backorders
        ),
        transfer: record.transferID
      )
    }
    return closed
  }
}

extension Settings {
  /// What there is to scan on a box: its stations; the rest is in Odoo.
  fileprivate var trialList: [CodeList] {
    [
      CodeList(
        heading: "Stations (:station NAME)",
        entries: stations.map {
          CodeList.Entry($0.name, "devices: \($0.devices.joined(separator: ", "))")
        }
      )
    ]
  }
}
