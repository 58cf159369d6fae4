/// A topic whose levels may be named wildcards, such as `tele/{device}/RESULT`.
///
/// Matched byte by byte without splitting the topic: every message passes here.
public struct TopicPattern: Hashable, Sendable {
  /// The pattern as it was written.
  public let text: String
  let levels: [Level]

  enum Level: Hashable, Sendable {
    case literal([UInt8])
    case wildcard(String)
  }

  /// Longest topic or pattern in bytes.
  public static let longest = 256
  /// The wildcard that names the device.
  public static let device = "device"

  /// Reads a pattern; a level is either plain text or one `{name}`.
  public init(_ text: String) throws(ProfileError) {
    guard !text.isEmpty, text.utf8.count <= Self.longest else {
      throw ProfileError("expected a topic of 1 to \(Self.longest) bytes, found \"\(text)\"")
    }
    var levels: [Level] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      levels.append(try Self.level(part, of: text))
    }
    let names = levels.compactMap { if case .wildcard(let name) = $0 { name } else { nil } }
    guard Set(names).count == names.count else {
      throw ProfileError("topic \"\(text)\" names a wildcard twice; each name may stand once")
    }
    self.text = text
    self.levels = levels
  }

  private static func level(_ part: Substring, of text: String) throws(ProfileError) -> Level {
    if part.utf8.first == UInt8(ascii: "{"), part.utf8.last == UInt8(ascii: "}") {
      let name = part.dropFirst().dropLast()
      let isName = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
      if !name.isEmpty, isName { return .wildcard(String(name)) }
    }
    let refused = part.utf8.first { $0 < 0x20 || $0 == 0x7F || "+#{}".utf8.contains($0) }
    guard refused == nil else {
      throw ProfileError(
        "topic \"\(text)\" has the level \"\(part)\"; expected plain text without + # { }, or one"
          + " wildcard such as {device}"
      )
    }
    return .literal(Array(part.utf8))
  }

  /// The MQTT filter: every wildcard becomes `+`.
  public var filter: String {
    levels.map { level in
      switch level {
      case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
      case .wildcard: "+"
      }
    }.joined(separator: "/")
  }

  /// True if the pattern has a `{device}`.
  public var namesDevice: Bool { levels.contains(.wildcard(Self.device)) }

  /// What a topic that fits the pattern says.
  struct Match {
    /// The level at `{device}`.
    var device: Substring?
  }

  /// Nil if the topic does not fit.
  func match(_ topic: String) -> Match? {
    let bytes = topic.utf8
    let end = bytes.endIndex
    var at = bytes.startIndex
    var match = Match()
    for index in levels.indices {
      if index > 0 {
        guard at < end, bytes[at] == UInt8(ascii: "/") else { return nil }
        at = bytes.index(after: at)
      }
      switch levels[index] {
      case .literal(let expected):
        for byte in expected {
          guard at < end, bytes[at] == byte else { return nil }
          at = bytes.index(after: at)
        }
      case .wildcard(let name):
        let start = at
        while at < end, bytes[at] != UInt8(ascii: "/") { at = bytes.index(after: at) }
        if name == Self.device { match.device = topic[start..<at] }
      }
    }
    return at == end ? match : nil
  }
}
