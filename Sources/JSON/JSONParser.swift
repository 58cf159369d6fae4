extension JSON {
  /// What a text may cost before it is refused.
  public struct Limits: Sendable {
    /// Deepest nesting of arrays and objects.
    public var depth: Int
    /// Longest text in bytes.
    public var bytes: Int

    /// Limits of `depth` levels and `bytes` bytes.
    public init(depth: Int = 64, bytes: Int = 64 << 20) {
      self.depth = depth
      self.bytes = bytes
    }
  }

  /// Why a text is no JSON, and at which byte.
  public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Offset in bytes from the start of the text.
    public let offset: Int
    /// What was expected there.
    public let expected: String

    /// One line for a log.
    public var description: String { "byte \(offset): expected \(expected)" }
  }

  /// Parses one JSON text by RFC 8259; strict, UTF-8 only.
  public static func parse(
    _ bytes: [UInt8],
    limits: Limits = Limits()
  ) throws(ParseError) -> JSON {
    guard bytes.count <= limits.bytes else {
      throw ParseError(offset: limits.bytes, expected: "at most \(limits.bytes) bytes")
    }
    var parser = JSONParser(bytes: bytes, depthLimit: limits.depth)
    return try parser.document()
  }

  /// Parses one JSON text.
  public static func parse(
    _ text: String,
    limits: Limits = Limits()
  ) throws(ParseError) -> JSON {
    try parse(Array(text.utf8), limits: limits)
  }
}

/// A recursive descent over bytes; recursion is bounded by the depth limit.
struct JSONParser {
  let bytes: [UInt8]
  let depthLimit: Int
  var at = 0

  init(bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  mutating func document() throws(JSON.ParseError) -> JSON {
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw failure("the end of the text") }
    return value
  }

  private func failure(_ expected: String) -> JSON.ParseError {
    JSON.ParseError(offset: at, expected: expected)
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(JSON.ParseError) -> JSON {
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func literal(
    _ text: StaticString,
    _ value: JSON
  ) throws(JSON.ParseError) -> JSON {
    for scalar in text.description.utf8 {
      guard current == scalar else { throw failure(text.description) }
      at += 1
    }
    return value
  }

  private mutating func object(depth: Int) throws(JSON.ParseError) -> JSON {
    guard depth <= depthLimit else { throw failure("at most \(depthLimit) levels of nesting") }
    at += 1
    skipSpace()
    var object = JSONObject()
    if current == UInt8(ascii: "}") {
      at += 1
      return .object(object)
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("a member name in quotes") }
      let name = try string()
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw failure("a colon") }
      at += 1
      skipSpace()
      object.append(name, try value(depth: depth))
      skipSpace()
      switch current {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "}"):
        at += 1
        return .object(object)
      default: throw failure("a comma or a closing brace")
      }
    }
  }

  private mutating func array(depth: Int) throws(JSON.ParseError) -> JSON {
    guard depth <= depthLimit else { throw failure("at most \(depthLimit) levels of nesting") }
    at += 1
    skipSpace()
    var elements: [JSON] = []
    if current == UInt8(ascii: "]") {
      at += 1
      return .array(elements)
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth))
      skipSpace()
      switch current {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "]"):
        at += 1
        return .array(elements)
      default: throw failure("a comma or a closing bracket")
      }
    }
  }

  private mutating func number() throws(JSON.ParseError) -> JSON {
    let start = at
    if current == UInt8(ascii: "-") { at += 1 }
    if current == UInt8(ascii: "0") {
      at += 1
    } else {
      guard digits() > 0 else { throw failure("a value") }
    }
    if current == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw failure("a digit after the point") }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      at += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw failure("a digit in the exponent") }
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte = current, byte >= 0x30, byte <= 0x39 { at += 1 }
    return at - start
  }
}
