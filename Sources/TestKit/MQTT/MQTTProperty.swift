/// One property of an MQTT 5 packet: its identifier with a value of the type that belongs to it.
public enum MQTTProperty: Sendable, Hashable {
  case byte(UInt8, UInt8)
  case short(UInt8, UInt16)
  case long(UInt8, UInt32)
  case variable(UInt8, Int)
  case text(UInt8, String)
  case binary(UInt8, [UInt8])
  case pair(UInt8, String, String)

  /// Seconds that the broker keeps the session; all ones stand for ever.
  public static func sessionExpiry(_ seconds: UInt32) -> Self { .long(0x11, seconds) }
  /// The most unacknowledged publishes that the sender of this wants to have.
  public static func receiveMaximum(_ count: UInt16) -> Self { .short(0x21, count) }
  /// Seconds after which the broker drops an undelivered message.
  public static func messageExpiry(_ seconds: UInt32) -> Self { .long(0x02, seconds) }

  /// The property's number in the specification.
  public var identifier: UInt8 {
    switch self {
    case .byte(let id, _), .short(let id, _), .long(let id, _), .variable(let id, _),
      .text(let id, _), .binary(let id, _), .pair(let id, _, _):
      id
    }
  }
}

extension [MQTTProperty] {
  /// The value of the numeric property `identifier`, nil where it is absent.
  public func number(_ identifier: UInt8) -> Int? {
    for property in self where property.identifier == identifier {
      switch property {
      case .byte(_, let value): return Int(value)
      case .short(_, let value): return Int(value)
      case .long(_, let value): return Int(value)
      case .variable(_, let value): return value
      case .text, .binary, .pair: return nil
      }
    }
    return nil
  }
}
