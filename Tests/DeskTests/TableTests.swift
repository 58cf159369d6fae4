import Desk
import Dispatching
import FoundationEssentials
import Odoo
import Testing

/// Every exception has a rule, and every rule a way on.
@Suite("The table of exceptions") struct TableTests {
  @Test(arguments: ExceptionCode.allCases)
  func movesOn(_ code: ExceptionCode) {
    let rule = code.rule
    #expect(!rule.decisions.isEmpty, "nobody could ever decide it")
    #expect(Set(rule.decisions).count == rule.decisions.count)
    // Giving up is always possible, and the way out where nothing else is.
    #expect(rule.decisions.contains(.drop))
    #expect(rule.meaning.hasSuffix(".") && rule.advice.hasSuffix("."))
    if !code.isOfConfirmation { #expect(rule.decisions == [.drop]) }
  }

  /// The journal keeps categories as text; each must come back as the code that it is.
  @Test func knowsEveryCategoryThatIsStored() {
    for category in ApplyException.Category.allCases {
      #expect(ExceptionCode(category: category.rawValue) == ExceptionCode(category))
    }
    for cause in AttemptTarget.Cause.allCases {
      #expect(ExceptionCode(category: cause.rawValue) == ExceptionCode(cause))
    }
    for cause in Outbox.Cause.allCases {
      #expect(ExceptionCode(category: cause.rawValue) == ExceptionCode(cause))
    }
    #expect(ExceptionCode(category: "made_up_in_2031") == .other)
    #expect(ExceptionCode(category: nil) == .other)
  }

  @Test func everyGroupIsUsed() {
    #expect(Set(ExceptionCode.allCases.map(\.rule.group)) == Set(ExceptionGroup.allCases))
  }

  @Test func theDocumentationIsTheTable() throws {
    let page = try Self.page("docs/exceptions.md")
    let expected = ExceptionCode.allCases.map { code -> String in
      let rule = code.rule
      let decisions = rule.decisions.map(\.rawValue).joined(separator: ", ")
      return "| `\(code.rawValue)` | \(rule.group.title) | \(rule.meaning) | \(rule.advice) "
        + "| \(decisions) |"
    }
    let found = page.split(separator: "\n").map(String.init).filter { $0.hasPrefix("| `") }
    let rows = found.filter { $0.split(separator: "|").count == 5 }
    #expect(rows == expected, "\(expected.filter { !rows.contains($0) }.joined(separator: "\n"))")
    for decision in Decision.allCases {
      #expect(page.contains("| `\(decision.rawValue)` | \(decision.meaning) "))
    }
  }

  static func page(_ path: String) throws -> String {
    var root = #filePath.split(separator: "/")
    root.removeLast(3)
    let url = URL(filePath: "/" + root.joined(separator: "/") + "/" + path)
    return try String(decoding: Data(contentsOf: url), as: UTF8.self)
  }
}
