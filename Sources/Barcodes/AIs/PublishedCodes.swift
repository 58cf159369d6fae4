/// A closed list of short codes that a standard publishes, for look-up by bytes.
struct PublishedCodes: Sendable {
  private let known: Set<UInt32>

  /// The codes of a text, separated by blanks; each has at most four bytes.
  init(_ codes: String) {
    known = Set(codes.split(separator: " ").map { Self.packed($0.utf8) })
  }

  /// True if the bytes are one of the codes.
  func contains(_ bytes: ArraySlice<UInt8>) -> Bool {
    (1...4).contains(bytes.count) && known.contains(Self.packed(bytes))
  }

  private static func packed(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
