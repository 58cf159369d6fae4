public import Configuration
public import Floor
internal import Journal
public import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// The agent: its threads, how they are joined, and the order in which they stop.
///
/// * `intake` talks to the broker and is the only writer of the journal;
/// * `mirror` reads Odoo into `mirror.db`;
/// * `dispatch` and its workers apply confirmations to Odoo;
/// * `reconcile` compares with Odoo once a night;
/// * `desk` keeps the exceptions that are no confirmations.
///
/// They stop in the reverse order: what dispatch still has to note needs the intake.
public struct Agent: Sendable {
  private let settings: AgentSettings
  private let feedback: FeedbackPlan
  private let log: Logger

  /// An agent of a checked configuration.
  public init(settings: Settings, secrets: Secrets, feedback: FeedbackPlan, log: Logger) {
    self.settings = AgentSettings(settings, secrets)
    self.feedback = feedback
    self.log = log
  }

  /// Runs until SIGTERM or SIGINT, or until it has to give up.
  public func run() async throws {
    let shared = IntakeShared()
    var services: [any Service] = [intakeService(shared)]
    if let odoo = settings.odoo {
      let link = OdooLink(requestsPerSecond: odoo.requestsPerSecond)
      services.append(mirrorService(odoo, link, shared))
      services.append(dispatchService(odoo, link, shared))
      services.append(reconcileService(odoo, link, shared))
    }
    services.append(deskService(shared))
    if let options = settings.console {
      let desk = DeskService(directory: settings.directory, shared: shared)
      services.append(ConsoleService(options: options, desk: desk, log: log))
    }
    services.append(Heartbeat(shared: shared, directory: settings.directory))
    // A service that ends by itself during the stop of the others has done nothing wrong; one that
    // fails takes the agent down in order.
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map {
          ServiceGroupConfiguration.ServiceConfiguration(
            service: $0,
            successTerminationBehavior: .ignore,
            failureTerminationBehavior: .gracefullyShutdownGroup
          )
        },
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: log
      )
    )
    log.notice(
      "Tallyman \(AgentVersion.text) starts",
      metadata: ["directory": "\(settings.directory)"]
    )
    let (directory, log) = (settings.directory, log)
    Thread.start("check") { JournalCheck.run(directory: directory, shared: shared, log: log) }
    defer { Systemd.notify("STOPPING=1") }
    try await group.run()
    log.notice("Tallyman has stopped")
  }

  private func dispatchService(
    _ odoo: AgentSettings.OdooSettings,
    _ link: OdooLink,
    _ shared: IntakeShared
  ) -> ThreadService {
    let (settings, log) = (settings, log)
    return ThreadService(name: "dispatch") {
      DispatchLoop(settings, odoo, link: link, shared: shared, log: log).run()
      return nil
    } stop: {
      link.stop()
    }
  }

  private func reconcileService(
    _ odoo: AgentSettings.OdooSettings,
    _ link: OdooLink,
    _ shared: IntakeShared
  ) -> ThreadService {
    let (settings, log) = (settings, log)
    return ThreadService(name: "reconcile") {
      ReconcileLoop(settings, odoo, link: link, shared: shared, log: log).run()
      return nil
    } stop: {
      link.stop()
    }
  }

  private func deskService(_ shared: IntakeShared) -> ThreadService {
    let (directory, log) = (settings.directory, log)
    let isStopping = Monitor(false)
    return ThreadService(name: "desk") {
      DeskLoop(directory: directory, shared: shared, isStopping: isStopping, log: log).run()
      return nil
    } stop: {
      isStopping.change { $0 = true }
    }
  }

  private func mirrorService(
    _ odoo: AgentSettings.OdooSettings,
    _ link: OdooLink,
    _ shared: IntakeShared
  ) -> ThreadService {
    let (settings, log) = (settings, log)
    return ThreadService(name: "mirror") {
      Thread.stepBack()
      MirrorLoop(
        odoo,
        intervals: settings.mirror,
        directory: settings.directory,
        link: link,
        shared: shared,
        log: log
      ).run()
      return nil
    } stop: {
      link.stop()
    }
  }

  private func intakeService(_ shared: IntakeShared) -> ThreadService {
    let (settings, feedback, log) = (settings, feedback, log)
    return ThreadService(name: "intake") {
      let loop = IntakeLoop(
        settings: settings,
        plan: feedback,
        shared: shared,
        openMirror: { MirrorReader(directory: settings.directory) },
        log: log
      )
      loop.run()
      return shared.state.with { $0.failure }
    } stop: {
      shared.stop()
    }
  }
}
