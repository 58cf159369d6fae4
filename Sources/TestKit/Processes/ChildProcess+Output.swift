extension ChildProcess {
  struct State: Sendable {
    var status: ExitStatus?
    var bytes: [Stream: [UInt8]] = [:]
    var openPipes = 0

    func text(_ stream: Stream, from start: Int = 0) -> String {
      String(decoding: (bytes[stream] ?? []).dropFirst(start), as: UTF8.self)
    }

    /// The end of what was said, for messages about a program that did not do as it should.
    var tail: String {
      String((text(.output) + text(.error)).suffix(2_000))
    }
  }

  /// Everything that the program has written to descriptor 1 so far.
  public var output: String { state.withLock { $0.text(.output) } }

  /// Everything that the program has written to descriptor 2 so far.
  public var errorOutput: String { state.withLock { $0.text(.error) } }

  /// Waits for a whole line with `text` in it, and returns the line.
  ///
  /// Looks at a captured stream from its beginning. Throws at once where the program has ended
  /// without writing such a line.
  @discardableResult
  public func waitForLine(
    containing text: String,
    in stream: Stream = .error,
    within duration: Duration = .seconds(30)
  ) throws -> String {
    var searched = 0
    let found: String? = try state.wait(
      for: "line with \"\(text)\" from \(command)",
      within: duration,
      seen: \.tail
    ) { state in
      let bytes = state.bytes[stream] ?? []
      while let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: bytes[searched..<end], as: UTF8.self)
        searched = end + 1
        if contains(line, text) { return .some(line) }
      }
      let isOver = state.status != nil && state.openPipes == 0
      return isOver ? .some(nil) : nil
    }
    guard let found else {
      let tail = state.withLock(\.tail)
      throw TestKitError.unexpected("\(command) ended without a line with \"\(text)\": \(tail)")
    }
    return found
  }
}

/// True where `text` is somewhere in `line`; the standard library has this only with Foundation.
func contains(_ line: String, _ text: String) -> Bool {
  firstIndex(of: Array(text.utf8), in: Array(line.utf8)[...]) != nil
}

/// Where `pattern` begins in `bytes`.
func firstIndex(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
  guard let first = pattern.first else { return bytes.startIndex }
  var start = bytes.startIndex
  while let candidate = bytes[start...].firstIndex(of: first),
    candidate + pattern.count <= bytes.endIndex
  {
    if bytes[candidate..<candidate + pattern.count].elementsEqual(pattern) { return candidate }
    start = candidate + 1
  }
  return nil
}
