internal import Floor
internal import JSON

/// One message as a device publishes it: bytes on a topic.
struct Payload: Sendable {
  var topic: String
  var bytes: [UInt8]
  var isRetained = false

  init(_ topic: String, _ text: String, isRetained: Bool = false) {
    self.topic = topic
    bytes = Array(text.utf8)
    self.isRetained = isRetained
  }

  /// A device of our own: JSON of a kind of event, or bare text.
  static func own(_ text: String, kind: String = "scan", device: String = "s1") -> Payload {
    Payload("tallyman/main/\(device)/\(kind)", text)
  }

  /// The ways in which scans come, each from a device of its own at the same station.
  enum Scanner: CaseIterable {
    case ownJSON, ownText, rawText, proGlove, tasmota
  }

  static func scan(
    _ code: String,
    _ scanner: Scanner,
    number: Int,
    station: String = "one"
  ) -> Payload {
    let text = JSON.string(code).text
    switch scanner {
    case .ownJSON:
      return own(#"{"id":"e\#(number)","code":\#(text)}"#, device: "\(station)-json")
    case .ownText: return own(code, device: "\(station)-text")
    case .rawText: return Payload("warehouse/\(station)-raw/scan", "\(code)\r\n")
    case .proGlove:
      return Payload(
        "proglove/gw/events",
        #"{"event_type":"scan","event_id":"g\#(number)","device_serial":"\#(station)-glove","#
          + #""time_created":\#(1_700_000_000_000 + number),"scan_code":\#(text)}"#
      )
    case .tasmota:
      return Payload("tele/\(station)-bridge/RESULT", #"{"SSerialReceived":\#(text)}"#)
    }
  }

  /// A scale on Tasmota.
  static func grams(_ weight: Int, station: String = "one") -> Payload {
    Payload("tele/\(station)-scale/SENSOR", #"{"Time":"x","HX711":{"Weight":\#(weight)}}"#)
  }

  /// The devices of a station.
  static func devices(of station: String) -> [String: String] {
    var devices: [String: String] = [:]
    for kind in ["json", "text", "raw", "glove", "bridge", "scale"] {
      devices["\(station)-\(kind)"] = station
    }
    return devices
  }
}
