import Testing

@testable internal import Barcodes

/// The public vectors of the GS1 Barcode Syntax Engine, all 4,443.
@Suite("GS1 vectors")
struct GS1VectorTests {
  @Test(.enabled(if: GS1Files.areHere, Comment(rawValue: GS1Files.absent)))
  func readsTheVectorsAsTheReferenceDoes() throws {
    let comparison = Comparison(try GS1Files.list("gs1-vectors.json").map(Vector.init))
    #expect(
      comparison.compared
        == ["bracketed": 2397, "dl-uri": 136, "scan-data": 1795, "unbracketed": 115]
    )
    #expect(comparison.unlisted == [])
    #expect(KnownDifference.names.subtracting(comparison.listed) == [], "no difference any more")
    #expect(comparison.listed.count == KnownDifference.names.count)
  }

  /// Without these rules the comparison must fail: else it would compare nothing.
  @Test(
    .enabled(if: GS1Files.areHere, Comment(rawValue: GS1Files.absent)),
    arguments: [
      (".mod10", "", 20), (".date0", "", 1), (".date;", ";", 1), ("X..20", "X..21", 20),
      ("N6", "X6", 100), ("N18", "N17", 2), (".pair", "", 1), (".country;", ";", 1),
    ]
  )
  func noticesABrokenRule(rule: String, broken: String, least: Int) throws {
    let lines = [AITable.identification, AITable.measures, AITable.trade, AITable.use]
    let table = AITable(lines: lines.map { $0.replacing(rule, with: broken) })
    let vectors = try GS1Files.list("gs1-vectors.json").map(Vector.init)
    let bracketed = vectors.filter { $0.kind == "bracketed" }
    let differences = Comparison(bracketed, table: table).unlisted.count
    #expect(differences >= least, "\(differences)")
  }
}

/// How a list of vectors compares.
struct Comparison {
  var compared: [String: Int] = [:]
  var unlisted: [String] = []
  var listed: Set<String> = []

  init(_ vectors: [Vector], table: AITable = .shared) {
    for vector in vectors {
      compared[vector.kind, default: 0] += 1
      guard let difference = vector.difference(table: table) else { continue }
      let name = "\(vector.kind) \(vector.input)"
      if KnownDifference.names.contains(name) {
        listed.insert(name)
      } else {
        unlisted.append("\(name): \(difference)")
      }
    }
  }
}
