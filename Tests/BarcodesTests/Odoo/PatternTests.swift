import Testing

@testable internal import Barcodes

@Suite("Pattern")
struct PatternTests {
  private func end(_ pattern: String, _ text: String) throws -> Int? {
    try Pattern(pattern).match(text.unicodeScalars.map(\.value))?.end
  }

  @Test(
    arguments: [
      ("a.c", "abc", 3), ("a.c", "ab", nil), (#"\d{3}"#, "1234", 3), ("[A-Z_]+", "AB_c", 3),
      ("[^0-9]*", "ab1", 2), ("(ab|a)b", "ab", 2), ("a{2,}", "aaaa", 4), ("a{1,2}", "aaaa", 2),
      ("^ab$", "ab", 2), ("^ab$", "abc", nil), (#"a\.b"#, "a.b", 3), (#"\x1D"#, "\u{1D}", 1),
      ("(a*)*b", "aab", 3), ("(?:x|y)?z", "z", 1), ("[]a]", "]", 1), ("[a-]", "-", 1),
      ("a{x}", "a{x}", 4), ("é.", "éx", 2), ("", "abc", 0),
    ] as [(String, String, Int?)]
  )
  func matchesAsPythonDoes(pattern: String, text: String, expected: Int?) throws {
    #expect(try end(pattern, text) == expected)
  }

  @Test(arguments: ["(?=a)", #"(a)\1"#, "a*?", "(?<n>a)", #"\bword"#, "a++", "[^\\D]"])
  func refusesWhatItDoesNotKnow(pattern: String) {
    #expect(throws: PatternError.self) { try Pattern(pattern) }
  }

  @Test(arguments: ["(a", "[a", "a)", "*a", "a{3,2}", #"\"#, "[b-a]", #"\x1"#])
  func refusesWhatIsNotClosed(pattern: String) {
    #expect(throws: PatternError.self) { try Pattern(pattern) }
  }

  @Test func givesUpOnAPatternThatWouldTakeForever() throws {
    #expect(try end("(a*)*(a*)*(a*)*c", String(repeating: "a", count: 200)) == nil)
    #expect(try end("(a|aa)+c", String(repeating: "a", count: 200)) == nil)
  }

  @Test func givesWhatItsGroupsTook() throws {
    let text = "3103001250".unicodeScalars.map(\.value)
    let match = try Pattern(#"(310[0-5])(\d{6})"#).match(text)
    #expect(match?.groups == [0..<4, 4..<10])
  }
}
