/// Reads element strings: AI, value, AI, value and so on (General Specifications 7.8).
///
/// It works on bytes: a gateway reads a code in less than a microsecond.
struct ElementParser {
  let bytes: [UInt8]
  let separators: Separators
  private(set) var elements: [GS1Element] = []
  private var sawSeparator = false
  private let table: AITable
  private let characters = CharacterSets.table
  private let predefinedLengths = AITable.predefinedLengths

  init(_ bytes: [UInt8], separators: Separators, table: AITable = .shared) {
    self.bytes = bytes
    self.table = table
    self.separators = separators
    elements.reserveCapacity(4)
  }

  /// Reads all elements from `start` up to `end`.
  mutating func parse(from start: Int, to end: Int) throws(GS1Error) {
    var index = start
    while index < end {
      let skipped = separators.length(at: index, in: bytes)
      if skipped > 0 {
        index += skipped
        if index < end { sawSeparator = true }
        continue
      }
      index = try element(at: index, end)
    }
    if elements.isEmpty { throw GS1Error(.empty, at: start) }
  }

  /// Reads one element; returns where the next begins.
  private mutating func element(at start: Int, _ end: Int) throws(GS1Error) -> Int {
    guard let identifier = table.identifier(in: bytes, at: start) else {
      throw GS1Error(
        .unknownAI,
        at: start,
        found: bytes[start..<min(end, start + 4)],
        separatorMayBeMissing: !sawSeparator && !elements.isEmpty
      )
    }
    let value = start + identifier.code.utf8.count
    let valueEnd = try extent(of: identifier, value, end)
    try add(identifier, value..<valueEnd)
    return valueEnd
  }

  /// Where the value ends: after the pre-defined length, else at the next separator.
  private func extent(
    of identifier: ApplicationIdentifier,
    _ start: Int,
    _ end: Int
  ) throws(GS1Error) -> Int {
    let limit = identifier.isPredefinedLength ? min(end, start + identifier.maximum) : end
    var index = start
    while index < limit, separators.length(at: index, in: bytes) == 0 { index += 1 }
    return index
  }

  /// Checks a value and keeps it.
  mutating func add(
    _ identifier: ApplicationIdentifier,
    _ range: Range<Int>
  ) throws(GS1Error) {
    try check(identifier, range)
    let text = String(decoding: bytes[range], as: UTF8.self)
    for other in elements where other.identifier === identifier && other.value != text {
      throw GS1Error(
        .differentValues,
        ai: identifier.code,
        at: range.lowerBound,
        found: bytes[range]
      )
    }
    guard elements.count < GS1Message.mostElements else {
      throw GS1Error(.tooManyElements, at: range.lowerBound)
    }
    elements.append(
      GS1Element(identifier: identifier, value: text, position: range.lowerBound)
    )
  }
}

extension ElementParser {
  /// Checks length, characters and content, part by part.
  private func check(
    _ identifier: ApplicationIdentifier,
    _ range: Range<Int>
  ) throws(GS1Error) {
    var index = range.lowerBound
    if range.isEmpty { throw GS1Error(.emptyValue, ai: identifier.code, at: index) }
    if range.count > identifier.maximum {
      throw fault(.valueTooLong, identifier, range, missing: !sawSeparator)
    }
    for part in identifier.parts {
      let available = range.upperBound - index
      if available == 0, part.isOptional { break }
      guard available >= part.minimum else { throw fault(.valueTooShort, identifier, range) }
      let end = index + min(part.maximum, available)
      for place in index..<end where characters[Int(bytes[place])] & part.characters == 0 {
        throw fault(.invalidCharacter, identifier, place..<place + 1)
      }
      for rule in part.rules {
        if let kind = rule.violation(bytes[index..<end]) {
          throw fault(kind, identifier, index..<end)
        }
      }
      index = end
    }
  }

  private func fault(
    _ kind: GS1Error.Kind,
    _ identifier: ApplicationIdentifier,
    _ range: Range<Int>,
    missing: Bool = false
  ) -> GS1Error {
    GS1Error(
      kind,
      ai: identifier.code,
      at: range.lowerBound,
      found: bytes[range],
      separatorMayBeMissing: missing
    )
  }
}
