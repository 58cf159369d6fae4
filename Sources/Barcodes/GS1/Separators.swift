/// How FNC1 may be written in a text: the byte GS, and what wedges, phones and Odoo's sheets put
/// in its place.
struct Separators: Sendable {
  /// The separator that every marked code may contain.
  static let groupSeparator: UInt8 = 0x1D

  /// Only the byte GS.
  static let literal = Separators(spellings: [])

  /// GS, Odoo's `Alt029` and `#`, the visible forms, and what the caller adds.
  static func substitutes(_ extra: [String]) -> Separators {
    Separators(spellings: standard + extra.map { Array($0.utf8) }.filter { !$0.isEmpty })
  }

  /// GS and what the caller adds.
  ///
  /// A configured substitute counts even where GS is sent too.
  static func configured(_ extra: [String]) -> Separators {
    Separators(spellings: extra.map { Array($0.utf8) }.filter { !$0.isEmpty })
  }

  private static let standard = ["Alt029", "#", "{GS}", "<GS>", "␝"].map { Array($0.utf8) }

  private let spellings: [[UInt8]]
  /// For each byte whether a separator may begin with it.
  private let begins: [Bool]

  private init(spellings: [[UInt8]]) {
    self.spellings = spellings.sorted { $0.count > $1.count }
    var begins = [Bool](repeating: false, count: 256)
    begins[Int(Self.groupSeparator)] = true
    for first in spellings.compactMap(\.first) {
      begins[Int(first)] = true
      begins[Int(Self.otherCase(first))] = true
    }
    self.begins = begins
  }

  /// How many bytes the separator at `index` takes; 0 if there is none.
  func length(at index: Int, in bytes: [UInt8]) -> Int {
    let first = bytes[index]
    if first == Self.groupSeparator { return 1 }
    guard begins[Int(first)] else { return 0 }
    return spelling(at: index, in: bytes)
  }

  private func spelling(at index: Int, in bytes: [UInt8]) -> Int {
    for spelling in spellings where index + spelling.count <= bytes.count {
      var matches = true
      for (offset, byte) in spelling.enumerated() {
        let found = bytes[index + offset]
        // Caps lock turns `Alt029` into `aLT029`.
        if found != byte && Self.otherCase(found) != byte { matches = false }
      }
      if matches { return spelling.count }
    }
    return 0
  }

  /// True if the bytes have one of the substitutes, and not the byte GS itself: a scanner that
  /// sends GS needs no substitute, so what looks like one is data.
  func areNeeded(in bytes: [UInt8], from start: Int) -> Bool {
    var found = false
    for index in start..<max(start, bytes.count) where begins[Int(bytes[index])] {
      if bytes[index] == Self.groupSeparator { return false }
      if !found, spelling(at: index, in: bytes) > 0 { found = true }
    }
    return found
  }

  private static func otherCase(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A: byte ^ 0x20
    default: byte
    }
  }
}
