extension MQTTPacket {
  /// The packet's bytes in `version`; a CONNECT has its own version.
  public func encoded(_ version: MQTTVersion) -> [UInt8] {
    var body = MQTTWriter()
    let head: UInt8
    switch self {
    case .connect(let connect):
      head = 0x10
      connect.write(to: &body)
    case .connack(let sessionPresent, let code, let properties):
      head = 0x20
      body.byte(sessionPresent ? 1 : 0)
      body.byte(code)
      body.properties(properties, version)
    case .publish(let publish):
      head = 0x30 | publish.flags
      publish.write(to: &body, version)
    case .puback(let id, let reason, let properties):
      head = 0x40
      body.short(id)
      Self.writeReason(reason, properties, version, to: &body)
    case .subscribe(let id, let filters, let properties):
      head = 0x82
      body.short(id)
      body.properties(properties, version)
      for filter in filters {
        body.text(filter.topic)
        body.byte(filter.options)
      }
    case .suback(let id, let codes, let properties):
      head = 0x90
      body.short(id)
      body.properties(properties, version)
      body.raw(codes)
    case .pingreq: head = 0xC0
    case .pingresp: head = 0xD0
    case .disconnect(let reason, let properties):
      head = 0xE0
      Self.writeReason(reason, properties, version, to: &body)
    case .other(let kind, let flags, let bytes):
      head = kind << 4 | flags
      body.raw(bytes)
    }
    var packet = MQTTWriter()
    packet.byte(head)
    packet.variable(body.bytes.count)
    packet.raw(body.bytes)
    return packet.bytes
  }

  /// Version 5 leaves out a reason of success and a property list that is empty.
  private static func writeReason(
    _ reason: UInt8,
    _ properties: [MQTTProperty],
    _ version: MQTTVersion,
    to body: inout MQTTWriter
  ) {
    guard version == .v5, reason != 0 || !properties.isEmpty else { return }
    body.byte(reason)
    if !properties.isEmpty { body.properties(properties, version) }
  }
}

extension MQTTPacket.Publish {
  fileprivate var flags: UInt8 {
    (duplicate ? 8 : 0) | qos << 1 | (retain ? 1 : 0)
  }

  fileprivate func write(to body: inout MQTTWriter, _ version: MQTTVersion) {
    body.text(topic)
    if qos > 0 { body.short(id) }
    body.properties(properties, version)
    body.raw(payload)
  }
}

extension MQTTPacket.Connect {
  fileprivate func write(to body: inout MQTTWriter) {
    body.text("MQTT")
    body.byte(version.rawValue)
    var flags: UInt8 = clean ? 2 : 0
    if let will { flags |= 4 | will.qos << 3 | (will.retain ? 0x20 : 0) }
    if password != nil { flags |= 0x40 }
    if username != nil { flags |= 0x80 }
    body.byte(flags)
    body.short(keepAlive)
    body.properties(properties, version)
    body.text(clientID)
    if let will {
      body.properties(will.properties, version)
      body.text(will.topic)
      body.binary(will.payload)
    }
    if let username { body.text(username) }
    if let password { body.text(password) }
  }
}
