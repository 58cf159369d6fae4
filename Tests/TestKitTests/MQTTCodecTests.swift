import TestKit
import Testing

@Suite("MQTT codec")
struct MQTTCodecTests {
  @Test(arguments: MQTTVersion.allCases)
  func everyPacketSurvivesTheWireInAnyPieces(version: MQTTVersion) throws {
    try check(runs: 500, seed: 11) { choices in
      let packets = choices.array(1...6) { $0.packet(version) }
      var stream = packets.flatMap { $0.encoded(version) }
      var framer = MQTTFramer()
      var decoded: [MQTTPacket] = []
      while !stream.isEmpty {
        let piece = choices.int(1...min(40, stream.count))
        framer.append(Array(stream.prefix(piece)))
        stream.removeFirst(piece)
        while let frame = try framer.next() {
          let packet = try MQTTPacket(frame, version)
          try require(packet.encoded(version) == frame.bytes, "other bytes for \(packet)")
          decoded.append(packet)
        }
      }
      try require(decoded == packets, "sent \(packets), got \(decoded)")
      try require(framer.rest.isEmpty, "\(framer.rest) left over")
    }
  }

  /// Bytes worked out by hand from the specifications.
  @Test func writesTheBytesOfTheSpecification() {
    let publish = MQTTPacket.publish(
      .init(topic: "a/b", payload: [0x31], qos: 1, id: 10, duplicate: true)
    )
    #expect(publish.encoded(.v311) == [0x3A, 8, 0, 3, 0x61, 0x2F, 0x62, 0, 10, 0x31])
    #expect(publish.encoded(.v5) == [0x3A, 9, 0, 3, 0x61, 0x2F, 0x62, 0, 10, 0, 0x31])
    let connect = MQTTPacket.connect(
      .init(version: .v5, clientID: "x", keepAlive: 60, properties: [.receiveMaximum(20)])
    )
    let expected: [UInt8] =
      [0x10, 17, 0, 4, 0x4D, 0x51, 0x54, 0x54, 5, 2, 0, 60, 3, 0x21, 0, 20, 0, 1, 0x78]
    #expect(connect.encoded(.v5) == expected)
    #expect(MQTTPacket.puback(id: 258, reason: 0, properties: []).encoded(.v5) == [0x40, 2, 1, 2])
    #expect(MQTTPacket.pingreq.encoded(.v311) == [0xC0, 0])
    let subscribe = MQTTPacket.subscribe(id: 1, filters: [.init("#")], properties: [])
    #expect(subscribe.encoded(.v311) == [0x82, 6, 0, 1, 0, 1, 0x23, 1])
  }

  @Test(
    arguments: [
      [0x40, 1, 0],  // half a packet id
      [0x30, 3, 0, 9, 0x61],  // a topic longer than its packet
      [0x30, 3, 0, 1, 0xFF],  // a topic that is not UTF-8
      [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 1],  // a length of five bytes
      [0x10, 7, 0, 4, 0x4D, 0x51, 0x54, 0x54, 9],  // a level that does not exist
      [0xC0, 1, 0],  // a longer packet than its content is not read as a ping
    ] as [[UInt8]]
  )
  func refusesWhatIsNotMQTT(bytes: [UInt8]) {
    #expect(throws: TestKitError.self) {
      var framer = MQTTFramer()
      framer.append(bytes)
      while let frame = try framer.next() { _ = try MQTTPacket(frame, .v311) }
    }
  }

  @Test func anyBytesAreReadOrRefusedWithoutATrap() throws {
    try check(runs: 2_000, seed: 5) { choices in
      var framer = MQTTFramer()
      let bytes = choices.bytes(0...60)
      framer.append(bytes)
      let version = choices.element(of: MQTTVersion.allCases)
      var taken = 0
      do {
        while let frame = try framer.next() {
          taken += frame.bytes.count
          _ = try MQTTPacket(frame, version)
        }
      } catch is TestKitError {
        return
      }
      try require(taken + framer.rest.count == bytes.count, "bytes were lost")
    }
  }
}

extension Choices {
  mutating func packet(_ version: MQTTVersion) -> MQTTPacket {
    switch draw(9) {
    case 0: return .pingreq
    case 1: return .pingresp
    case 2: return .puback(id: id(), reason: reason(version), properties: properties(version))
    case 3: return .publish(publish(version))
    case 4:
      let filters = array(1...3) {
        MQTTPacket.Filter($0.text(1...9), options: UInt8($0.draw(2)))
      }
      return .subscribe(id: id(), filters: filters, properties: properties(version))
    case 5:
      return .suback(id: id(), codes: bytes(1...3), properties: properties(version))
    case 6:
      return .connack(
        sessionPresent: chance(50),
        code: UInt8(draw(5)),
        properties: properties(version)
      )
    case 7: return .disconnect(reason: reason(version), properties: properties(version))
    case 8: return .other(kind: 11, flags: 0, body: bytes(0...300))
    default: return .connect(connect(version))
    }
  }

  private mutating func id() -> UInt16 { UInt16(1 + draw(0xFFFE)) }

  private mutating func reason(_ version: MQTTVersion) -> UInt8 {
    version == .v5 ? UInt8(draw(255)) : 0
  }

  private mutating func publish(_ version: MQTTVersion) -> MQTTPacket.Publish {
    let qos = UInt8(draw(2))
    return MQTTPacket.Publish(
      topic: text(1...20),
      payload: bytes(0...200),
      qos: qos,
      id: qos > 0 ? id() : 0,
      duplicate: chance(20),
      retain: chance(20),
      properties: properties(version)
    )
  }

  private mutating func connect(_ version: MQTTVersion) -> MQTTPacket.Connect {
    var will: MQTTPacket.Publish?
    if chance(50) {
      will = publish(version)
      will?.id = 0
      will?.duplicate = false
    }
    return MQTTPacket.Connect(
      version: version,
      clientID: text(0...20),
      clean: chance(50),
      keepAlive: UInt16(draw(0xFFFF)),
      username: chance(50) ? text(0...5) : nil,
      password: chance(50) ? text(0...5) : nil,
      will: will,
      properties: properties(version)
    )
  }

  private mutating func properties(_ version: MQTTVersion) -> [MQTTProperty] {
    guard version == .v5 else { return [] }
    return array(0...3) { choices in
      switch choices.draw(6) {
      case 0: .byte(0x01, UInt8(choices.draw(255)))
      case 1: .receiveMaximum(UInt16(choices.draw(0xFFFF)))
      case 2: .sessionExpiry(UInt32(choices.draw(0xFFFF_FFFF)))
      case 3: .variable(0x0B, choices.int(0...268_435_455))
      case 4: .text(0x1F, choices.text(0...5))
      case 5: .binary(0x09, choices.bytes(0...5))
      default: .pair(0x26, choices.text(0...5), choices.text(0...5))
      }
    }
  }
}
