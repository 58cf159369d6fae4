import FoundationEssentials
import JSON
import TestKit
import Testing

@Suite("JSON")
struct JSONTests {
  @Test(arguments: [
    "null", "true", "[]", "{}", "[1,2.50,-3e2]", #"{"a":{"b":["c",null]}}"#,
    #""\u00e9 \ud83d\ude00""#,
    #""tab\t quote\" slash\/ back\\""#, "0", "-0", "1E+2",
  ])
  func readsWhatTheReferenceReads(text: String) throws {
    let ours = try JSON.parse(text)
    #expect(try reference(text) == reference(ours.text))
  }

  @Test(arguments: [
    "", " ", "nul", "truee", "[1,]", "[1 2]", "{a:1}", #"{"a"}"#, #"{"a":1,}"#, "01", "1.", ".5",
    "+1", "1e", "--1", "NaN", #""open"#, #""bad \x escape""#, #""half \ud83d pair""#, "\"\u{1}\"",
    "[1]x", "'a'",
  ])
  func refusesWhatIsNoJSON(text: String) {
    #expect(throws: JSON.ParseError.self) { try JSON.parse(text) }
    // Foundation forgives a comma too many.
    if !text.hasSuffix(",]"), !text.hasSuffix(",}") {
      #expect(throws: (any Error).self) { try reference(text) }
    }
  }

  @Test func refusesBytesThatAreNoUTF8() {
    #expect(throws: JSON.ParseError.self) { try JSON.parse([0x22, 0xFF, 0x22]) }
    #expect(throws: JSON.ParseError.self) { try JSON.parse([0x22, 0xC0, 0x80, 0x22]) }
  }

  @Test func refusesDeepAndLongTextsBeforeTheyCost() {
    let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    #expect(throws: JSON.ParseError.self) { try JSON.parse(deep) }
    #expect(throws: JSON.ParseError.self) { try JSON.parse("[1]", limits: .init(bytes: 2)) }
    let nested = "[[[]]]"
    #expect(throws: Never.self) { try JSON.parse(nested, limits: .init(depth: 3)) }
    #expect(throws: JSON.ParseError.self) { try JSON.parse(nested, limits: .init(depth: 2)) }
  }

  @Test func keepsNumbersExactly() throws {
    let json = try JSON.parse(#"[0.1,12345678901234567890,1.10]"#)
    #expect(json.text == "[0.1,12345678901234567890,1.10]")
    #expect(json[0]?.double == 0.1 && json[1]?.int == nil)
    #expect(try JSON.parse("5.0").int == 5 && JSON.parse("5.5").int == nil)
  }

  @Test func takesTheLastOfTwoMembersWithOneName() throws {
    #expect(try JSON.parse(#"{"a":1,"b":2,"a":3}"#).text == #"{"a":3,"b":2}"#)
  }

  @Test func walksByPointer() throws {
    let json = try JSON.parse(#"{"data":[{"a/b":1,"~":2}]}"#)
    #expect(json.at(pointer: "/data/0/a~1b") == 1 && json.at(pointer: "/data/0/~0") == 2)
    #expect(json.at(pointer: "") == json)
    #expect(json.at(pointer: "/data/1") == nil && json.at(pointer: "/data/x") == nil)
  }

  /// Random values survive writing and reading, and the reference reads the same.
  @Test func roundTripsRandomValues() throws {
    try check(runs: 500, seed: 3) { choices in
      let value = random(&choices, depth: 0)
      try require(try JSON.parse(value.text) == value, "reads back differently: \(value.text)")
      try require(
        try reference(value.text) == reference(JSON.parse(value.text).text),
        "reference differs"
      )
    }
  }

  private func random(_ choices: inout Choices, depth: Int) -> JSON {
    switch choices.int(0...(depth > 3 ? 4 : 6)) {
    case 0: return .null
    case 1: return .bool(choices.chance(50))
    case 2: return .int(choices.int(-1000...1000))
    case 3: return .double(choices.unit())
    case 4: return .string(choices.element(of: ["", "a", "é", "\u{1F600}", "\n\t\"\\", "\u{1}"]))
    case 5: return .array((0..<choices.int(0...3)).map { _ in random(&choices, depth: depth + 1) })
    default:
      var object = JSONObject()
      for index in 0..<choices.int(0...3) {
        object["k\(index)"] = random(&choices, depth: depth + 1)
      }
      return .object(object)
    }
  }

  private func reference(_ text: String) throws -> Reference {
    try JSONDecoder().decode(Reference.self, from: Data(text.utf8))
  }
}

/// A JSON value as Foundation reads it.
private enum Reference: Decodable, Equatable {
  case null, bool(Bool), number(Double), string(String), array([Reference])
  case object([String: Reference])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([Reference].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: Reference].self))
    }
  }
}
