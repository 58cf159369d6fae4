internal import Floor
internal import Glibc
internal import Logging

/// Promises that are broken on purpose, so that tests can show that they would be noticed.
///
/// Named in the environment variable `TALLYMAN_BREAK`, separated by commas. Never set it on a box.
struct BrokenPromises: Sendable {
  /// Acknowledges messages, and waits a moment, before they are stored.
  var acknowledgesBeforeCommit = false
  /// Takes an event that came before for a new one.
  var forgetsEvents = false
  /// Sends a write that got no answer again without reading what became of it.
  var writesWithoutReading = false
  /// Goes on sending though Odoo lacks a field that is needed.
  var ignoresContract = false
  /// Rules of the floor that are broken, named `floor:<rule>`.
  var floor: Set<SeededBug> = []

  /// What the environment asks for, with a loud word in the log.
  static func fromEnvironment(_ log: Logger) -> BrokenPromises {
    var broken = BrokenPromises()
    guard let text = getenv("TALLYMAN_BREAK").map({ String(cString: $0) }), !text.isEmpty else {
      return broken
    }
    log.critical(
      "TALLYMAN_BREAK is set: this agent loses events on purpose",
      metadata: ["broken": "\(text)"]
    )
    for name in text.split(separator: ",") {
      if name.hasPrefix("floor:"), let bug = SeededBug(rawValue: String(name.dropFirst(6))) {
        broken.floor.insert(bug)
        continue
      }
      switch name {
      case "ack-before-commit": broken.acknowledgesBeforeCommit = true
      case "forget-events": broken.forgetsEvents = true
      case "write-without-reading": broken.writesWithoutReading = true
      case "ignore-contract": broken.ignoresContract = true
      default: log.critical("TALLYMAN_BREAK names nothing known", metadata: ["name": "\(name)"])
      }
    }
    return broken
  }

  /// The moment in which a message is acknowledged and not stored, in microseconds.
  static let gap: UInt32 = 300_000
}
