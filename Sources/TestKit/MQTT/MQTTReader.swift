/// The rest of a packet's body while it is being read.
struct MQTTReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { index == bytes.count }

  mutating func byte() throws(TestKitError) -> UInt8 {
    guard index < bytes.count else { throw .unexpected("an MQTT packet ends too early") }
    defer { index += 1 }
    return bytes[index]
  }

  mutating func short() throws(TestKitError) -> UInt16 {
    let high = try byte()
    return UInt16(high) << 8 | UInt16(try byte())
  }

  mutating func long() throws(TestKitError) -> UInt32 {
    let high = try short()
    return UInt32(high) << 16 | UInt32(try short())
  }

  mutating func variable() throws(TestKitError) -> Int {
    var value = 0
    for shift in stride(from: 0, through: 21, by: 7) {
      let next = try byte()
      value |= Int(next & 0x7F) << shift
      if next & 0x80 == 0 { return value }
    }
    throw .unexpected("an MQTT variable byte integer has more than four bytes")
  }

  mutating func raw(_ count: Int) throws(TestKitError) -> [UInt8] {
    guard bytes.count - index >= count else {
      throw .unexpected("an MQTT packet ends too early")
    }
    defer { index += count }
    return Array(bytes[index..<index + count])
  }

  mutating func rest() -> [UInt8] {
    defer { index = bytes.count }
    return Array(bytes[index...])
  }

  mutating func binary() throws(TestKitError) -> [UInt8] {
    try raw(Int(try short()))
  }

  mutating func text() throws(TestKitError) -> String {
    let bytes = try binary()
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unexpected("an MQTT text is not UTF-8")
    }
    return text
  }

  mutating func properties(_ version: MQTTVersion) throws(TestKitError) -> [MQTTProperty] {
    guard version == .v5 else { return [] }
    var inner = MQTTReader(try raw(try variable()))
    var list: [MQTTProperty] = []
    while !inner.isAtEnd { list.append(try inner.property()) }
    return list
  }

  /// MQTT 5, table 2-4.
  private mutating func property() throws(TestKitError) -> MQTTProperty {
    let id = try byte()
    switch id {
    case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A: return .byte(id, try byte())
    case 0x13, 0x21, 0x22, 0x23: return .short(id, try short())
    case 0x02, 0x11, 0x18, 0x27: return .long(id, try long())
    case 0x0B: return .variable(id, try variable())
    case 0x03, 0x08, 0x12, 0x15, 0x1A, 0x1C, 0x1F: return .text(id, try text())
    case 0x09, 0x16: return .binary(id, try binary())
    case 0x26:
      let name = try text()
      return .pair(id, name, try text())
    default: throw .unexpected("MQTT property \(id) does not exist")
    }
  }
}
