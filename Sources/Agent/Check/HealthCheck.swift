public import Configuration
public import Floor
internal import Glibc
internal import Journal
internal import MQTT

/// Looks at everything that the agent needs, and says what to do about what is missing.
public struct HealthCheck {
  let settings: AgentSettings
  let feedback: FeedbackPlan

  /// A check of a configuration that was read without an error.
  public init(settings: Settings, secrets: Secrets, feedback: FeedbackPlan) {
    self.settings = AgentSettings(settings, secrets)
    self.feedback = feedback
  }

  /// All findings, in the order in which a box is set up.
  public func run() -> [Finding] {
    [Finding("configuration", .good, "read and checked")]
      + languages() + directory() + [clock(), broker()] + odoo()
  }

  private func languages() -> [Finding] {
    feedback.languages.filter { $0.code != Language.englishCode && !$0.missing.isEmpty }.map {
      Finding(
        "language",
        .warning,
        "\($0.code) has no text for \($0.missing.count) sentences; they are said in English",
        hint: "Add to its file, from en.toml: "
          + $0.missing.prefix(10).map(\.key).joined(separator: ", ")
      )
    }
  }

  private func directory() -> [Finding] {
    let path = settings.directory
    guard access(path, R_OK | W_OK | X_OK) == 0 else {
      return [
        Finding(
          "storage",
          .problem,
          "\(path): \(String(cString: strerror(errno)))",
          hint: "Create it for the user that runs the agent: install -d -o tallyman -m 0750 \(path)"
        )
      ]
    }
    var space = SpaceWatch(directory: path, minimumFree: settings.minimumFree)
    _ = space.check()
    let free = "\(space.free >> 20) MiB free in \(path)"
    let disk =
      space.isShort
      ? Finding(
        "storage",
        .problem,
        free,
        hint: "Free space: below storage.minimum_free the agent reads no events."
      )
      : Finding("storage", .good, free)
    return [disk, journal()]
  }

  private func journal() -> Finding {
    guard access("\(settings.directory)/journal.db", F_OK) == 0 else {
      return Finding("journal", .good, "none yet; it is made at the first start")
    }
    do throws(JournalError) {
      let reader = try JournalReader(directory: settings.directory)
      let counts = (try? reader.counts()) ?? [:]
      let parked = counts[.parked] ?? 0
      if parked > 0 {
        return Finding(
          "journal",
          .warning,
          "\(parked) confirmations need a decision",
          hint: "See: tallyman queue list"
        )
      }
      return Finding("journal", .good, "\((try? reader.eventCount()) ?? 0) events")
    } catch {
      return Finding("journal", .problem, error.message, hint: error.hint)
    }
  }

  private func clock() -> Finding {
    SystemClock.isSynced()
      ? Finding("clock", .good, "synchronised")
      : Finding(
        "clock",
        .warning,
        "not synchronised; the agent works, but times in reports may be wrong",
        hint: "Set up NTP: timedatectl set-ntp true"
      )
  }

  private func broker() -> Finding {
    var visit = settings.broker
    visit.clientID = "\(visit.clientID)-check-\(getpid())"
    visit.keepsSession = false
    // The status topic belongs to the running agent.
    visit.statusTopic += "/check"
    let place = "\(visit.host):\(visit.port)"
    guard TCPProbe.answers(visit.host, visit.port) else {
      return Finding(
        "broker",
        .problem,
        "nothing answers at \(place)",
        hint: "Is mosquitto running? systemctl status mosquitto"
      )
    }
    let first = visitBroker(visit, place, version5: true)
    guard first.level == .problem else { return first }
    // Some brokers close the connection of a protocol that they do not know.
    let second = visitBroker(visit, place, version5: false)
    return second.level == .problem ? first : second
  }

  private func visitBroker(
    _ visit: BrokerSettings,
    _ place: String,
    version5: Bool
  ) -> Finding {
    do throws(MQTTError) {
      let connection = try IntakeConnection(visit, version5: version5)
      let deadline = SystemClock.monotonic() + 5000
      while SystemClock.monotonic() < deadline {
        if let answer = answer(of: connection, at: place) { return answer }
        var poller = pollfd(
          fd: connection.socket,
          events: Int16(POLLIN | (connection.wantsWrite ? POLLOUT : 0)),
          revents: 0
        )
        poll(&poller, 1, 100)
        do throws(MQTTError) {
          try connection.flush()
          if poller.revents & Int16(POLLIN) != 0 { try connection.receive(limit: 10) }
          try connection.tick()
        } catch {
          // A broker that refuses says why, and then hangs up.
          if let answer = answer(of: connection, at: place) { return answer }
          throw error
        }
      }
      return Finding(
        "broker",
        .problem,
        "\(place) does not answer as an MQTT broker",
        hint: "Check broker.port and broker.tls."
      )
    } catch {
      return Finding("broker", .problem, error.text, hint: error.hint)
    }
  }

  /// What the broker has said to our CONNECT; nil if nothing yet.
  private func answer(of connection: IntakeConnection, at place: String) -> Finding? {
    for event in connection.takeEvents() {
      switch event {
      case .connected:
        connection.disconnect()
        return Finding("broker", .good, "\(place) accepts us")
      // Below 0x80 are the library's own numbers; its error says more.
      case .ended(let reason) where reason >= 0x80:
        return Finding(
          "broker",
          .problem,
          "\(place) refuses us (reason \(reason))",
          hint: "Check broker.user, broker.password_file and the broker's access list."
        )
      case .published, .subscriptionRefused, .ended: break
      }
    }
    return nil
  }
}
