internal import Floor
internal import JSON
internal import Journal
internal import Logging
internal import MQTT

/// Hazard `two-boxes`: two agents on one broker, by a cloned card or a box that was thought dead.
///
/// MQTT 5 has a reason code for a session that was taken over, but not every broker sends it:
/// mosquitto 2.0.11 closes the old connection without a word, and two agents would take turns for
/// ever, each with a part of the scans. So each run of an agent names itself in the retained status,
/// and one that comes back and finds another at its place gives way: the newer one stays, as with
/// the reason code.
extension IntakeLoop {
  /// Listens to the status of the site, and tells ours once it is known that no other is there.
  func listenForOthers(_ connection: IntakeConnection, _ journal: Journal) throws {
    if ownInstances.isEmpty {
      var known =
        try journal.meta(Self.instancesName)?.split(separator: "\n").map(String.init) ?? []
      known = known.suffix(Self.knownInstances - 1) + [instance]
      try journal.setMeta(Self.instancesName, known.joined(separator: "\n"))
      ownInstances = Set(known)
    }
    // Not at QoS 1: what was said while we were away is of no interest.
    try connection.subscribe([settings.broker.statusTopic], quality: 0, retained: true)
    if wasConnected {
      announceAt = SystemClock.monotonic() + Self.longestSilence
    } else {
      announce()
    }
    wasConnected = true
  }

  /// Tells the site that we are here.
  func announce() {
    announceAt = nil
    _ = try? connection?.publish(
      settings.broker.statusTopic,
      settings.status(space.isShort ? "disk_full" : "online", of: instance),
      retained: true
    )
  }

  /// Takes messages of the status topic out of what was read, and looks whom they are of.
  func withoutStatus(_ messages: [InboundMessage]) -> [InboundMessage] {
    let topic = settings.broker.statusTopic
    guard messages.contains(where: { $0.topic == topic }) else { return messages }
    for message in messages where message.topic == topic {
      guard !isOfAnother(message) else {
        giveWay(
          "Another agent serves this site on this broker (topic \(topic), client id "
            + "\(settings.broker.clientID)). Stop one of them, or give it another site and "
            + "broker.client_id."
        )
        // Not stored and not acknowledged: they belong to the other one.
        return []
      }
      if announceAt != nil { announce() }
    }
    return messages.filter { $0.topic != topic }
  }

  private func isOfAnother(_ message: InboundMessage) -> Bool {
    guard let status = try? JSON.parse(message.payload), status["state"]?.string != "offline",
      let other = status["instance"]?.string, !ownInstances.contains(other)
    else { return false }
    // At our first connection it may be what a box that is gone has left behind.
    return !message.isRetained || announceAt != nil
  }

  /// Stops; never fights for the session, that would tear both down for ever.
  func giveWay(_ sentence: String) {
    shared.stopWith(failure: sentence)
    log.critical("Another agent is at our place; stopping", metadata: ["reason": "\(sentence)"])
    drop(interrupted: false)
  }

  /// Name in the journal's `meta` of the runs of the agent on it, one a line.
  private static var instancesName: String { "instances" }
  /// Runs that are remembered.
  private static var knownInstances: Int { 64 }
  /// Milliseconds after which a broker that has no status kept is taken to have none.
  private static var longestSilence: Int64 { 1000 }
}
