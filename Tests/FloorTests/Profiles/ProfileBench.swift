import Floor
import JSON

/// The profile of our own JSON, and short ways to decode with it.
enum ProfileBench {
  private static let shared = Result { try Profiles([Profile.tallyman(site: "main")]) }

  static func profiles() throws -> Profiles { try shared.get() }

  static func decode(_ kind: EventKind, _ payload: [UInt8]) throws -> Decoding {
    try profiles().decode(topic: "tallyman/main/dev-1/\(kind.rawValue)", payload: payload)
  }

  static func decode(_ kind: EventKind, _ payload: String) throws -> Decoding {
    try decode(kind, Array(payload.utf8))
  }

  /// A profile with one rule that reads JSON on `dock/{device}/read`.
  static func foreign(
    _ reading: JSONReading,
    topic: String = "dock/{device}/read"
  ) throws -> Profiles {
    let rule = Profile.Rule(topic: try TopicPattern(topic), reading: .json(reading))
    return try Profiles([Profile(name: "dock", rules: [rule])])
  }
}

extension Decoding {
  var events: [DecodedEvent] { if case .events(let events) = self { events } else { [] } }

  var rejection: Rejection? {
    if case .rejected(let rejection) = self { rejection } else { nil }
  }

  /// The code of the first scan.
  var code: String? {
    if case .scan(let scan)? = events.first?.body { scan.code } else { nil }
  }

  /// The first weight.
  var weight: EventBody.Weight? {
    if case .weight(let weight)? = events.first?.body { weight } else { nil }
  }
}
