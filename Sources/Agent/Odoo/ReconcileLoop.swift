internal import Configuration
internal import Dispatching
public import Floor
internal import Glibc
internal import HTTP
internal import Intake
internal import Journal
internal import Logging
internal import Odoo

/// The thread of what is done once a night: compares with Odoo what was confirmed, keeps the
/// report, and says which receipts are late.
final class ReconcileLoop {
  private let settings: AgentSettings
  private let odoo: AgentSettings.OdooSettings
  private let plan: Settings.Reconcile
  private let link: OdooLink
  private let shared: IntakeShared
  private let log: Logger

  init(
    _ settings: AgentSettings,
    _ odoo: AgentSettings.OdooSettings,
    link: OdooLink,
    shared: IntakeShared,
    log: Logger
  ) {
    self.settings = settings
    self.odoo = odoo
    plan = settings.reconcile
    self.link = link
    self.shared = shared
    self.log = log
  }

  /// How long to wait after a night that came to nothing: half an hour.
  private static let retry: Int64 = 1_800_000
  /// How often the clock is looked at, which may jump: every five seconds.
  private static let look: Int64 = 5000

  /// Runs until the link is stopped.
  func run() {
    guard shared.outbox(unless: { link.isStopping }) != nil else { return }
    let jitter = Int64.random(in: 0...max(0, plan.jitter.milliseconds))
    func next(_ last: Int64?) -> Int64 {
      guard let time = plan.at else { return .max }
      return Nightly.next(
        after: SystemClock.wall(),
        minuteOfDay: time,
        zone: Self.zone(),
        jitter: jitter,
        last: last
      )
    }
    var due = next(lastMade())
    while !link.isStopping {
      let isConnected = link.state.with { $0.connected != nil }
      let isAsked = link.state.with { $0.wantsReconciliation }
      if isAsked || SystemClock.wall() >= due, isConnected {
        link.state.with { $0.wantsReconciliation = false }
        due = night() ? next(nil) : SystemClock.wall() + Self.retry
      }
      let left = due == .max ? Self.look : min(Self.look, max(100, due - SystemClock.wall()))
      _ = link.state.wait(milliseconds: isConnected ? left : Self.look) {
        $0.isStopping || ($0.wantsReconciliation && $0.connected != nil) ? true : nil
      }
    }
  }

  private func lastMade() -> Int64? {
    (try? JournalReader(directory: settings.directory).lastReconciliation())??.made
  }

  private func night() -> Bool {
    warnOfLateReceipts()
    do {
      let reconciler = try Reconciler(
        odoo,
        directory: settings.directory,
        link: link,
        pace: .nightly
      )
      let since = SystemClock.wall() - Int64(plan.days) * 86_400_000
      let report = try reconciler.run(since: since, others: nil)
      guard shared.mailbox.store([.reconciled(report)]) else { return false }
      tell(report)
      return true
    } catch {
      log.warning("The nightly reconciliation came to nothing; it is tried again: \(error)")
      return false
    }
  }

  private func tell(_ report: ReconcileReport) {
    let metadata: Logger.Metadata = [
      "compared": "\(report.compared)", "equal": "\(report.equal)",
      "unexplained": "\(report.unexplained.count)", "see": "tallyman reconcile --last",
    ]
    if report.looksRestored {
      log.critical("Odoo has lost what was applied: was it restored?", metadata: metadata)
    } else if !report.unexplained.isEmpty {
      log.error("What was confirmed and what Odoo has differ", metadata: metadata)
    } else {
      log.notice("Compared with Odoo: nothing needs anybody", metadata: metadata)
    }
  }

  /// Receipts that are named in one line of the log.
  private static let named = 20

  private func warnOfLateReceipts() {
    let late = OpenReceipts.read(directory: settings.directory, now: SystemClock.wall())
      .filter { $0.late != nil }
    guard !late.isEmpty else { return }
    let names = late.prefix(Self.named).map { receipt in
      receipt.supplier.map { "\(receipt.transfer) (\($0))" } ?? receipt.transfer
    }
    log.warning(
      "Receipts are late",
      metadata: [
        "count": "\(late.count)", "transfers": "\(names.joined(separator: ", "))",
        "see": "tallyman receipts --late",
      ]
    )
  }

  /// Milliseconds by which local time is ahead of UTC.
  private static func zone() -> Int64 {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return Int64(parts.tm_gmtoff) * 1000
  }
}

/// Open receipts of the mirror.
public enum OpenReceipts {
  /// Open transfers that are looked at: more than a warehouse has.
  private static let limit = 100_000

  /// The receipts that have not come yet.
  ///
  /// - Parameter now: Milliseconds since 1970.
  public static func read(directory: String, now: Int64) -> [OpenReceipt] {
    let mirror = MirrorReader(directory: directory)
    mirror.begin(at: SystemClock(boot: 0).stamp())
    defer { mirror.end() }
    return OpenReceipt.all(mirror.openTransfers(limit: limit).map(\.transfer), now: now)
  }
}
