internal import JSON

extension Profiles {
  /// Deepest nesting of a payload; the deepest of ours has three levels.
  static let payloadDepth = 16

  /// Reads one message.
  ///
  /// The caller has judged the payload's size and the retained flag. Any bytes are safe here.
  public func decode(topic: String, payload: [UInt8]) -> Decoding {
    var message = Message(payload: payload)
    var matched = false
    for rule in rules {
      guard let match = rule.topic.match(topic) else { continue }
      matched = true
      if let device = match.device, !DeviceName.isValid(device) {
        return .rejected(badDevice(device, profile: rule.profile))
      }
      let context = ReadingContext(
        device: match.device.map { String($0) },
        profile: rule.profile
      )
      do throws(Malformed) {
        if let decoding = try read(&message, rule.reading, context) { return decoding }
      } catch {
        return .rejected(
          Rejection(
            code: .malformed,
            reason: error.reason,
            device: error.device ?? context.device,
            profile: context.profile,
            id: error.id
          )
        )
      }
    }
    return matched ? .ignored("no rule takes this message of \(topic)") : unknown(topic)
  }

  private func read(
    _ message: inout Message,
    _ reading: Profile.Reading,
    _ context: ReadingContext
  ) throws(Malformed) -> Decoding? {
    switch reading {
    case .canonical(let kind):
      .events([try CanonicalReader.event(&message, kind: kind, context: context)])
    case .text(let reading): .events([try reading.event(message, context)])
    case .json(let reading): try reading.events(&message, context).map { .events($0) }
    case .ignored(let ignored):
      try ignored.takes(&message) ? .ignored(ignored.reason) : nil
    }
  }

  private func badDevice(_ name: Substring, profile: String) -> Rejection {
    Rejection(
      code: .malformed,
      reason: "the topic names the device \(Malformed.shown(String(name))); expected"
        + " \(DeviceName.expectation): rename the device",
      profile: profile
    )
  }

  private func unknown(_ topic: String) -> Decoding {
    let known = subscriptions.prefix(3).joined(separator: ", ")
    return .rejected(
      Rejection(
        code: .unknownTopic,
        reason: "no enabled profile reads topic \(Malformed.shown(topic)); expected one like"
          + " \(known): enable the device's profile or correct its topic"
      )
    )
  }
}

/// The payload of one message, parsed at most once.
struct Message {
  let payload: [UInt8]
  private var parsed: Result<JSON, JSON.ParseError>?

  init(payload: [UInt8]) { self.payload = payload }

  mutating func json() -> Result<JSON, JSON.ParseError> {
    if let parsed { return parsed }
    let result: Result<JSON, JSON.ParseError>
    do throws(JSON.ParseError) {
      let limits = JSON.Limits(depth: Profiles.payloadDepth, bytes: payload.count)
      result = .success(try JSON.parse(payload, limits: limits))
    } catch {
      result = .failure(error)
    }
    parsed = result
    return result
  }
}

/// What is known of a message before its payload is read.
struct ReadingContext {
  /// The device that the topic names.
  var device: String?
  var profile: String
}

/// Why a payload is no event.
struct Malformed: Error {
  var reason: String
  var device: String?
  var id: String?

  init(_ reason: String, device: String? = nil, id: String? = nil) {
    self.reason = reason
    self.device = device
    self.id = id
  }

  /// Text of others as it may stand in a log or on a screen: printable and short.
  static func shown(_ text: String) -> String {
    var out = "\""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      if count == 40 { return out + "…\"" }
      out.unicodeScalars.append(isControl(scalar) ? "\u{FFFD}" : scalar)
    }
    return out + "\""
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// A JSON value by its kind and, where short, its text.
  static func shown(_ value: JSON) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let text): text.utf8.count <= 40 ? text : "a number of \(text.utf8.count) digits"
    case .string(let text): text.isEmpty ? "empty text" : "the text \(shown(text))"
    case .array(let elements): "a list of \(elements.count)"
    case .object: "an object"
    }
  }
}
