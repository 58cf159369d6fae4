/// Reads `(01)…(10)…`; the two halves of a composite code may be parted by `|`.
struct BracketReader {
  private let bytes: [UInt8]
  private var index = 0

  private let table: AITable

  init(_ bytes: [UInt8], table: AITable = .shared) {
    self.bytes = bytes
    self.table = table
  }

  private static let open = UInt8(ascii: "(")
  private static let close = UInt8(ascii: ")")
  private static let escape = UInt8(ascii: "\\")
  private static let divider = UInt8(ascii: "|")

  mutating func read() throws(GS1Error) -> [GS1Element] {
    // The values without escapes, all behind one another, so that the parser can check them.
    var values: [UInt8] = []
    var found: [(ApplicationIdentifier, Range<Int>, position: Int)] = []
    skipBlanks()
    while index < bytes.count {
      let identifier = try identifier()
      let start = values.count
      let position = index
      value(into: &values)
      found.append((identifier, start..<values.count, position))
      if found.count > GS1Message.mostElements {
        throw GS1Error(.tooManyElements, at: position)
      }
    }
    if found.isEmpty { throw GS1Error(.empty, at: 0) }
    var parser = ElementParser(values, separators: .literal, table: table)
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

  private mutating func identifier() throws(GS1Error) -> ApplicationIdentifier {
    guard bytes[index] == Self.open, let end = bytes[index...].firstIndex(of: Self.close) else {
      throw GS1Error(.invalidBrackets, at: index, found: bytes[index...])
    }
    let digits = bytes[(index + 1)..<end]
    guard let identifier = table.identifier(digits) else {
      throw GS1Error(.unknownAI, at: index + 1, found: digits)
    }
    index = end + 1
    return identifier
  }

  private mutating func value(into values: inout [UInt8]) {
    skipBlanks()
    let start = values.count
    while index < bytes.count, bytes[index] != Self.open {
      if bytes[index] == Self.escape, index + 1 < bytes.count, bytes[index + 1] == Self.open {
        index += 1
      } else if bytes[index] == Self.divider, index + 1 < bytes.count,
        bytes[index + 1] == Self.open
      {
        index += 1
        break
      }
      values.append(bytes[index])
      index += 1
    }
    while values.count > start, let last = values.last, Self.isBlank(last) { values.removeLast() }
  }

  private mutating func skipBlanks() {
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
}

extension GS1Error {
  /// The same fault seen from a text in which it stands `distance` bytes further on.
  func moved(by distance: Int) -> GS1Error {
    GS1Error(
      kind,
      ai: ai,
      at: position + distance,
      found: Array(found.utf8)[...],
      separatorMayBeMissing: separatorMayBeMissing
    )
  }
}
