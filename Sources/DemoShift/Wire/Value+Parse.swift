extension Value {
  /// Reads one JSON text; nil where it is none.
  public init?(parsing bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipBlanks()
    guard reader.position == bytes.count else { return nil }
    self = value
  }

  private struct Reader {
    static let deepest = 64

    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipBlanks() {
      while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard next == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func value(depth: Int) -> Value? {
      guard depth < Self.deepest else { return nil }
      skipBlanks()
      switch next {
      case UInt8(ascii: "{"): return object(depth)
      case UInt8(ascii: "["): return array(depth)
      case UInt8(ascii: "\""): return text().map { .string($0) }
      case UInt8(ascii: "t"): return word("true", .bool(true))
      case UInt8(ascii: "f"): return word("false", .bool(false))
      case UInt8(ascii: "n"): return word("null", .null)
      default: return number()
      }
    }

    private mutating func word(_ word: StaticString, _ value: Value) -> Value? {
      let letters = Array(word.description.utf8)
      guard bytes[position...].starts(with: letters) else { return nil }
      position += letters.count
      return value
    }

    private mutating func number() -> Value? {
      let start = position
      while let byte = next,
        (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
          || byte | 0x20 == 0x65
      { position += 1 }
      return Double(String(decoding: bytes[start..<position], as: UTF8.self)).map { .number($0) }
    }

    private mutating func array(_ depth: Int) -> Value? {
      position += 1
      var elements: [Value] = []
      if take("]") { return .array(elements) }
      while let element = value(depth: depth + 1) {
        elements.append(element)
        if take("]") { return .array(elements) }
        guard take(",") else { return nil }
      }
      return nil
    }

    private mutating func object(_ depth: Int) -> Value? {
      position += 1
      var members: [String: Value] = [:]
      if take("}") { return .object(members) }
      while true {
        skipBlanks()
        guard next == UInt8(ascii: "\""), let name = text(), take(":"),
          let member = value(depth: depth + 1)
        else { return nil }
        members[name] = member
        if take("}") { return .object(members) }
        guard take(",") else { return nil }
      }
    }

    private mutating func text() -> String? {
      position += 1
      var out: [UInt8] = []
      while let byte = next {
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: out, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let scalar = escape() else { return nil }
          out += Array(String(Character(scalar)).utf8)
        default: out.append(byte)
        }
      }
      return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
      guard let byte = next else { return nil }
      position += 1
      switch byte {
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "u"):
        guard let unit = hex() else { return nil }
        guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
        guard bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
          return nil
        }
        position += 2
        guard let low = hex(), (0xDC00..<0xE000).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
      default: return Unicode.Scalar(byte)
      }
    }

    private mutating func hex() -> UInt32? {
      guard position + 4 <= bytes.count else { return nil }
      defer { position += 4 }
      return UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    }
  }
}
