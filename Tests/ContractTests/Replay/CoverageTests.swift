internal import FoundationEssentials
internal import OdooSimulator
internal import Testing

/// No recording is left out by oversight.
@Suite("Coverage", .enabled(if: SharedFiles.areHere, "the recordings are not at ../shared"))
struct CoverageTests {
  /// Recordings that are not replayed step by step, and where they are used instead.
  static let elsewhere: [String: String] = [
    "22": "RightsTests makes each call as each of the three users, and compares the errors",
    "40": "MasterDataTests makes each read, and compares the kinds of all fields",
    "json2-40": "MasterDataTests, over JSON-2",
  ]

  @Test("each recording is replayed, or there is a reason", arguments: OdooVersion.allCases)
  func nothingIsLeftOut(_ version: OdooVersion) throws {
    let place = (SharedFiles.folder ?? "") + "/odoo/contract/\(version)"
    let files = try FileManager.default.contentsOfDirectory(atPath: place)
      .filter { $0.hasSuffix(".json") }
    #expect(files.count >= 35)
    let replayed = Set(ContractCase.all.filter { $0.version == version }.map(\.file))
    var numbers: Set<String> = []
    for file in files {
      let parts = file.split(separator: "-")
      let number = parts[0] == "json2" ? "json2-\(parts[1])" : String(parts[0])
      numbers.insert(number)
      let isCovered = replayed.contains(number) || Self.elsewhere[number] != nil
      #expect(isCovered, "\(version) \(file) has neither a scenario nor a reason")
      #expect(
        !(replayed.contains(number) && Self.elsewhere[number] != nil),
        "\(file) needs no reason any more"
      )
    }
    #expect(replayed.isSubset(of: numbers), "\(replayed.subtracting(numbers)) are not recorded")
  }
}
