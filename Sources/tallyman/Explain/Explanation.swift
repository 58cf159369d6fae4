internal import Barcodes
internal import Floor
internal import Rehearsal

/// How a code is read and what it is taken for, in the order of `docs/flows.md`.
struct Explanation {
  /// The code as it was given, with spelled FNC1 characters replaced.
  let spelled: SpelledCode
  /// The code as it is read.
  let barcode: Barcode
  /// What it could be, in the order in which it is asked; the first that fits wins.
  let trail: [LookupStep]
  /// What is wrong with it, where it is damaged.
  let damage: Damage?

  /// Reads a code and asks what is known of it.
  init(_ spelled: SpelledCode, year: Int, knowledge: Knowledge) {
    self.spelled = spelled
    barcode = Barcode.read(
      spelled.code,
      options: Barcode.Options(
        year: year,
        region: knowledge.site.region.flatMap(VariableMeasure.Region.init(rawValue:))
      )
    )
    trail = LookupTrail(barcode, knowledge).steps
    damage = Damage(barcode)
  }

  /// The first thing that was found; nil if nothing was, or nothing could be asked.
  ///
  /// What only says how to read on, such as GS1 without a mark, counts if nothing follows.
  var taken: Finding? {
    let found = trail.compactMap(\.findings.first)
    return found.first { !$0.isReading } ?? found.first
  }

  /// What is found.
  struct Finding: Hashable {
    /// What kind of thing it is, such as `product`.
    var kind: String
    /// Its name.
    var name: String
    /// Its database id, where it has one.
    var id: Int?
    /// What is known of it.
    var facts: [String] = []
    /// The stations where it is in work.
    var stations: [String] = []
    /// True if it is a way to read on, and not a thing.
    var isReading = false
  }
}

/// A question that is asked about a code.
struct LookupStep {
  /// What is looked for, in plain words.
  let question: String
  /// What was found; empty if nothing was or nothing was asked.
  var findings: [Explanation.Finding] = []
  /// Why it was not asked; nil if it was.
  var unasked: String?
}

/// What is known about the site while a code is explained.
struct Knowledge {
  /// What the configuration says.
  var site = FloorSite()
  /// Odoo's copy; nil where there is none.
  var mirror: (any MirrorLookup)?
  /// Where the copy lies, or why there is none.
  var source = ""
  /// The stations that hold a transfer, by the transfer's name.
  var stations: [String: String] = [:]

  /// The station that holds a transfer.
  func holders(of transfers: [Transfer]) -> [String] {
    var found: [String] = []
    for transfer in transfers {
      if let station = stations[transfer.name], !found.contains(station) { found.append(station) }
    }
    return found
  }
}
