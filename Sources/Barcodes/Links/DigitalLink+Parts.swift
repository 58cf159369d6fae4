extension DigitalLink {
  /// Reads the key furthest right and its qualifiers.
  mutating func readPath(_ range: Range<Int>) throws(GS1Error) {
    let segments = bytes[range].split(
      separator: UInt8(ascii: "/"),
      omittingEmptySubsequences: false
    )
    var index = segments.count - 2
    while index >= 0 {
      guard let identifier = AITable.shared.identifier(segments[index]) else { break }
      if identifier.linkQualifiers != nil { return try readPairs(segments[index...]) }
      index -= 2
    }
    throw GS1Error(.noKeyInLink, at: range.lowerBound, found: bytes[range])
  }

  private mutating func readPairs(_ segments: ArraySlice<ArraySlice<UInt8>>) throws(GS1Error) {
    var index = segments.startIndex
    while index + 1 < segments.endIndex {
      guard let identifier = AITable.shared.identifier(segments[index]) else { break }
      try take(identifier, segments[index + 1], plusIsBlank: false)
      index += 2
    }
    try checkQualifiers()
  }

  /// The qualifiers are one of the key's sequences, with gaps but in order.
  private func checkQualifiers() throws(GS1Error) {
    guard found.count > 1, fittingSequences.isEmpty else { return }
    throw GS1Error(
      .misplacedInLink,
      ai: found[1].identifier.code,
      at: found[1].position,
      found: bytes[found[1].position...]
    )
  }

  /// The key's sequences that the qualifiers in the path belong to.
  private var fittingSequences: [[String]] {
    let qualifiers = found.dropFirst().map { $0.identifier.code }
    return (found.first?.identifier.linkQualifiers ?? []).filter { sequence in
      var rest = sequence[...]
      return qualifiers.allSatisfy { qualifier in
        guard let place = rest.firstIndex(of: qualifier) else { return false }
        rest = rest[(place + 1)...]
        return true
      }
    }
  }

  /// Reads the attributes; names that are no numbers are somebody else's.
  mutating func readQuery(_ range: Range<Int>) throws(GS1Error) {
    let pieces = bytes[range].split { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: ";") }
    // An AI that has its place in the path does not stand in the query.
    let qualifiers = fittingSequences.joined()
    for piece in pieces {
      let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
      let name = piece[..<equals]
      guard !name.isEmpty, name.allSatisfy(ContentRule.isDigit) else { continue }
      guard let identifier = AITable.shared.identifier(name) else {
        throw GS1Error(.unknownAI, at: name.startIndex, found: name)
      }
      if found.contains(where: { $0.identifier === identifier }) {
        throw GS1Error(.repeatedInLink, ai: identifier.code, at: name.startIndex, found: piece)
      }
      guard identifier.isLinkAttribute, !qualifiers.contains(identifier.code) else {
        throw GS1Error(.misplacedInLink, ai: identifier.code, at: name.startIndex, found: piece)
      }
      try take(identifier, piece[min(equals + 1, piece.endIndex)...], plusIsBlank: true)
    }
  }

  /// Decodes a value and keeps it for the checks.
  private mutating func take(
    _ identifier: ApplicationIdentifier,
    _ text: ArraySlice<UInt8>,
    plusIsBlank: Bool
  ) throws(GS1Error) {
    guard found.count < GS1Message.mostElements else {
      throw GS1Error(.tooManyElements, ai: identifier.code, at: text.startIndex)
    }
    let start = values.count
    var decoded = decode(text, plusIsBlank: plusIsBlank)
    if allowsShortGTIN, ["01", "02", "03"].contains(identifier.code),
      [8, 12, 13].contains(decoded.count), decoded.allSatisfy(\.isDigit)
    {
      decoded = Array(repeating: UInt8(ascii: "0"), count: 14 - decoded.count) + decoded
    }
    values += decoded
    found.append((identifier, start..<values.count, text.startIndex))
  }

  /// `%2F` becomes `/`; a `%` without two hexadecimal digits stays as it is.
  private func decode(_ text: ArraySlice<UInt8>, plusIsBlank: Bool) -> [UInt8] {
    var decoded: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let high = Hexadecimal.value(text[index + 1]),
        let low = Hexadecimal.value(text[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
        index += 1
      }
    }
    return decoded
  }
}
