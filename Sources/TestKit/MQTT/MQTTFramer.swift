/// One packet's fixed header and body, not yet looked into.
public struct MQTTFrame: Sendable, Hashable {
  /// The packet type, 1 to 15.
  public let kind: UInt8
  /// The four flag bits beside the type.
  public let flags: UInt8
  /// Everything after the remaining length.
  public let body: [UInt8]
  /// The whole packet as it came.
  public let bytes: [UInt8]
}

/// Cuts a stream of bytes into packets, however the bytes are divided into reads.
public struct MQTTFramer: Sendable {
  private var buffer: [UInt8] = []
  private var start = 0

  /// A framer at the beginning of a stream.
  public init() {}

  /// Bytes that do not make a whole packet yet.
  public var rest: [UInt8] { Array(buffer[start...]) }

  /// Adds what was read from the stream.
  public mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
  }

  /// The next whole packet, nil where more bytes are needed.
  public mutating func next() throws(TestKitError) -> MQTTFrame? {
    var length = 0
    var index = start + 1
    var shift = 0
    while true {
      guard index < buffer.count else { return nil }
      guard shift <= 21 else {
        throw .unexpected("an MQTT remaining length has more than four bytes")
      }
      let byte = buffer[index]
      length |= Int(byte & 0x7F) << shift
      index += 1
      shift += 7
      if byte & 0x80 == 0 { break }
    }
    guard buffer.count - index >= length else { return nil }
    defer { start = index + length }
    return MQTTFrame(
      kind: buffer[start] >> 4,
      flags: buffer[start] & 0x0F,
      body: Array(buffer[index..<index + length]),
      bytes: Array(buffer[start..<index + length])
    )
  }
}
