/// A text with placeholders such as `cmnd/{device}/POWER1`, filled in for each answer.
///
/// `{name:40}` cuts the value to 40 characters; `{{` and `}}` stand for the braces themselves.
public struct Template: Hashable, Sendable {
  /// The template as it was written.
  public let text: String
  let parts: [Part]

  enum Part: Hashable, Sendable {
    case literal(String)
    case value(Placeholder, longest: Int?)
  }

  /// Reads a template.
  public init(_ text: String) throws(ProfileError) {
    self.text = text
    var parts: [Part] = []
    var literal = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "{" || character == "}", rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          throw ProfileError(
            "template \"\(text)\" opens a { that it does not close; write {{ for {"
          )
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(try Self.placeholder(rest[..<end], of: text))
        rest = rest[rest.index(after: end)...]
      } else if character == "}" {
        throw ProfileError("template \"\(text)\" closes a { that it never opened; write }} for }")
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.parts = parts
  }

  private static func placeholder(
    _ content: Substring,
    of text: String
  ) throws(ProfileError) -> Part {
    let halves = content.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = halves.first, let placeholder = Placeholder(rawValue: String(name)) else {
      let names = Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
      throw ProfileError("template \"\(text)\" has {\(content)}; expected one of \(names)")
    }
    guard halves.count > 1 else { return .value(placeholder, longest: nil) }
    guard let longest = Int(halves[1]), (1...1000).contains(longest) else {
      throw ProfileError("template \"\(text)\" has {\(content)}; expected a length of 1 to 1000")
    }
    return .value(placeholder, longest: longest)
  }

  func filled(_ answer: Answer) -> String {
    var out = ""
    for part in parts {
      switch part {
      case .literal(let text): out += text
      case .value(let placeholder, let longest):
        let value = answer.text(placeholder)
        out += longest.map { String(value.prefix($0)) } ?? value
      }
    }
    return out
  }

  /// The MQTT filter that all filled-in topics fit.
  var filter: String {
    var levels: [String] = [""]
    for part in parts {
      switch part {
      case .literal(let text):
        for (index, piece) in text.split(separator: "/", omittingEmptySubsequences: false)
          .enumerated()
        {
          if index > 0 { levels.append("") }
          levels[levels.count - 1] += piece
        }
      case .value: levels[levels.count - 1] += "+"
      }
    }
    return levels.map { $0.contains("+") ? "+" : $0 }.joined(separator: "/")
  }

  var placeholders: [Placeholder] {
    parts.compactMap { if case .value(let placeholder, _) = $0 { placeholder } else { nil } }
  }
}

/// What a feedback template can say.
public enum Placeholder: String, CaseIterable, Sendable {
  /// Our id of the event that is answered.
  case event
  /// A UUID made from that id: the same for the same event and message.
  case uuid
  case device
  /// `good`, `bad` or `confirm`.
  case signal
  /// The verdict's stable code.
  case code
  case message
  /// The message without letters beyond ASCII, for small displays.
  case messageASCII = "message_ascii"
  /// Name of the open transfer, or nothing.
  case transfer
  /// Units left of the whole transfer, or nothing.
  case left
  /// Units left of the product that was just counted, or nothing.
  case leftProduct = "left_product"
  /// Units counted of the whole transfer, or nothing.
  case counted
  /// When the answer was made, in milliseconds since 1970.
  case timeMilliseconds = "time_ms"
}
