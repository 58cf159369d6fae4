public import JSON

/// One message that is sent in answer to an event.
public struct FeedbackRule: Hashable, Sendable {
  /// The signals that it is sent for.
  public var signals: [Verdict.Signal]
  /// Where it is sent.
  public var topic: Template
  /// What is sent.
  public var payload: Payload

  /// What is sent.
  public enum Payload: Hashable, Sendable {
    /// Our own JSON with the whole verdict (`docs/events.md`).
    case own
    /// Text with placeholders.
    case text(Template)
    /// JSON whose texts have placeholders.
    case json(JSONTemplate)
  }

  /// Every signal.
  public static let allSignals: [Verdict.Signal] = [.good, .bad, .confirm]

  /// A message to a topic.
  public init(
    signals: [Verdict.Signal] = allSignals,
    topic: Template,
    payload: Payload
  ) throws(ProfileError) {
    let filter = topic.filter
    guard !filter.isEmpty, filter.utf8.count <= TopicPattern.longest,
      !topic.parts.contains(where: \.isUnsafeInTopic)
    else {
      throw ProfileError(
        "feedback topic \"\(topic.text)\" is no topic; expected 1 to \(TopicPattern.longest) bytes"
          + " without + and #, and of the placeholders only {device}, {signal} and {code}"
      )
    }
    self.signals = signals
    self.topic = topic
    self.payload = payload
  }
}

extension Template.Part {
  /// True for what could lead an answer to another topic than the one that is meant.
  fileprivate var isUnsafeInTopic: Bool {
    switch self {
    case .literal(let text):
      text.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }
    case .value(let placeholder, _): ![.device, .signal, .code].contains(placeholder)
    }
  }
}

/// JSON whose texts are templates, so that no value can break out of its place.
///
/// A text that is nothing but `{time_ms}`, `{left}`, `{left_product}` or `{counted}` becomes a
/// number, or null where it is not known.
public indirect enum JSONTemplate: Hashable, Sendable {
  case constant(JSON)
  case text(Template)
  case array([JSONTemplate])
  case object([Member])

  /// A name with its template.
  public struct Member: Hashable, Sendable {
    /// The member's name.
    public var name: String
    /// What it becomes.
    public var value: JSONTemplate
  }

  /// Reads the templates in all texts of a JSON value.
  public init(_ json: JSON) throws(ProfileError) {
    switch json {
    case .string(let text): self = .text(try Template(text))
    case .array(let elements):
      var templates: [JSONTemplate] = []
      for element in elements { templates.append(try JSONTemplate(element)) }
      self = .array(templates)
    case .object(let object):
      var members: [Member] = []
      for member in object.members {
        members.append(Member(name: member.name, value: try JSONTemplate(member.value)))
      }
      self = .object(members)
    default: self = .constant(json)
    }
  }

  func filled(_ answer: Answer) -> JSON {
    switch self {
    case .constant(let json): return json
    case .text(let template):
      if template.parts.count == 1, case .value(let placeholder, nil) = template.parts.first,
        placeholder.isNumber
      {
        let text = answer.text(placeholder)
        return text.isEmpty ? .null : .number(text)
      }
      return .string(template.filled(answer))
    case .array(let elements): return .array(elements.map { $0.filled(answer) })
    case .object(let members):
      var object = JSONObject()
      for member in members { object[member.name] = member.value.filled(answer) }
      return .object(object)
    }
  }
}

extension Placeholder {
  /// True if the value is a number wherever it is known.
  fileprivate var isNumber: Bool {
    switch self {
    case .timeMilliseconds, .left, .leftProduct, .counted: true
    default: false
    }
  }
}
