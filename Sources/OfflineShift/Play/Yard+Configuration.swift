internal import DemoShift
internal import TestKit

extension Yard {
  /// The agent's configuration file.
  var configuration: String {
    var lines = [
      "site = \"\(Self.site)\"",
      "[broker]", "port = \(broker.port)",
      "[odoo]", "url = \"\(web.base)\"", "database = \"demo\"", "login = \"tallyman\"",
      "key_file = \"odoo-key\"", "longest_call = \"2s\"",
      "[storage]", "directory = \"state\"", "minimum_free = \"1MB\"",
      "[mirror]", "refresh = \"1s\"", "compare = \"10s\"",
      "[floor]", "unassigned_devices = \"refuse\"", "weight_mismatch = \"refuse\"",
      // Lots expire in the plan, whether this machine hears a time server or not.
      "trust_clock = true",
      "[profiles]", "directory = \"\(profiles)\"",
      "enabled = [\"tallyman\", \"raw-text\", \"proglove\"]",
      "[profiles.raw-text]", "topic = \"\(Self.textTopic("{device}"))\"",
    ]
    for place in Place.all { lines += Self.station(place) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func station(_ place: Place) -> [String] {
    let devices = place.scanners.map(\.name) + [place.scale].compactMap { $0 }
    var lines = [
      "[[station]]", "name = \"\(place.name)\"", "devices = [\(list(devices))]",
    ]
    if !place.steps.isEmpty {
      lines.append("steps = [\(list(place.steps.map(\.rawValue)))]")
    }
    if let lamp = place.lamp {
      lines.append("lamp = { profile = \"tallyman\", device = \"\(lamp)\" }")
    }
    return lines
  }

  private static func list(_ texts: [String]) -> String {
    texts.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}
