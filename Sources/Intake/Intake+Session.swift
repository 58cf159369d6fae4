internal import Floor
public import Journal

extension Intake {
  /// The broker has accepted the connection.
  ///
  /// - Parameters:
  ///   - sessionPresent: The broker still has the session and sends again what was in flight.
  ///   - interrupted: The broker may have been restarted since the last delivery, so that even
  ///     what was acknowledged long ago may come again.
  public func beginSession(sessionPresent: Bool, interrupted: Bool) throws(SQLiteError) {
    window = [:]
    deliveriesUnderWindow = 0
    guard sessionPresent else {
      generation += 1
      generationIsStored = false
      isDoubtful = false
      return
    }
    for delivery in try journal.deliveries(
      generation: generation,
      limit: settings.redeliveryWindow
    ) {
      window[delivery.withoutSequence] = delivery.sequence
    }
    isDoubtful = interrupted
  }

  /// The wall clock, where it can be believed: it was set by a time server since the box started,
  /// or the site says that the box has a clock that runs on.
  func provenTime(_ stamp: Stamp) -> Int64? {
    if stamp.synced { provenBoot = stamp.boot }
    return settings.site.trustsClock || provenBoot == stamp.boot ? stamp.wall : nil
  }

  /// The broker's backlog is drained: what comes now is new.
  public func endDoubt() {
    isDoubtful = false
  }

  /// The event of an earlier delivery that this one repeats; nil if it is new.
  ///
  /// The broker resends what was in flight first, under the old packet identifiers, so only the
  /// first deliveries of a connection can be repeats; later ones may reuse an identifier.
  func repeated(_ delivery: Delivery) -> Int64? {
    guard delivery.packetID != 0, !window.isEmpty else { return nil }
    return window.removeValue(forKey: delivery)
  }

  /// Counts a delivery of the connection; the window closes when all that could have been in
  /// flight has come.
  func countDelivery() {
    guard !window.isEmpty else { return }
    deliveriesUnderWindow += 1
    if deliveriesUnderWindow > settings.redeliveryWindow { window = [:] }
  }
}

extension Delivery {
  /// The delivery as the broker knows it.
  var withoutSequence: Delivery {
    Delivery(packetID: packetID, topic: topic, hash: hash, sequence: 0)
  }
}
