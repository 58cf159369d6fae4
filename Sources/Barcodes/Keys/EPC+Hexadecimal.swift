extension EPC {
  /// Reads a tag's memory as hexadecimal digits: SGTIN-96, SGTIN-198 and SSCC-96.
  ///
  /// Nil for other headers, lengths and values that no encoder may write.
  public init?(hexadecimal text: some StringProtocol) {
    guard var bits = TagBits(text) else { return nil }
    switch (bits.number(8), bits.bytes) {
    case (0x30, 12): self.init(sgtin: &bits, scheme: "sgtin-96")
    case (0x36, 25...26): self.init(sgtin: &bits, scheme: "sgtin-198")
    case (0x31, 12): self.init(sscc: &bits)
    default: return nil
    }
  }

  /// Bits of the company prefix by partition; it has 12 minus partition digits.
  private static let prefixBits = [40, 37, 34, 30, 27, 24, 20]

  private init?(sgtin bits: inout TagBits, scheme: String) {
    let filter = Int(bits.number(3))
    let partition = Int(bits.number(3))
    guard partition <= 6 else { return nil }
    let width = Self.prefixBits[partition]
    guard let prefix = bits.digits(width, count: 12 - partition),
      let item = bits.digits(44 - width, count: partition + 1),
      let gtin = Self.gtin(prefix, item),
      let serial = scheme == "sgtin-96" ? String(bits.number(38)) : bits.text(characters: 20)
    else { return nil }
    self.init(
      identity: .item(gtin: gtin, serial: serial),
      scheme: scheme,
      companyPrefix: prefix,
      filter: filter
    )
  }

  private init?(sscc bits: inout TagBits) {
    let filter = Int(bits.number(3))
    let partition = Int(bits.number(3))
    guard partition <= 6 else { return nil }
    let width = Self.prefixBits[partition]
    guard let prefix = bits.digits(width, count: 12 - partition),
      let reference = bits.digits(58 - width, count: partition + 5),
      let sscc = Self.sscc(prefix, reference), bits.number(24) == 0
    else { return nil }
    self.init(
      identity: .logisticUnit(sscc: sscc),
      scheme: "sscc-96",
      companyPrefix: prefix,
      filter: filter
    )
  }
}

/// Reads numbers of any width out of hexadecimal digits, the highest bit first.
struct TagBits {
  private let nibbles: [UInt8]
  private var position = 0

  init?(_ text: some StringProtocol) {
    guard (24...52).contains(text.utf8.count), text.utf8.count.isMultiple(of: 2) else {
      return nil
    }
    var nibbles: [UInt8] = []
    for byte in text.utf8 {
      guard let value = Hexadecimal.value(byte) else { return nil }
      nibbles.append(value)
    }
    self.nibbles = nibbles
  }

  var bytes: Int { nibbles.count / 2 }

  /// The next `width` bits, at most 64; bits behind the end are zero.
  mutating func number(_ width: Int) -> UInt64 {
    var number: UInt64 = 0
    for _ in 0..<width {
      let index = position / 4
      let bit = index < nibbles.count ? nibbles[index] >> UInt8(3 - position % 4) & 1 : 0
      number = number << 1 | UInt64(bit)
      position += 1
    }
    return number
  }

  /// The next number, filled up to `count` digits; nil if it has more.
  mutating func digits(_ width: Int, count: Int) -> String? {
    let digits = String(number(width))
    guard digits.utf8.count <= count else { return nil }
    return String(repeating: "0", count: count - digits.utf8.count) + digits
  }

  /// Text of seven-bit characters up to the first zero; nil if empty, if it goes on behind the
  /// zero, or if a character is none that a serial may have.
  mutating func text(characters: Int) -> String? {
    var text: [UInt8] = []
    var ended = false
    for _ in 0..<characters {
      let byte = UInt8(number(7))
      if byte == 0 { ended = true; continue }
      guard !ended, CharacterSets.table[Int(byte)] & CharacterSets.cset82 != 0 else { return nil }
      text.append(byte)
    }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }
}
