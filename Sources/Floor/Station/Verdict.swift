/// The answer to an event.
public struct Verdict: Hashable, Sendable {
  /// What the worker hears.
  public var signal: Signal
  /// The stable code, listed in `docs/verdicts.md`.
  public var code: VerdictCode
  /// What the worker reads.
  public var sentence: Sentence
  /// What is said after it.
  public var remarks: [Sentence]
  /// Name of the transfer that is open at the station.
  public var transfer: String?
  /// What is left of it.
  public var left: Left?
  /// Age of the mirror in seconds when the event was judged; nil if there never was one.
  public var mirrorAge: Int64?

  /// The sound or light that goes with a verdict.
  public enum Signal: String, Sendable {
    /// Counted, opened, done.
    case good
    /// Refused; nothing changed.
    case bad
    /// Scan the same again to confirm; nothing changed yet.
    case confirm
  }

  /// What is left of the open transfer.
  public struct Left: Hashable, Sendable {
    /// Units of the product that was just counted.
    public var product: Quantity?
    /// Units counted of the whole transfer.
    public var counted: Quantity
    /// Units left of the whole transfer.
    public var total: Quantity

    /// What is left.
    public init(product: Quantity? = nil, counted: Quantity, total: Quantity) {
      self.product = product
      self.counted = counted
      self.total = total
    }
  }

  /// A verdict with all its parts.
  public init(
    signal: Signal,
    code: VerdictCode,
    sentence: Sentence,
    remarks: [Sentence] = [],
    transfer: String? = nil,
    left: Left? = nil,
    mirrorAge: Int64? = nil
  ) {
    self.signal = signal
    self.code = code
    self.sentence = sentence
    self.remarks = remarks
    self.transfer = transfer
    self.left = left
    self.mirrorAge = mirrorAge
  }

  /// A verdict whose text is the same in all languages.
  public init(signal: Signal, code: VerdictCode, message: String, mirrorAge: Int64? = nil) {
    self.init(signal: signal, code: code, sentence: Sentence(plain: message), mirrorAge: mirrorAge)
  }

  /// The sentence and its remarks in English.
  public var message: String { remarks.reduce(sentence.text) { "\($0) \($1.text)" } }
}
