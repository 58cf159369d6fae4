internal import DemoShift

/// A scan as its device publishes it.
struct Envelope {
  var topic: String
  var payload: [UInt8]
  /// The event's own id; nil for devices that send none.
  var id: String?

  /// Begin of the shift by the devices' clocks: 2026-03-02 08:00 UTC, in milliseconds since 1970.
  private static let morning = 1_772_438_400_000

  /// The envelope of a scan of the shift.
  init(_ index: Int, _ shift: Shift) {
    let scan = shift.scans[index]
    let own = "\(scan.device)-\(index)"
    switch scan.content {
    case .code(let code), .retained(let code):
      self = Self.scan(code, own, scan)
    case .weight(let grams, let isStable):
      self = Self.json(
        "weight",
        own,
        scan,
        [
          "value": .number(Double(grams) / 1_000), "unit": "kg", "stable": .bool(isStable),
        ]
      )
    case .again(let earlier):
      self = Envelope(earlier, shift)
    case .conflict(let earlier, let code):
      self = Self.json("scan", "\(scan.device)-\(earlier)", scan, ["code": .string(code)])
    case .truncated(let code):
      self = Self.json("scan", own, scan, ["code": .string(code)])
      payload.removeLast(3)
      id = nil
    }
  }

  private init(topic: String, payload: [UInt8], id: String?) {
    self.topic = topic
    self.payload = payload
    self.id = id
  }

  private static func scan(_ code: String, _ id: String, _ scan: Scan) -> Envelope {
    switch Devices.format(scan.device) {
    case .json: return json("scan", id, scan, ["code": .string(code)])
    case .text:
      return Envelope(topic: Yard.textTopic(scan.device), payload: Array(code.utf8), id: nil)
    case .proglove:
      let event: Value = [
        "api_version": "1.0", "event_type": "scan", "event_id": .string(id),
        "time_created": .number(Double(time(scan))), "device_serial": .string(scan.device),
        "scan_code": .string(code), "scan_bytes": .string(base64(Array(code.utf8))),
      ]
      return Envelope(topic: Yard.proGloveTopic, payload: Array(event.json.utf8), id: id)
    }
  }

  private static func json(
    _ kind: String,
    _ id: String,
    _ scan: Scan,
    _ members: [String: Value]
  ) -> Envelope {
    var members = members
    members["id"] = .string(id)
    members["time"] = .number(Double(time(scan)))
    return Envelope(
      topic: "tallyman/\(Yard.site)/\(scan.device)/\(kind)",
      payload: Array(Value.object(members).json.utf8),
      id: id
    )
  }

  private static func time(_ scan: Scan) -> Int { morning + scan.time }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place > group.count ? "=" : alphabet[bits >> (18 - 6 * place) & 63])
      }
    }
    return text
  }
}

/// The devices of the site, by name.
enum Devices {
  static func format(_ name: String) -> Place.Device.Format {
    Place.all.flatMap(\.scanners).first { $0.name == name }?.format ?? .json
  }

  /// The topic on which a device is answered.
  static func answers(_ name: String) -> String {
    switch format(name) {
    case .json: "tallyman/\(Yard.site)/\(name)/feedback"
    case .proglove: Yard.proGloveCommands
    case .text:
      "tallyman/\(Yard.site)/"
        + (Place.all.first { $0.scanners.contains { $0.name == name } }?.lamp ?? name)
        + "/feedback"
    }
  }

  /// All devices.
  static var names: [String] {
    Place.all.flatMap { $0.scanners.map(\.name) + [$0.scale].compactMap { $0 } }
      + Place.strangers + Place.leftovers
  }
}
