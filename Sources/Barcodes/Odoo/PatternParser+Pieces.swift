extension PatternParser {
  /// What stands behind `\`: a class, `\x1D`, or a character that means itself.
  mutating func escape() throws(PatternError) -> Pattern.Node {
    let escaped = try escapedCharacter()
    return switch escaped {
    case .single(let character): .character(character)
    case .set(let set): .set(set)
    }
  }

  private enum Escaped {
    case single(UInt32)
    case set(CharacterClass)
  }

  private mutating func escapedCharacter() throws(PatternError) -> Escaped {
    index += 1
    guard let character = current, let scalar = Unicode.Scalar(character) else {
      throw malformed()
    }
    index += 1
    switch scalar {
    case "d": return .set(.digit)
    case "w": return .set(.word)
    case "s": return .set(.space)
    case "D": return .set(CharacterClass(ranges: CharacterClass.digit.ranges, isNegated: true))
    case "W": return .set(CharacterClass(ranges: CharacterClass.word.ranges, isNegated: true))
    case "S": return .set(CharacterClass(ranges: CharacterClass.space.ranges, isNegated: true))
    case "t": return .single(9)
    case "n": return .single(10)
    case "r": return .single(13)
    case "x": return .single(try hexadecimal())
    default: break
    }
    guard !(0x30...0x39).contains(character), !(0x41...0x5A).contains(character & ~0x20) else {
      index -= 1
      throw unsupported()
    }
    return .single(character)
  }

  private mutating func hexadecimal() throws(PatternError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<2 {
      guard let current, current < 128, let digit = Hexadecimal.value(UInt8(current)) else {
        throw malformed()
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  mutating func characterClass() throws(PatternError) -> CharacterClass {
    index += 1
    var set = CharacterClass()
    set.isNegated = skip("^")
    var isFirst = true
    while isFirst || current != Self.code("]") {
      guard current != nil else { throw malformed() }
      isFirst = false
      guard let low = try member(of: &set) else { continue }
      var high = low
      if current == Self.code("-"), index + 1 < text.count, text[index + 1] != Self.code("]") {
        index += 1
        guard let end = try member(of: &set), end >= low else { throw malformed() }
        high = end
      }
      set.ranges.append(low...high)
    }
    index += 1
    return set
  }

  /// One character of a class; nil if it was a class of its own, such as `\d`.
  private mutating func member(of set: inout CharacterClass) throws(PatternError) -> UInt32? {
    guard let character = current else { throw malformed() }
    guard character == Self.code("\\") else {
      index += 1
      return character
    }
    switch try escapedCharacter() {
    case .single(let single): return single
    case .set(let inner):
      guard !inner.isNegated else { throw unsupported() }
      set.ranges += inner.ranges
      return nil
    }
  }

  /// `*`, `+`, `?`, `{n}`, `{m,}`, `{m,n}`; other braces mean themselves, as in Python.
  mutating func repetition(of node: Pattern.Node) throws(PatternError) -> Pattern.Node {
    guard let (least, most) = try bounds() else { return node }
    if current == Self.code("?") || current == Self.code("+") || current == Self.code("*") {
      throw unsupported()
    }
    return .repeated(node, least: least, most: most)
  }

  private mutating func bounds() throws(PatternError) -> (Int, Int)? {
    if skip("*") { return (0, .max) }
    if skip("+") { return (1, .max) }
    if skip("?") { return (0, 1) }
    guard current == Self.code("{"),
      let end = text[index...].firstIndex(of: Self.code("}"))
    else { return nil }
    let words = text[(index + 1)..<end].split(
      separator: Self.code(","),
      omittingEmptySubsequences: false
    )
    let numbers = words.map(Self.number)
    guard words.count <= 2, let low = numbers[0] ?? (words[0].isEmpty && words.count == 2 ? 0 : nil)
    else { return nil }
    let high = words.count == 1 ? low : words[1].isEmpty ? Int.max : numbers[1]
    guard let high else { return nil }
    guard low <= high, low <= Pattern.mostRepetitions else { throw malformed() }
    index = end + 1
    return (low, high)
  }

  private static func number(_ digits: ArraySlice<UInt32>) -> Int? {
    guard (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
