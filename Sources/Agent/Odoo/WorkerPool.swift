internal import Dispatching
internal import Journal
internal import Logging

/// The threads on which attempts run; each keeps its connection to Odoo.
final class WorkerPool {
  struct Jobs {
    var waiting: [Job] = []
    var idle = 0
    var threads = 0
    var isStopping = false
  }

  /// An attempt, or the question how Odoo has it, where somebody accepts that.
  struct Job {
    var uuid: String
    var accepting: OperatorRequest?
  }

  private let jobs = Monitor(Jobs())
  private let makeWorker: @Sendable () -> ApplyWorker?
  private let inbox: Monitor<DispatchLoop.Inbox>
  let memory: Monitor<AttemptMemory>

  init(
    _ settings: AgentSettings,
    _ odoo: AgentSettings.OdooSettings,
    link: OdooLink,
    shared: IntakeShared,
    inbox: Monitor<DispatchLoop.Inbox>,
    log: Logger
  ) {
    self.inbox = inbox
    let memory = Monitor(AttemptMemory(longestCall: odoo.longestCall))
    self.memory = memory
    makeWorker = {
      ApplyWorker(settings, odoo, link: link, shared: shared, memory: memory, log: log)
    }
  }

  /// Begins an attempt on an idle thread, or on a new one.
  func start(_ uuid: String, accepting request: OperatorRequest?) {
    let needsThread = jobs.change { jobs in
      jobs.waiting.append(Job(uuid: uuid, accepting: request))
      guard jobs.idle < jobs.waiting.count else { return false }
      jobs.threads += 1
      return true
    }
    guard needsThread else { return }
    let (jobs, inbox, makeWorker) = (jobs, inbox, makeWorker)
    Thread.start("apply") {
      let worker = makeWorker()
      while true {
        jobs.with { $0.idle += 1 }
        let next = jobs.wait { jobs -> Job?? in
          if jobs.isStopping { return .some(nil) }
          return jobs.waiting.isEmpty ? nil : .some(jobs.waiting.removeFirst())
        }
        jobs.with { $0.idle -= 1 }
        guard let job = next ?? nil else { break }
        let uuid = job.uuid
        let outcome =
          job.accepting.map { worker?.accept(uuid, $0) ?? .later(.unreachable) }
          ?? worker?.attempt(uuid) ?? .later(.unreachable)
        let end = DispatchLoop.End(
          uuid: uuid,
          outcome: outcome,
          reason: worker?.explanation,
          took: worker?.meanTime
        )
        inbox.change { $0.finished.append(end) }
      }
      jobs.change { $0.threads -= 1 }
    }
  }

  /// Ends the threads, and waits for the attempts that are under way.
  func stop() {
    jobs.change { $0.isStopping = true }
    _ = jobs.wait(milliseconds: 2 * OdooLink.grace) { $0.threads == 0 ? true : nil }
  }
}
