/// Reads GS1 Digital Link addresses (GS1 Digital Link: URI syntax 1.6).
///
/// The key furthest right in the path counts, whatever comes before it; qualifiers follow it in
/// their order; other AIs stand in the query, parted by `&` or `;`.
struct DigitalLink {
  let bytes: [UInt8]
  /// Bare GTIN-8, -12 and -13 are filled up to 14 digits.
  let allowsShortGTIN: Bool
  /// The decoded values behind one another, and where each stood in the address.
  var values: [UInt8] = []
  var found: [(identifier: ApplicationIdentifier, range: Range<Int>, position: Int)] = []

  init(_ text: String, allowsShortGTIN: Bool) {
    bytes = Array(text.utf8)
    self.allowsShortGTIN = allowsShortGTIN
  }

  /// True for `http://` and `https://` in either case (but not mixed, as the standard has it).
  static func isAddress(_ text: String) -> Bool { schemeLength(text) > 0 }

  private static func schemeLength(_ text: String) -> Int {
    ["https://", "http://", "HTTPS://", "HTTP://"].first { text.utf8.starts(with: $0.utf8) }?
      .utf8.count ?? 0
  }

  mutating func read(_ text: String) throws(GS1Error) -> [GS1Element] {
    guard bytes.count <= ScannedCode.longest else { throw GS1Error(.codeTooLong, at: 0) }
    let scheme = Self.schemeLength(text)
    guard scheme > 0 else { throw GS1Error(.invalidLink, at: 0, found: bytes[...]) }
    let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
    let path = try pathStart(scheme, end)
    let query = bytes[path..<end].firstIndex(of: UInt8(ascii: "?")) ?? end
    try readPath(path..<query)
    if query < end { try readQuery(query + 1..<end) }
    return try checked()
  }

  /// Checks the characters and the host; returns where the path begins.
  private func pathStart(_ scheme: Int, _ end: Int) throws(GS1Error) -> Int {
    for (index, byte) in bytes.enumerated() where !Self.isLegal(byte) {
      throw GS1Error(.invalidLink, at: index, found: bytes[index...index])
    }
    guard let slash = bytes[scheme..<max(scheme, end)].firstIndex(of: UInt8(ascii: "/")),
      slash > scheme
    else { throw GS1Error(.invalidLink, at: scheme, found: bytes[scheme...]) }
    for index in scheme..<slash where !Self.isHostByte(bytes[index]) {
      throw GS1Error(.invalidLink, at: index, found: bytes[index...index])
    }
    return slash + 1
  }

  private static func isHostByte(_ byte: UInt8) -> Bool { host[Int(byte)] }
  private static func isLegal(_ byte: UInt8) -> Bool { legal[Int(byte)] }

  private static let host = allowed("-._:[]")
  private static let legal = allowed("-._~:/?#[]@!$&'()*+,;=%")

  /// For each byte whether it is a letter, a digit or one of the marks.
  private static func allowed(_ marks: String) -> [Bool] {
    let bytes = Set(marks.utf8)
    return (UInt8.min...UInt8.max).map { $0.isLetter || $0.isDigit || bytes.contains($0) }
  }

  /// Checks the values as in every other code.
  private func checked() throws(GS1Error) -> [GS1Element] {
    var parser = ElementParser(values, separators: .literal)
    for (identifier, range, position) in found {
      do throws(GS1Error) {
        try parser.add(identifier, range)
      } catch {
        throw error.moved(by: position - range.lowerBound)
      }
    }
    return zip(parser.elements, found).map { element, place in
      GS1Element(identifier: element.identifier, value: element.value, position: place.position)
    }
  }
}

extension GS1Message {
  /// Reads a GS1 Digital Link address.
  ///
  /// - Parameter allowsShortGTIN: fills GTIN-8, -12 and -13 up to 14 digits, as many printed
  ///   addresses have them; without it they are an error, as the standard demands.
  public init(
    link text: String,
    year: Int,
    allowsShortGTIN: Bool = true
  ) throws(GS1Error) {
    var link = DigitalLink(text, allowsShortGTIN: allowsShortGTIN)
    let elements = try link.read(text)
    self.init(elements: elements, marking: .link, year: year)
  }
}
