/// The AIM symbology identifier that a scanner puts in front of a code (ISO/IEC 15424).
public struct Symbology: Hashable, Sendable, CustomStringConvertible {
  /// How the data behind the identifier is to be read.
  public enum Payload: String, Sendable {
    /// GS1 elements; FNC1 is sent as GS.
    case elementString = "element_string"
    /// EAN-13, UPC-A or UPC-E: 13 digits.
    case ean13
    /// EAN-8: 8 digits.
    case ean8
    /// Only the add-on of 2 or 5 digits.
    case addOn = "add_on"
    /// EAN-13 and an add-on of 2 or 5 digits.
    case ean13WithAddOn = "ean13_with_add_on"
    /// ITF with a check digit: 14 digits are a GTIN.
    case itf
    /// Text that means what those who printed it agreed on.
    case plain
  }

  /// The three characters, such as `]C1`.
  public let id: String
  /// How the data is to be read.
  public let payload: Payload

  /// Takes an identifier such as `]C1`; nil if it is none that a scanner could send.
  public init?(_ id: String) {
    var bytes = id.utf8.makeIterator()
    guard bytes.next() == UInt8(ascii: "]"), let letter = bytes.next(), letter.isLetter,
      let modifier = bytes.next(), modifier.isVisible, bytes.next() == nil
    else { return nil }
    self.id = id
    payload = Self.payload(letter, modifier)
  }

  private static func payload(_ letter: UInt8, _ modifier: UInt8) -> Payload {
    switch (Unicode.Scalar(letter), Unicode.Scalar(modifier)) {
    case ("C", "1"), ("e", "0"), ("d", "2"), ("Q", "3"), ("J", "1"): .elementString
    case ("E", "0"): .ean13
    case ("E", "1"), ("E", "2"): .addOn
    case ("E", "3"): .ean13WithAddOn
    case ("E", "4"): .ean8
    case ("I", "1"): .itf
    default: .plain
    }
  }

  /// What the bars are called, such as `GS1-128`.
  public var description: String {
    if let name = Self.names[id] { return name }
    let letter = String(id.dropFirst().prefix(1))
    return Self.families[letter] ?? "another symbology"
  }

  private static let names = [
    "]C1": "GS1-128", "]e0": "GS1 DataBar or Composite", "]d2": "GS1 DataMatrix",
    "]Q3": "GS1 QR Code", "]J1": "GS1 DotCode", "]E0": "EAN-13, UPC-A or UPC-E", "]E4": "EAN-8",
    "]E1": "EAN add-on of two digits", "]E2": "EAN add-on of five digits",
    "]E3": "EAN-13 with add-on", "]I1": "ITF with check digit",
  ]

  private static let families = [
    "A": "Code 39", "C": "Code 128", "E": "EAN/UPC", "F": "Codabar", "G": "Code 93", "I": "ITF",
    "L": "PDF417", "Q": "QR Code", "d": "DataMatrix", "e": "DataBar", "z": "Aztec",
    "J": "DotCode", "U": "MaxiCode", "X": "another symbology",
  ]
}

extension UInt8 {
  var isLetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
  var isVisible: Bool { (0x21...0x7E).contains(self) }
  var isDigit: Bool { self &- 0x30 < 10 }
}
