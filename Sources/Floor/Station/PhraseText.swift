/// Texts with `{placeholders}`.
enum PhraseText {
  /// Names of the placeholders, in their order.
  static func placeholders(of text: String) -> [String] {
    var names: [String] = []
    _ = filled(text) { name in
      names.append(String(name))
      return nil
    }
    return names
  }

  /// The text with every placeholder that has a value replaced; the others stay as they are.
  ///
  /// Values are not looked at again: a product called `{x}` stays `{x}`.
  static func filled(_ text: String, _ value: (Substring) -> String?) -> String {
    let bytes = text.utf8
    guard var open = bytes.firstIndex(of: UInt8(ascii: "{")) else { return text }
    var out = ""
    var written = text.startIndex
    while let close = bytes[open...].firstIndex(of: UInt8(ascii: "}")) {
      let inside = text.index(after: open)
      if let value = value(text[inside..<close]) {
        out += text[written..<open]
        out += value
        written = text.index(after: close)
      }
      guard let next = bytes[close...].firstIndex(of: UInt8(ascii: "{")) else { break }
      open = next
    }
    out += text[written...]
    return out
  }
}
