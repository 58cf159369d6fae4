import Glibc
import JSON
import TestKit

/// Devices that send bursts of scans and wait for nobody, so that kills fall into full batches.
final class Crowd {
  /// Scans of a burst.
  static let burst = 40
  /// Milliseconds between two bursts.
  static let pause: Int32 = 250

  private let device: Device
  private let topic = "tallyman/main/crowd/scan"
  /// Ids of the events that the broker has taken; it keeps them for the agent.
  private(set) var taken: Set<String> = []

  init(broker: Int) {
    device = Device(
      port: broker,
      clientID: "crowd",
      subscriptions: ["tallyman/main/crowd/feedback"]
    )
  }

  /// Sends until it is over.
  func work(until isOver: () -> Bool) throws {
    // The broker keeps nothing for an agent that has never been there.
    try device.publishUntilFeedback(
      topic,
      Self.payload("crowd-first"),
      patience: .milliseconds(1500),
      sendings: 40,
      where: { (try? JSON.parse($0.payload))?["event"]?.string == "crowd-first" }
    )
    var count = 0
    while !isOver() {
      let ids = (0..<Self.burst).map { "crowd-\(count + $0)" }
      count += Self.burst
      try device.flood(topic, ids.map(Self.payload))
      taken.formUnion(ids)
      _ = poll(nil, 0, Self.pause)
    }
  }

  private static func payload(_ id: String) -> [UInt8] {
    Array(#"{"id":"\#(id)","code":"NOTHING"}"#.utf8)
  }
}
