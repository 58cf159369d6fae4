/// Makes jobs of transfers.
struct Dispatcher {
  private var labels: Int
  private let prefix: String

  /// Labels count from a number that no earlier shift has used.
  init(firstLabel: Int) {
    labels = firstLabel
    prefix = "TRK"
  }

  /// The job for a ready transfer of an order of the demo.
  mutating func job(for transfer: OdooTransfer, plan: Orders.Plan) -> Job {
    var job = Job(
      transfer: transfer,
      lines: transfer.lines,
      station: plan.picker,
      style: plan.style
    )
    let isOneStep = transfer.step == .ship && !transfer.lines.contains { $0.package != nil }
    switch transfer.step {
    case .pack:
      job.station = "pack"
      job.style = .scan
      job.package = nextLabel()
      job.weighs = true
    case .ship where !isOneStep:
      job.station = "gate"
      job.style = .smart
      job.tracking = nextTracking()
    case .ship:
      job.package = nextLabel()
      job.weighs = plan.style != .raw
      job.tracking = plan.style == .raw ? nil : nextTracking()
    default: break
    }
    let isFirst = transfer.step == .pick || isOneStep
    job.mistakes = plan.mistakes && isFirst
    if plan.leavesRest, isFirst { leaveRest(&job) }
    job.comesBack = plan.comesBack && !job.rest.isEmpty
    return job
  }

  /// The second visit to a transfer that was closed with something left.
  mutating func secondVisit(to job: Job) -> Job {
    var second = job
    second.part += 1
    second.lines = job.rest
    second.rest = []
    second.comesBack = false
    second.mistakes = false
    second.package = job.package.map { _ in nextLabel() }
    second.tracking = job.tracking.map { _ in nextTracking() }
    return second
  }

  /// The job for a ready transfer of a real Odoo.
  mutating func job(for transfer: OdooTransfer, hasTracking: Bool, hasWeights: Bool) -> Job {
    var job = Job(transfer: transfer, lines: transfer.lines, station: "bench", style: .scan)
    let units = job.units
    let isWhole = transfer.lines.contains { $0.package != nil }
    if transfer.step == .ship || transfer.step == .pick, units > 20 || labels % 2 == 1 {
      job.station = transfer.step == .ship ? "gate" : "aisle"
      job.style = .smart
    }
    if transfer.step == .pack { job.station = "pack" }
    if transfer.step == .pack || transfer.step == .ship, !isWhole {
      job.package = nextLabel()
      job.weighs = hasWeights
    } else {
      labels += 1
    }
    if transfer.step == .ship, hasTracking { job.tracking = nextTracking() }
    return job
  }

  /// Leaves one unit of the first line that has more than one.
  private func leaveRest(_ job: inout Job) {
    guard let index = job.lines.firstIndex(where: { $0.quantity > 1 && $0.lot == nil }) else {
      return
    }
    job.lines[index].quantity -= 1
    var rest = job.lines[index]
    rest.quantity = 1
    job.rest = [rest]
  }

  private func nextTrackingNumber() -> String { "\(prefix)\(labels)" }

  private mutating func nextTracking() -> String {
    labels += 1
    return nextTrackingNumber()
  }

  /// An SSCC: extension digit, a company prefix for use inside a company, a running number, and
  /// the check digit of GS1.
  private mutating func nextLabel() -> String {
    labels += 1
    let number = String(labels % 1_000_000_000)
    let digits = "02990022" + String(repeating: "0", count: 9 - number.count) + number
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      sum += (digit.wholeNumberValue ?? 0) * (index % 2 == 0 ? 3 : 1)
    }
    return digits + String((10 - sum % 10) % 10)
  }
}
