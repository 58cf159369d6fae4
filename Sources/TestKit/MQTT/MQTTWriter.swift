/// Bytes of a packet in the making.
struct MQTTWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func short(_ value: UInt16) {
    byte(UInt8(value >> 8))
    byte(UInt8(truncatingIfNeeded: value))
  }

  mutating func long(_ value: UInt32) {
    short(UInt16(value >> 16))
    short(UInt16(truncatingIfNeeded: value))
  }

  mutating func variable(_ value: Int) {
    var rest = value
    repeat {
      let low = UInt8(rest & 0x7F)
      rest >>= 7
      byte(rest > 0 ? low | 0x80 : low)
    } while rest > 0
  }

  mutating func raw(_ value: [UInt8]) { bytes += value }

  mutating func binary(_ value: [UInt8]) {
    precondition(value.count <= 0xFFFF, "an MQTT field holds at most 65,535 bytes")
    short(UInt16(value.count))
    raw(value)
  }

  mutating func text(_ value: String) { binary(Array(value.utf8)) }

  /// The properties with their length; nothing at all in 3.1.1, which has none.
  mutating func properties(_ list: [MQTTProperty], _ version: MQTTVersion) {
    guard version == .v5 else { return }
    var inner = MQTTWriter()
    for property in list {
      inner.byte(property.identifier)
      switch property {
      case .byte(_, let value): inner.byte(value)
      case .short(_, let value): inner.short(value)
      case .long(_, let value): inner.long(value)
      case .variable(_, let value): inner.variable(value)
      case .text(_, let value): inner.text(value)
      case .binary(_, let value): inner.binary(value)
      case .pair(_, let name, let value):
        inner.text(name)
        inner.text(value)
      }
    }
    variable(inner.bytes.count)
    raw(inner.bytes)
  }
}
