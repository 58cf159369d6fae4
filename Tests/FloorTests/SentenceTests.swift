import Floor
import JSON
import Testing

@Suite("Sentences")
struct SentenceTests {
  private let counted = Sentence(
    .counted,
    ["product": .text("Bolt"), "counted": .number(Quantity(2)), "demand": .number(Quantity(5))]
  )

  @Test func fillsPlaceholdersOnceAndLeavesUnknownOnesAlone() {
    var sentence = counted
    #expect(sentence.text == "Bolt: 2 of 5.")
    sentence.values[0].content = .text("{counted}")
    #expect(sentence.text == "{counted}: 2 of 5.")
    sentence.values.removeLast()
    #expect(sentence.text == "{counted}: 2 of {demand}.")
    #expect(Sentence(plain: "a {b} } {").text == "a {b} } {")
    #expect(Sentence(plain: "").text == "")
  }

  @Test func saysSentencesInsideSentences() {
    let taken = Sentence(.undone, ["status": .sentence(counted)])
    #expect(taken.text == "Taken back. Bolt: 2 of 5.")
  }

  @Test func readsBackWhatTheJournalKeeps() throws {
    let verdict = Verdict(
      signal: .good,
      code: .undone,
      sentence: Sentence(.undone, ["status": .sentence(counted)]),
      remarks: [counted],
      mirrorAge: 3
    )
    let stored = try JSON.parse(verdict.json.bytes)
    #expect(Verdict(json: stored) == verdict)
    #expect(stored["message"] == "Taken back. Bolt: 2 of 5. Bolt: 2 of 5.")
    #expect(stored.at(pointer: "/sentence/values/status/values/demand") == 5)
  }

  @Test(
    arguments: [
      #"{"signal":"good","code":"counted","message":"Bolt: 2 of 5."}"#,
      #"{"signal":"good","code":"counted","message":"Bolt: 2.","sentence":{"key":"counted"}}"#,
      #"{"signal":"good","code":"counted","message":"Old","sentence":{"key":"of_another_time"}}"#,
    ]
  )
  func keepsTheTextOfRowsOfOtherVersions(row: String) throws {
    let json = try JSON.parse(row)
    let verdict = try #require(Verdict(json: json))
    #expect(.string(verdict.message) == json["message"])
    #expect(verdict.sentence.key.isEmpty)
  }

  @Test func givesEveryPhraseAKeyOfItsOwnThatFindsIt() {
    #expect(Phrase.tooMany.key == "too_many")
    #expect(Phrase.tooMany.placeholders == ["demand", "product"])
    for phrase in Phrase.allCases {
      #expect(Phrase(key: phrase.key) == phrase)
      #expect(phrase.key.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F })
    }
    #expect(Phrase(key: "tooMany") == nil)
  }

  @Test(
    arguments: [
      "WH/OUT/00001", "4006381333931", "OBTVALI", "unknown", "no/such", "",
    ]
  )
  func fillsEveryPlaceholderOfWhatTheFloorSays(code: String) {
    var bench = Workbench()
    for scan in ["WH/OUT/00001", code, code] {
      let verdict = bench.scan(scan)
      let phrase = Phrase(key: verdict.sentence.key)
      #expect(phrase?.placeholders == verdict.sentence.values.map(\.name))
    }
  }
}
