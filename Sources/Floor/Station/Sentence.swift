/// A sentence for the worker: a stable key, the English text with `{placeholders}`, and their
/// values.
///
/// A value rather than text, so that it can be said in the language of each station while the
/// journal keeps the English text.
public struct Sentence: Hashable, Sendable {
  /// The stable key of its phrase, such as `counted`; empty for text that no phrase stands for.
  public var key: String
  /// The English text with placeholders.
  public var english: String
  /// The placeholders' values, in the order of the English text.
  public var values: [Value]

  /// What fills a placeholder.
  public struct Value: Hashable, Sendable {
    /// The placeholder's name.
    public var name: String
    /// What fills it.
    public var content: Content

    /// A value for a placeholder.
    public init(_ name: String, _ content: Content) {
      self.name = name
      self.content = content
    }
  }

  /// What can fill a placeholder.
  public indirect enum Content: Hashable, Sendable {
    /// A name or code, the same in all languages.
    case text(String)
    /// A number, whose decimal separator depends on the language.
    case number(Quantity)
    /// A sentence or word that is translated itself.
    case sentence(Sentence)
  }

  /// A phrase with the values of its placeholders.
  public init(_ phrase: Phrase, _ values: KeyValuePairs<String, Content> = [:]) {
    self.init(
      key: phrase.key,
      english: phrase.english,
      values: values.map { Value($0.key, $0.value) }
    )
  }

  /// Text that is the same in all languages, such as a reason for the people of IT.
  public init(plain text: String) {
    self.init(key: "", english: text, values: [])
  }

  /// A sentence of all its parts.
  public init(key: String, english: String, values: [Value]) {
    self.key = key
    self.english = english
    self.values = values
  }

  /// The sentence in English.
  public var text: String {
    PhraseText.filled(english) { name in
      switch content(of: name) {
      case .text(let text): text
      case .number(let number): number.description
      case .sentence(let sentence): sentence.text
      case nil: nil
      }
    }
  }

  /// What fills a placeholder; nil if nothing does.
  func content(of name: some StringProtocol) -> Content? {
    values.first { $0.name == name }?.content
  }
}
