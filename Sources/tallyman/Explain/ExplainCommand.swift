internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Floor
internal import Glibc
internal import Journal
internal import Rehearsal

extension Tallyman {
  /// `tallyman explain`.
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how a barcode is read, and what it is taken for.",
      discussion: """
        Quote the code. FNC1 (the character GS between the parts of a GS1 label) can be written as \
        ^, {GS}, <GS> or \\x1D. On a box that is set up, the copy of Odoo's data is asked too, and \
        the journal for the stations that work on it.
        """
    )
    @OptionGroup var options: CommonOptions
    @Flag(help: "Ask the small warehouse of tallyman floor --demo.") var demo = false
    @Flag(help: "Take the code as it is: ^ is ^.") var raw = false
    @Argument(help: "The code, as the scanner sends it.") var code: String

    func run() throws {
      let knowledge = try demo ? .demo : Knowledge.box(options)
      let explanation = Explanation(
        SpelledCode(code, isRaw: raw),
        year: Output.year(wallClock()),
        knowledge: knowledge
      )
      if options.json { return Output.json(explanation.json(knowledge)) }
      for line in explanation.lines(knowledge) { Output.line(line) }
    }
  }
}

extension Knowledge {
  /// The warehouse that comes along.
  static var demo: Knowledge {
    Knowledge(
      site: DemoWarehouse.site,
      mirror: DemoWarehouse.mirror(.stepByStep),
      source: "the demo warehouse"
    )
  }

  /// What this box knows; nothing if it is not set up.
  static func box(_ options: CommonOptions) throws -> Knowledge {
    let isDefault = options.config == CommonOptions.standardFile
    if isDefault, access(options.config, F_OK) != 0 {
      return Knowledge(source: "This box is not set up (\(options.config) is missing)")
    }
    let settings = try options.settings()
    let directory = settings.storage.directory
    var knowledge = Knowledge(site: FloorSite(settings))
    let mirror = MirrorReader(directory: directory)
    if mirror.source == .none {
      knowledge.source = "There is no copy of Odoo's data in \(directory) yet"
    } else {
      knowledge.mirror = mirror
      knowledge.source = directory
    }
    if let journal = try? JournalReader(directory: directory) {
      knowledge.stations = (try? journal.heldTransfers()) ?? [:]
    }
    return knowledge
  }
}
