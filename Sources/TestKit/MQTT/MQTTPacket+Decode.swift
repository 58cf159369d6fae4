extension MQTTPacket {
  /// Reads the packet of a frame in `version`; a CONNECT has its own version.
  public init(_ frame: MQTTFrame, _ version: MQTTVersion) throws(TestKitError) {
    var body = MQTTReader(frame.body)
    switch frame.kind {
    case 1: self = .connect(try Connect(&body))
    case 2:
      let flags = try body.byte()
      let code = try body.byte()
      self = .connack(
        sessionPresent: flags & 1 == 1,
        code: code,
        properties: try body.properties(version)
      )
    case 3: self = .publish(try Publish(&body, frame.flags, version))
    case 4:
      let id = try body.short()
      let (reason, properties) = try Self.readReason(&body, version)
      self = .puback(id: id, reason: reason, properties: properties)
    case 8:
      let id = try body.short()
      let properties = try body.properties(version)
      var filters: [Filter] = []
      while !body.isAtEnd {
        let topic = try body.text()
        filters.append(Filter(topic, options: try body.byte()))
      }
      self = .subscribe(id: id, filters: filters, properties: properties)
    case 9:
      let id = try body.short()
      let properties = try body.properties(version)
      self = .suback(id: id, codes: body.rest(), properties: properties)
    case 12: self = .pingreq
    case 13: self = .pingresp
    case 14:
      let (reason, properties) = try Self.readReason(&body, version)
      self = .disconnect(reason: reason, properties: properties)
    default:
      self = .other(kind: frame.kind, flags: frame.flags, body: body.rest())
    }
    guard body.isAtEnd else { throw .unexpected("an MQTT packet is longer than its content") }
  }

  private static func readReason(
    _ body: inout MQTTReader,
    _ version: MQTTVersion
  ) throws(TestKitError) -> (UInt8, [MQTTProperty]) {
    guard version == .v5, !body.isAtEnd else { return (0, []) }
    let reason = try body.byte()
    return (reason, body.isAtEnd ? [] : try body.properties(version))
  }
}

extension MQTTPacket.Publish {
  fileprivate init(
    _ body: inout MQTTReader,
    _ flags: UInt8,
    _ version: MQTTVersion
  ) throws(TestKitError) {
    let topic = try body.text()
    let qos = flags >> 1 & 3
    let id = qos > 0 ? try body.short() : 0
    let properties = try body.properties(version)
    self.init(
      topic: topic,
      payload: body.rest(),
      qos: qos,
      id: id,
      duplicate: flags & 8 != 0,
      retain: flags & 1 != 0,
      properties: properties
    )
  }
}

extension MQTTPacket.Connect {
  fileprivate init(_ body: inout MQTTReader) throws(TestKitError) {
    let name = try body.text()
    let level = try body.byte()
    guard name == "MQTT", let version = MQTTVersion(rawValue: level) else {
      throw .unexpected("protocol \(name) \(level) is not MQTT 3.1.1 or 5")
    }
    let flags = try body.byte()
    let keepAlive = try body.short()
    let properties = try body.properties(version)
    let clientID = try body.text()
    var will: MQTTPacket.Publish?
    if flags & 4 != 0 {
      let properties = try body.properties(version)
      let topic = try body.text()
      will = MQTTPacket.Publish(
        topic: topic,
        payload: try body.binary(),
        qos: flags >> 3 & 3,
        retain: flags & 0x20 != 0,
        properties: properties
      )
    }
    self.init(
      version: version,
      clientID: clientID,
      clean: flags & 2 != 0,
      keepAlive: keepAlive,
      username: flags & 0x80 != 0 ? try body.text() : nil,
      password: flags & 0x40 != 0 ? try body.text() : nil,
      will: will,
      properties: properties
    )
  }
}
