internal import Floor
internal import TestKit
internal import Testing

/// Each answer of `docs/verdicts.md` is given to some payload of some device.
struct VerdictTests {
  @Test(arguments: Scenario.all.map(\.code))
  func isGivenToPayloads(_ code: VerdictCode) throws {
    let scenario = try #require(Scenario.all.first { $0.code == code })
    // The scanners take turns; another one begins with each code.
    let first = VerdictCode.allCases.firstIndex(of: code) ?? 0
    let codes = try scenario.play(from: first)
    #expect(codes.count == scenario.messages, "each message is a row of the journal")
    #expect(codes.last == code.rawValue, "\(codes)")
  }

  @Test func everyCodeHasItsScenario() throws {
    let covered = Scenario.all.map(\.code) + Scenario.elsewhere.keys
    #expect(Set(covered).count == covered.count, "one scenario each")
    #expect(Set(covered) == Set(VerdictCode.allCases))
    for (code, place) in Scenario.elsewhere {
      let text = try File.text("\(root)/\(place.file)")
      #expect(text.contains("\"\(code.rawValue)\"") && text.contains("func \(place.test)("))
    }
  }

  @Test func everyCodeIsDescribed() throws {
    let text = try File.text("\(root)/docs/verdicts.md")
    for code in VerdictCode.allCases {
      #expect(text.contains("\n| `\(code.rawValue)` |"), "\(code.rawValue) is not in the list")
    }
  }

  private var root: String {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }
}

extension Scenario {
  var messages: Int {
    steps.reduce(0) { count, step in
      switch step {
      case .scan, .send: count + 1
      case .odooAsks, .brokerRestart: count
      }
    }
  }
}
