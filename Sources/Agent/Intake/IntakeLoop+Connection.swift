internal import Floor
internal import Intake
internal import Journal
internal import Logging
internal import MQTT

extension IntakeLoop {
  /// Connects to the broker; the answer comes as an event of a later turn.
  func connect(_ now: Int64) {
    do throws(MQTTError) {
      guard TCPProbe.answers(settings.broker.host, settings.broker.port) else {
        throw MQTTError(
          unreachable: "\(settings.broker.host):\(settings.broker.port)"
        )
      }
      connection = try IntakeConnection(settings.broker, version5: usesVersion5)
      connectedAt = now
    } catch {
      reconnect.failed(now)
      shared.note { $0.brokerError = error.description }
      log.warning("The broker cannot be reached", metadata: ["error": "\(error)"])
    }
  }

  /// Handles what the broker said about the connection.
  func handleEvents() {
    guard let events = connection?.takeEvents() else { return }
    for event in events {
      // What follows the end of a connection only says the same again.
      guard connection != nil else { return }
      switch event {
      case .connected(let present): connected(sessionPresent: present)
      case .published(let packet): feedback.published(packet)
      case .ended(let reason): ended(reason)
      case .subscriptionRefused(let reason):
        let text = "the broker refuses a subscription (reason \(reason))"
        shared.note { $0.brokerError = text }
        log.error(
          "The agent hears nothing: \(text). Let it read its topics in the broker's access list",
          metadata: ["topics": "\(profiles.subscriptions.joined(separator: " "))"]
        )
      }
    }
  }

  private func connected(sessionPresent: Bool) {
    guard let intake, let connection else { return }
    do {
      try intake.beginSession(sessionPresent: sessionPresent, interrupted: wasInterrupted)
      quietSince = SystemClock.monotonic()
      sessionSince = quietSince
      wasInterrupted = false
      endedBeforeAnswer = 0
      let old = try intake.journal.meta(Self.subscriptionsName)?.split(separator: "\n") ?? []
      let current = profiles.subscriptions
      try connection.unsubscribe(old.map(String.init).filter { !current.contains($0) })
      try connection.subscribe(current)
      try intake.journal.setMeta(Self.subscriptionsName, current.joined(separator: "\n"))
      try listenForOthers(connection, intake.journal)
      isReady = true
      shared.note {
        $0.brokerConnected = true
        $0.brokerError = nil
      }
      log.info(
        "Connected to the broker",
        metadata: [
          "broker": "\(settings.broker.host):\(settings.broker.port)",
          "session": sessionPresent ? "resumed" : "new",
          "protocol": usesVersion5 ? "MQTT 5" : "MQTT 3.1.1",
        ]
      )
    } catch let error as MQTTError {
      lost(error.description)
    } catch {
      log.error("The session could not be noted in the journal", metadata: ["error": "\(error)"])
      drop(interrupted: false)
      self.intake = nil
    }
  }

  /// Name in the journal's `meta` of the filters that the broker's session holds.
  private static var subscriptionsName: String { "subscriptions" }

  /// The broker refused or ended the connection, with a reason code of the protocol.
  private func ended(_ reason: Int32) {
    let hint: String
    switch reason {
    case 0x8E:
      // Another client took our session: never fight for it, that would tear both down for ever.
      return giveWay(
        "Another agent uses the client id \(settings.broker.clientID) on this broker. "
          + "Stop one of them, or give it another broker.client_id."
      )
    case 0x84 where usesVersion5, 1 where !isReady && usesVersion5:
      usesVersion5 = false
      drop(interrupted: false)
      reconnect.succeeded()
      log.notice("The broker does not speak MQTT 5; using 3.1.1")
      return
    case 4, 5, 0x86, 0x87:
      hint = "Check broker.user and broker.password_file, and the broker's access list."
    default: hint = "The connection is opened again by itself."
    }
    lost("the broker ended the connection (reason \(reason)). \(hint)")
  }

  /// The connection broke; it is opened again after a while.
  func lost(_ reason: String) {
    let now = SystemClock.monotonic()
    if !isReady, usesVersion5 {
      // Some brokers close the connection of a protocol that they do not know without a word.
      endedBeforeAnswer += 1
      if endedBeforeAnswer >= 3 {
        usesVersion5 = false
        endedBeforeAnswer = 0
      }
    }
    if isReady, now - connectedAt > Self.stableAfter { reconnect.succeeded() }
    // The broker may have been restarted, and may deliver again what was acknowledged long ago.
    drop(interrupted: isReady || wasInterrupted)
    reconnect.failed(now)
    shared.note { $0.brokerError = reason }
    log.warning(
      "The connection to the broker is lost",
      metadata: ["reason": "\(reason)", "again_in_ms": "\(reconnect.remaining(now))"]
    )
  }

  /// Milliseconds after which a connection counts as stable and the back-off starts anew.
  private static var stableAfter: Int64 { 10_000 }

  /// Closes the connection without sending what is queued.
  func drop(interrupted: Bool) {
    connection = nil
    isReady = false
    wasInterrupted = wasInterrupted || interrupted
    feedback.connectionLost(now: SystemClock.monotonic())
    shared.note { $0.brokerConnected = false }
  }

  /// Tells devices and the status topic that the disk is full, or that it no longer is.
  func announceSpace() {
    if space.isShort {
      log.critical(
        "Too little disk space: events are no longer read, until space is free again",
        metadata: ["free": "\(space.free)", "needed": "\(settings.minimumFree)"]
      )
    } else {
      log.notice("There is disk space again: events are read")
    }
    shared.note { $0.diskIsFull = space.isShort }
    guard let connection, isReady else { return }
    if space.isShort { tellDevices(connection) }
    announce()
  }

  /// Hazard `refused-then-counted`: what is not read is not answered either, so every station is
  /// told once that nothing counts until there is space.
  private func tellDevices(_ connection: IntakeConnection) {
    let verdict = Verdict(
      signal: .bad,
      code: .storageFull,
      sentence: Sentence(.storageFull)
    )
    for (device, profile) in knownDevices.sorted(by: { $0.key < $1.key }) {
      let messages = plan.messages(
        verdict: verdict,
        event: "stop",
        device: device,
        profile: profile,
        duplicate: false,
        time: SystemClock.wall()
      )
      for message in messages {
        _ = try? connection.publish(
          message.topic,
          message.payload,
          expires: Int(feedback.expires / 1000)
        )
      }
    }
  }
}
