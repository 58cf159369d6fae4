internal import Floor
internal import Glibc
internal import Intake
internal import Journal
internal import Logging
internal import MQTT

/// The intake's thread: the only one that talks to the broker and writes the journal.
///
/// One turn: wait for the broker, for the mailbox or for a second to pass; read what has arrived;
/// journal and judge it in one transaction; only then let acknowledgements and answers leave.
/// Nothing is read that is not journaled in the same turn, and nothing is written to the broker
/// between the two.
final class IntakeLoop<Mirror: IntakeMirror> {
  let settings: AgentSettings
  let plan: FeedbackPlan
  let shared: IntakeShared
  let openMirror: () -> Mirror
  let log: Logger
  let broken: BrokenPromises

  var profiles: Profiles { plan.profiles }

  var intake: Intake<Mirror>?
  var clock = SystemClock(boot: 0)
  var connection: IntakeConnection?
  var isReady = false
  var feedback: FeedbackQueue
  var reconnect = Backoff(first: 200, longest: 30_000)
  var reopen = Backoff(first: 200, longest: 10_000)
  var usesVersion5 = true
  var endedBeforeAnswer = 0
  var wasInterrupted = false
  var connectedAt: Int64 = 0
  var quietSince: Int64 = 0
  var sessionSince: Int64 = 0
  /// Devices that were answered, with their profiles; they are told when the disk is full.
  var knownDevices: [String: String] = [:]
  var lastHousekeeping: Int64 = 0
  /// This run of the agent, as the status topic names it.
  let instance = Randomness.uuid()
  /// Earlier runs on this journal, and this one.
  var ownInstances: Set<String> = []
  /// True once the broker had accepted this run.
  var wasConnected = false
  /// When the status is told at the latest; nil once it is.
  var announceAt: Int64?
  var lastSequence: Int64 = 0
  var space: SpaceWatch
  var clockWasNoted = false

  init(
    settings: AgentSettings,
    plan: FeedbackPlan,
    shared: IntakeShared,
    openMirror: @escaping () -> Mirror,
    log: Logger
  ) {
    self.settings = settings
    self.plan = plan
    self.shared = shared
    self.openMirror = openMirror
    self.log = log
    broken = .fromEnvironment(log)
    feedback = FeedbackQueue(expires: settings.intake.feedbackExpires)
    space = SpaceWatch(directory: settings.directory, minimumFree: settings.minimumFree)
  }

  /// Runs until the agent stops; what was read by then is journaled and acknowledged.
  func run() {
    while !shared.isStopping {
      let now = SystemClock.monotonic()
      if intake == nil, !openJournal(now) {
        wait(milliseconds: min(1000, reopen.remaining(now)))
        continue
      }
      if connection == nil, reconnect.isDue(now) { connect(now) }
      wait(milliseconds: turnTimeout(now))
      turn()
    }
    finish()
  }

  /// Milliseconds without a message after which the broker's backlog is drained.
  private static var quiet: Int64 { 1000 }
  /// Milliseconds after which it is drained although messages keep coming: a backlog comes at once.
  private static var longestDoubt: Int64 { 10_000 }
  /// Devices that are remembered at most.
  private static var knownDeviceLimit: Int { 1000 }

  private func turnTimeout(_ now: Int64) -> Int64 {
    connection == nil ? max(1, min(1000, reconnect.remaining(now))) : 1000
  }

  private func wait(milliseconds: Int64) {
    var sets = [pollfd(fd: shared.wakeUp.descriptor, events: Int16(POLLIN), revents: 0)]
    if let connection, connection.socket >= 0 {
      let reads = space.isShort ? 0 : POLLIN
      let writes = connection.wantsWrite ? POLLOUT : 0
      sets.append(pollfd(fd: connection.socket, events: Int16(reads | writes), revents: 0))
    }
    poll(&sets, nfds_t(sets.count), Int32(clamping: max(0, milliseconds)))
    shared.wakeUp.clear()
  }

  private func turn() {
    // Also while nothing happens: the watchdog looks at it.
    shared.note { $0.lastTurn = SystemClock.monotonic() }
    let messages = receive()
    if broken.acknowledgesBeforeCommit, !messages.isEmpty {
      try? connection?.flush()
      usleep(BrokenPromises.gap)
    }
    guard let intake else { return }
    let now = SystemClock.monotonic()
    if let due = announceAt, now >= due { announce() }
    let work = shared.mailbox.peek()
    housekeeping(now)
    let marksAreDue = intake.hasUnstoredMarks && now - lastHousekeeping < 50
    if !messages.isEmpty || !work.isEmpty || marksAreDue {
      do throws(SQLiteError) {
        let outcome = try intake.process(messages, work: work, at: clock.stamp())
        shared.mailbox.didStore()
        committed(outcome, now)
      } catch {
        return failed(error)
      }
    }
    send(now)
  }

  private func receive() -> [InboundMessage] {
    guard let connection else { return [] }
    do throws(MQTTError) {
      var poller = pollfd(fd: connection.socket, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&poller, 1, 0) > 0
      if isReady, poller.revents & Int16(POLLHUP | POLLERR) != 0, space.isShort {
        lost("the broker closed the connection")
        return []
      }
      if isReady, !space.isShort { try connection.receive(limit: settings.batch) }
      try connection.tick()
    } catch {
      // What was read before the failure still counts; its acknowledgement is lost, and the
      // broker will send it again.
      let messages = connection.takeMessages()
      handleEvents()
      // Most failures are told as an event too; one loss must not count twice.
      if self.connection != nil { lost(error.description) }
      return withoutStatus(messages)
    }
    handleEvents()
    return withoutStatus(connection.takeMessages())
  }

  private func committed(_ outcome: BatchOutcome, _ now: Int64) {
    if let intake { lastSequence = intake.journal.nextSequence - 1 }
    shared.note { $0.lastSequence = lastSequence }
    if outcome.messages > 0 { quietSince = now }
    feedback.add(outcome.answers, now: now)
    for answer in outcome.answers where knownDevices[answer.device] != answer.profile {
      if knownDevices.count < Self.knownDeviceLimit { knownDevices[answer.device] = answer.profile }
    }
    shared.count(outcome)
    if !outcome.closed.isEmpty { shared.closed(outcome.closed) }
  }

  /// Acknowledgements and answers leave, now that the batch is on disk.
  private func send(_ now: Int64) {
    guard let connection else { return feedback.expire(now: now) }
    do throws(MQTTError) {
      if isReady {
        try feedback.send(
          over: connection,
          plan,
          now: now,
          wall: SystemClock.wall()
        )
      }
      try connection.flush()
    } catch {
      lost(error.description)
    }
  }

  /// A batch could not be stored: nobody may hear of it.
  private func failed(_ error: SQLiteError) {
    log.error(
      "The journal could not be written; nothing of this batch is acknowledged",
      metadata: ["error": "\(error)"]
    )
    shared.note { $0.journalError = error.description }
    // Abandoned, not disconnected: a disconnect would send the acknowledgements that wait.
    drop(interrupted: false)
    intake = nil
    reopen.failed(SystemClock.monotonic())
  }

  private func housekeeping(_ now: Int64) {
    guard let intake, now - lastHousekeeping >= 1000 else { return }
    lastHousekeeping = now
    if intake.isDoubtful,
      now - quietSince >= Self.quiet || now - sessionSince >= Self.longestDoubt
    {
      intake.endDoubt()
    }
    feedback.expire(now: now)
    intake.answered(through: feedback.answeredThrough(lastSequence))
    noteClock()
    if space.check() { announceSpace() }
    shared.note { $0.feedbackDropped = feedback.dropped }
  }

  private func noteClock() {
    guard !clockWasNoted else { return }
    let stamp = clock.stamp()
    guard stamp.synced, let intake else { return }
    do throws(SQLiteError) {
      try intake.journal.noteClockSynced(stamp)
      clockWasNoted = true
    } catch {
      log.warning("The clock's first synchronisation could not be noted: \(error)")
    }
  }

  /// The last turn: what has been read is stored and acknowledged, then we say goodbye.
  private func finish() {
    if intake != nil { turn() }
    if let intake {
      intake.answered(through: feedback.answeredThrough(lastSequence))
      if intake.hasUnstoredMarks {
        _ = try? intake.process([], at: clock.stamp())
      }
    }
    if let connection, isReady {
      _ = try? connection.publish(
        settings.broker.statusTopic,
        settings.status("offline", of: instance),
        retained: true
      )
      try? connection.flush()
      connection.disconnect()
    }
    connection = nil
    intake = nil
    shared.mailbox.close()
  }
}
