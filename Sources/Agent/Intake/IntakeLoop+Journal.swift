internal import Floor
internal import Intake
internal import Journal
internal import Logging

extension IntakeLoop {
  /// Opens the journal and goes on where it ends; false if it must be tried again later.
  func openJournal(_ now: Int64) -> Bool {
    guard reopen.isDue(now) else { return false }
    do {
      let journal = try Journal(directory: settings.directory)
      clock = SystemClock(
        boot: try journal.noteBoot(SystemClock.bootID(), wall: SystemClock.wall())
      )
      var intakeSettings = settings.intake
      intakeSettings.site.seededBugs = broken.floor
      let intake = try Intake(
        journal: journal,
        profiles: profiles,
        settings: intakeSettings,
        mirror: openMirror(),
        makeUUID: Randomness.uuid
      )
      intake.forgetsEvents = broken.forgetsEvents
      wasInterrupted = try wasInterrupted || bootChanged(journal)
      lastSequence = journal.nextSequence - 1
      feedback.add(try intake.answersAfterRestart(at: clock.stamp()), now: now)
      shared.opened(
        try journal.outbox().map(\.entry) + journal.countOutbox(),
        boot: clock.boot,
        binding: try journal.meta(OdooBinding.name)
      )
      self.intake = intake
      reopen.succeeded()
      shared.note { $0.journalError = nil }
      return true
    } catch let error as JournalError {
      journalFailed(error.description, now)
      // Nothing that waiting could mend.
      if error.kind == .newer || (error.kind == .inUse && shared.isStarting) {
        shared.stopWith(failure: error.description)
      }
    } catch {
      journalFailed("\(error)", now)
    }
    return false
  }

  private func journalFailed(_ text: String, _ now: Int64) {
    reopen.failed(now)
    shared.note { $0.journalError = text }
    log.error("The journal cannot be opened", metadata: ["error": "\(text)"])
  }

  /// True if the machine was started since the last event: the broker was too.
  private func bootChanged(_ journal: Journal) throws(SQLiteError) -> Bool {
    guard let last = try journal.lastBoot() else { return false }
    return last != clock.boot
  }
}
