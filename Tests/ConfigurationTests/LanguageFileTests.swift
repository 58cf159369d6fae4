import Configuration
import Floor
import Testing

@Suite("Language files")
struct LanguageFileTests {
  static let codes = ["de", "en", "es", "fr", "nl"]

  private func shipped(_ code: String) throws -> Language {
    let settings = try FakeMachine().parse(
      "[floor]\nlanguage = \"\(code)\"\nlanguage_directory = \"\(Repository.root)/languages\""
    )
    let profiles = try Profiles([])
    return try settings.loadFeedback(profiles, using: .process).place(of: "any").language
  }

  @Test func thereAreNoOthers() throws {
    #expect(try Repository.names(in: "languages") == Self.codes.map { "\($0).toml" })
  }

  @Test(arguments: codes)
  func saysEverySentence(code: String) throws {
    let language = try shipped(code)
    for phrase in language.missing {
      Issue.record("languages/\(code).toml lacks: \(phrase.key) = \"\(phrase.english)\"")
    }
  }

  @Test func theReferenceSaysWhatTheCodeSays() throws {
    let reference = try shipped("en")
    for phrase in Phrase.allCases {
      let sentence = Sentence(key: phrase.key, english: "", values: [])
      #expect(reference.text(of: sentence) == phrase.english)
    }
  }

  @Test(arguments: codes.filter { $0 != "en" })
  func translatesIndeed(code: String) throws {
    let language = try shipped(code)
    let same = Phrase.allCases.filter { phrase in
      language.text(of: Sentence(phrase)) == phrase.english
    }
    #expect(same.count <= 3, "in English still: \(same.map(\.key))")
    #expect(language.decimalSeparator == ",")
  }

  @Test func saysNumbersAndInnerSentencesInTheLanguage() throws {
    let status = Sentence(
      .countedSoFar,
      ["counted": .number(Quantity(millionths: 1_500_000)), "demand": .number(Quantity(3))]
    )
    let doubtful = Sentence(.doubtful, ["status": .sentence(status)])
    #expect(try shipped("de").text(of: doubtful).contains(" Bisher erfasst: 1,5 von 3. "))
    #expect(try shipped("en").text(of: doubtful) == doubtful.text)
  }

  /// What is wrong with a language file.
  private func problems(_ text: String, code: String = "xx") throws -> String {
    var machine = FakeMachine()
    machine.write(text, to: "/l/xx.toml")
    let settings = try machine.parse(
      "[floor]\nlanguage = \"\(code)\"\nlanguage_directory = \"/l\""
    )
    let profiles = try Profiles([])
    do throws(ConfigurationError) {
      _ = try settings.loadFeedback(profiles, using: machine.surroundings)
      return ""
    } catch {
      return error.description
    }
  }

  private static let head = "language = \"xx\"\ndecimal_separator = \",\"\n[sentences]\n"

  @Test(
    arguments: [
      ("packed = \"In {package}.\"", ""),
      ("packed = \"Gepackt.\"", "/l/xx.toml:4: sentences.packed: lacks the placeholder {package}"),
      ("packed = \"{package} {left}\"", "sentences.packed: has the unknown placeholder {left}"),
      ("packed = \"{package} {\"", "belongs to no placeholder"),
      ("packed = \"{package}}\"", "belongs to no placeholder"),
      ("packed = \"\"", "expected text, found"),
      ("packed = \"{package}\\n\"", "on one line"),
      ("packed = 3", "expected text"),
      ("pakced = \"x\"", "did you mean packed?"),
      ("something_else = \"x\"", "en.toml has them all"),
      ("[more]", "more: unknown key"),
    ]
  )
  func refusesASentenceThatWouldSayLess(text: String, expected: String) throws {
    let problems = try problems(Self.head + text)
    #expect(expected.isEmpty ? problems.isEmpty : problems.contains(expected), "\(problems)")
  }

  @Test(
    arguments: [
      ("", "language: is missing"),
      ("language = \"de\"", "expected \"xx\", the name of the file, found \"de\""),
      ("language = \"xx\"", "decimal_separator: is missing"),
      ("language = \"xx\"\ndecimal_separator = \"'\"", "expected one of \".\", \",\""),
      ("language = \"xx\"\ndecimal_separator = \",\"", "sentences: is missing"),
      ("language =", "is not TOML"),
    ]
  )
  func refusesAnIncompleteFile(text: String, expected: String) throws {
    let problems = try problems(text)
    #expect(problems.contains(expected), "\(problems)")
  }

  @Test func saysThatALanguageHasNoFile() throws {
    #expect(try problems("", code: "sv").contains("/l/sv.toml: language \"sv\" is set and has no"))
    #expect(try problems("", code: "en").isEmpty)
  }

  @Test func fallsBackToEnglishForASentence() throws {
    var machine = FakeMachine()
    machine.write(Self.head + "packed = \"In {package}.\"", to: "/l/xx.toml")
    let settings = try machine.parse("[floor]\nlanguage = \"xx\"\nlanguage_directory = \"/l\"")
    let plan = try settings.loadFeedback(try Profiles([]), using: machine.surroundings)
    let language = plan.place(of: "any").language
    #expect(language.text(of: Sentence(.packed, ["package": .text("P1")])) == "In P1.")
    #expect(language.text(of: Sentence(.nothingToUndo)) == "Nothing to take back.")
    #expect(language.missing.count == Phrase.allCases.count - 1)
  }

  @Test func everyStationHasItsOwnLanguage() throws {
    let settings = try FakeMachine().parse(
      """
      [floor]
      language = "fr"
      language_directory = "\(Repository.root)/languages"
      [[station]]
      name = "pack1"
      devices = ["s1", "s2"]
      language = "de"
      [[station]]
      name = "pack2"
      devices = ["s3"]
      """
    )
    let plan = try settings.loadFeedback(try Profiles([]), using: .process)
    let codes = ["s1", "s2", "s3", "new"].map { plan.place(of: $0).language.code }
    #expect(codes == ["de", "de", "fr", "fr"])
  }
}
