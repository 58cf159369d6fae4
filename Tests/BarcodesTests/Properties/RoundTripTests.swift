internal import TestKit
import Testing

@testable internal import Barcodes

@Suite("Properties of reading")
struct RoundTripTests {
  /// AIs without rules for their content beyond characters, so that values can be drawn.
  static let free = ApplicationIdentifier.all.filter { identifier in
    identifier.parts.allSatisfy { $0.rules.isEmpty && $0.characters != CharacterSets.base64 }
  }

  /// A message of random elements, each AI once.
  static func elements(_ choices: inout Choices) -> [(ApplicationIdentifier, String)] {
    var found: [(ApplicationIdentifier, String)] = []
    for _ in 0..<choices.int(1...6) {
      let identifier = choices.element(of: free)
      guard !found.contains(where: { $0.0 === identifier }) else { continue }
      var value: [UInt8] = []
      for part in identifier.parts {
        let alphabet = (0..<128).filter {
          CharacterSets.table[$0] & part.characters != 0 && $0 != UInt8(ascii: "#")
            && $0 != UInt8(ascii: "<")
        }
        let count = choices.int(part.minimum...part.maximum)
        for _ in 0..<count { value.append(UInt8(choices.element(of: alphabet))) }
      }
      found.append((identifier, String(decoding: value, as: UTF8.self)))
    }
    return found
  }

  @Test(arguments: ["\u{1D}", "#", "{GS}", "<GS>", "Alt029", "␝", "|"])
  func readsRandomElementsInEverySpelling(separator: String) throws {
    #expect(Self.free.count > 300)
    try check(runs: 300, seed: 1) { choices in
      let elements = Self.elements(&choices)
      var text = choices.element(of: ["]C1", "]d2", separator])
      for (index, (identifier, value)) in elements.enumerated() {
        text += identifier.code + value
        let last = index + 1 == elements.count
        if !last, !identifier.isPredefinedLength || choices.chance(20) { text += separator }
      }
      let options = Barcode.Options(year: 2026, separators: ["|"])
      let barcode = Barcode.read(text, options: options)
      let read = barcode.message?.elements.map { $0.ai + " " + $0.value }
      let wanted = elements.map { $0.code + " " + $1 }
      guard read == wanted else { throw VectorError("\(text): \(barcode.content)") }
    }
  }

  @Test func writesWhatItReads() throws {
    try check(runs: 300, seed: 2) { choices in
      let elements = Self.elements(&choices)
      let text = elements.map { $0.code + $1 + "\u{1D}" }.joined()
      let message = try GS1Message(elementString: text, year: 2026)
      let again = try GS1Message(elementString: message.elementString, year: 2026)
      let printed = try GS1Message(bracketed: message.bracketed, year: 2026)
      guard again.elements == message.elements, printed.elements == message.elements else {
        throw VectorError(text)
      }
    }
  }

  @Test func neverFailsOnRandomText() throws {
    let pieces = [
      "]C1", "]d2", "]E0", "]Q1", "|]e0", "01", "04012345678901", "10", "\u{1D}", "#", "Alt029",
      "(", ")", "\\(", "http://a/", "/01/", "?", "=", "&", "%", "%2F", "urn:epc:id:", "sgtin:",
      ".", "3034", "O-BTN.", "TM-QTY-", "é", "99", "3103", "17271231", "€", "\0",
    ]
    try check(runs: 3000, seed: 3) { choices in
      var text = ""
      for _ in 0..<choices.int(0...12) {
        text += choices.chance(70) ? choices.element(of: pieces) : choices.text(0...3)
      }
      let region = choices.element(of: VariableMeasure.Region.allCases)
      let options = Barcode.Options(year: 2026, separators: ["|"], region: region)
      let barcode = Barcode.read(text, options: options)
      _ = barcode.explain
      _ = Nomenclature.odooGS1.match(text, year: 2026)
      guard barcode.raw == text else { throw VectorError("the text is lost: \(text)") }
      guard (barcode.error?.position ?? 0) <= text.utf8.count else {
        throw VectorError("position \(barcode.error?.position ?? 0) in \(text)")
      }
    }
  }

  @Test func agreesThatWhatIsUnmarkedAndWholeIsAlsoReadWithAMark() throws {
    try check(runs: 300, seed: 4) { choices in
      let (identifier, value) = Self.elements(&choices)[0]
      let text = identifier.code + value
      guard let unmarked = GS1Message(unmarked: text, year: 2026) else { return }
      let marked = try GS1Message(elementString: text, year: 2026)
      guard marked.elements == unmarked.elements else { throw VectorError(text) }
    }
  }
}
