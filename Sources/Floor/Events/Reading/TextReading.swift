/// A payload that is the code or the weight itself, as text.
public struct TextReading: Hashable, Sendable {
  /// What the text is.
  public var content: Content
  /// Taken off the front where present, such as a scanner's own prefix.
  public var stripPrefix: String
  /// Taken off the end where present.
  public var stripSuffix: String

  /// What the text is.
  public enum Content: Hashable, Sendable {
    /// A scanned code.
    case scan
    /// A weight such as `0.045 kg`; the unit may be missing where one is given here.
    case weight(unit: WeightUnit?)
  }

  /// A reading of text.
  public init(content: Content, stripPrefix: String = "", stripSuffix: String = "") {
    self.content = content
    self.stripPrefix = stripPrefix
    self.stripSuffix = stripSuffix
  }

  func event(_ message: Message, _ context: ReadingContext) throws(Malformed) -> DecodedEvent {
    let device = try context.neededDevice()
    switch content {
    case .scan:
      let plain = stripPrefix.isEmpty && stripSuffix.isEmpty
      let code =
        plain
        ? try RawText.code(message.payload)
        : try Stripping(prefix: stripPrefix, suffix: stripSuffix)
          .code(try RawText.text(message.payload[...]))
      return DecodedEvent(
        device: device,
        kind: .scan,
        body: .scan(EventBody.Scan(code: code)),
        identity: DeviceIdentity(),
        profile: context.profile
      )
    case .weight(let unit):
      let text = try RawText.text(message.payload[...])
      let stripped = Stripping(prefix: stripPrefix, suffix: stripSuffix).text(text)
      return DecodedEvent(
        device: device,
        kind: .weight,
        body: .weight(EventBody.Weight(kilograms: try WeightText.kilograms(stripped, unit: unit))),
        identity: DeviceIdentity(),
        profile: context.profile
      )
    }
  }
}

/// Takes what a device adds off both ends of a text.
struct Stripping {
  var prefix: String
  var suffix: String

  func text(_ text: String) -> Substring {
    var rest = TextRules.trimmed(text)
    if !prefix.isEmpty, rest.utf8.starts(with: prefix.utf8) {
      rest = rest[rest.utf8.index(rest.startIndex, offsetBy: prefix.utf8.count)...]
    }
    if !suffix.isEmpty, rest.utf8.count >= suffix.utf8.count,
      rest.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    {
      rest = rest[..<rest.utf8.index(rest.endIndex, offsetBy: -suffix.utf8.count)]
    }
    return TextRules.trimmed(String(rest))
  }

  func code(_ text: String) throws(Malformed) -> String {
    let code = self.text(text)
    if let fault = TextRules.fault(ofCode: code) {
      throw Malformed(
        "the code \(fault); expected 1 to \(TextRules.longestCode) bytes, of control characters"
          + " only GS, RS and EOT: correct the scanner's settings, or strip them in the profile"
      )
    }
    return String(code)
  }
}

/// A weight as text, such as `0.045 kg` or `12.5`.
enum WeightText {
  static func kilograms(
    _ text: some StringProtocol,
    unit defaultUnit: WeightUnit?
  ) throws(Malformed) -> Quantity {
    let bytes = text.utf8.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0x09 }
    let parts = bytes.split(separator: 0x20)
    let joined = parts.joined().map { $0 }
    let number = joined.prefix { byte in
      (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "+")
    }
    let unitText = String(decoding: joined.dropFirst(number.count), as: UTF8.self)
    let unit = unitText.isEmpty ? defaultUnit : WeightUnit(text: unitText)
    guard parts.count <= 3, joined.count <= 40, let unit,
      let value = Quantity(String(decoding: number, as: UTF8.self)),
      let kilograms = unit.kilograms(value)
    else {
      throw Malformed(
        "the weight is \(Malformed.shown(String(text))); expected a number and a unit,"
          + " \(WeightUnit.expectation), such as 0.045 kg"
      )
    }
    return kilograms
  }
}
