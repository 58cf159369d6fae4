/// A language that workers are answered in.
///
/// English is built in; others are data (`languages/*.toml`), checked on loading. What a language
/// has no text for is said in English.
public struct Language: Hashable, Sendable {
  /// Its code, such as `de`; also the name of its file.
  public let code: String
  /// What stands between the whole part of a number and its decimals.
  public let decimalSeparator: String
  private let texts: [String: String]

  /// The code of the built-in language.
  public static let englishCode = "en"

  /// English, as it stands in the code.
  public static let english = Language(code: englishCode, decimalSeparator: ".", texts: [:])

  /// A language with its own texts; their placeholders were checked by `fault(of:for:)`.
  public init(code: String, decimalSeparator: String, texts: [Phrase: String]) {
    self.code = code
    self.decimalSeparator = decimalSeparator
    self.texts = Dictionary(uniqueKeysWithValues: texts.map { ($0.key.key, $0.value) })
  }

  /// Phrases that the language has no text of its own for.
  public var missing: [Phrase] { Phrase.allCases.filter { texts[$0.key] == nil } }

  /// The sentence in this language.
  public func text(of sentence: Sentence) -> String {
    PhraseText.filled(texts[sentence.key] ?? sentence.english) { name in
      switch sentence.content(of: name) {
      case .text(let text): text
      case .number(let number): self.text(of: number)
      case .sentence(let inner): self.text(of: inner)
      case nil: nil
      }
    }
  }

  /// The sentence of a verdict and its remarks in this language.
  public func message(of verdict: Verdict) -> String {
    verdict.remarks.reduce(text(of: verdict.sentence)) { "\($0) \(text(of: $1))" }
  }

  private func text(of number: Quantity) -> String {
    let text = number.description
    return decimalSeparator == "." ? text : text.replacing(".", with: decimalSeparator)
  }
}

extension Language {
  /// Longest text of a sentence in bytes; displays are small.
  public static let longestText = 400

  /// Nil if `text` may stand for the phrase, else what is wrong with it and what was expected.
  ///
  /// A sentence that lost its number or product is worse than an English one, so every
  /// placeholder of the English text must be there.
  public static func fault(of text: String, for phrase: Phrase) -> String? {
    guard !text.isEmpty, text.utf8.count <= longestText, text.utf8.allSatisfy({ $0 >= 0x20 }) else {
      return "expected 1 to \(longestText) bytes of text on one line"
    }
    let expected = phrase.placeholders
    let found = PhraseText.placeholders(of: text)
    let like = "expected the placeholders of \"\(phrase.english)\""
    if let unknown = found.first(where: { !expected.contains($0) }) {
      return "has the unknown placeholder {\(unknown)}; \(like)"
    }
    if let missing = expected.first(where: { !found.contains($0) }) {
      return "lacks the placeholder {\(missing)}; \(like)"
    }
    let braces = text.utf8.count { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }
    if braces != 2 * found.count { return "has a { or } that belongs to no placeholder; \(like)" }
    return nil
  }
}
