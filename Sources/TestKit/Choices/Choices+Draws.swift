extension Choices {
  /// A number of the range, its lower bound being the simplest.
  public mutating func int(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound))
    return range.lowerBound &+ Int(truncatingIfNeeded: draw(width))
  }

  /// True in `percent` of 100 draws; false is the simpler answer.
  public mutating func chance(_ percent: Int) -> Bool {
    draw(99) >= UInt64(100 - min(100, max(0, percent)))
  }

  /// A number in `0..<1` with 20 random bits.
  public mutating func unit() -> Double {
    Double(draw((1 << 20) - 1)) / Double(1 << 20)
  }

  /// One of the elements of a collection that is not empty, the first being the simplest.
  public mutating func element<C: RandomAccessCollection>(of elements: C) -> C.Element {
    elements[elements.index(elements.startIndex, offsetBy: int(0...elements.count - 1))]
  }

  /// An array whose length is drawn first and whose elements `make` draws.
  public mutating func array<Element, Failure: Error>(
    _ count: ClosedRange<Int>,
    _ make: (inout Choices) throws(Failure) -> Element
  ) throws(Failure) -> [Element] {
    var elements: [Element] = []
    for _ in 0..<int(count) {
      elements.append(try make(&self))
    }
    return elements
  }

  /// Random bytes, zeros being the simplest.
  public mutating func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
    array(count) { UInt8($0.draw(255)) }
  }

  /// A short text that mixes plain letters with characters of two, three and four UTF-8 bytes.
  public mutating func text(_ count: ClosedRange<Int>) -> String {
    let alphabet: [Character] = ["a", "b", "/", "0", " ", "\"", "\\", "\n", "é", "€", "𝄞"]
    return String(array(count) { $0.element(of: alphabet) })
  }

  /// The elements in a drawn order; zeros leave it as it is.
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for index in shuffled.indices.dropLast() {
      shuffled.swapAt(index, index + int(0...shuffled.count - 1 - index))
    }
    return shuffled
  }
}
