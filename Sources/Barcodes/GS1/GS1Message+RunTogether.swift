extension GS1Message {
  /// A sign that the scanner drops FNC1: inside the last value, elements of fixed length follow.
  ///
  /// A wedge without GS sends `10ABC` and `17271231` as `10ABC17271231`. That reads as one lot, so
  /// the sign is only a hint: nil unless the code had no separator, its last value is of variable
  /// length, and the end of that value reads as dates, measures or keys with a right check digit.
  public var runTogether: String? {
    guard marking != .separator, marking != .substitute, marking != .brackets, marking != .link,
      let last = elements.last, !last.identifier.isPredefinedLength,
      !hasSeparator
    else { return nil }
    let value = Array(last.value.utf8)
    for start in 1..<max(1, value.count) where Self.readsAsFixed(value, from: start) {
      let tail = String(decoding: value[start...], as: UTF8.self)
      return
        "(\(last.ai)) ends with \(tail), which reads as further elements. If it should be, the "
        + "scanner does not transmit GS (FNC1): switch that on, or set a substitute."
    }
    return nil
  }

  /// Two variable-length elements in one code were parted by something.
  private var hasSeparator: Bool {
    elements.dropLast().contains { !$0.identifier.isPredefinedLength }
  }

  private static func readsAsFixed(_ value: [UInt8], from start: Int) -> Bool {
    var parser = ElementParser(value, separators: .literal)
    guard (try? parser.parse(from: start, to: value.count)) != nil,
      let first = parser.elements.first?.identifier
    else { return false }
    // Lots often end with digits: only AIs whose value proves itself count.
    let proves = first.parts.contains { part in
      part.rules.contains { $0 == .checkDigit || $0 == .dayOrMonth }
    }
    return first.isPredefinedLength && (proves || first.number / 100 == 31)
  }
}
