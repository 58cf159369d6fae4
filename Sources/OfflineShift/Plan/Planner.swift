/// Plans a shift scan by scan, with its own idea of what each scan does.
///
/// All stations work at once, each by its own clock; the plan is their common order. Nothing here
/// knows the agent's code: what is right comes from `docs/flows.md`.
public struct Planner {
  let orders: [MadeOrder]
  let options: PlanOptions
  var shift: Shift
  var chances: Chances
  var desks: [Desk]
  var progress: [Progress]
  /// How often each mistake was made.
  var made: [Mistake: Int] = [:]
  var labels = 0
  /// Orders that can be shipped; nil where that has to be found out again.
  var ready: [Int]?

  /// How far an order has come.
  struct Progress: Sendable {
    var closings: [Step: [[Goods: Int]]] = [:]
    /// Work on picks and packs that waits or is under way.
    var pending = 0
    var isFetching = false
  }

  /// A plan for these orders.
  public init(orders: [MadeOrder], options: PlanOptions) {
    self.orders = orders
    self.options = options
    shift = Shift(orders: orders, version: options.version)
    chances = Chances(seed: options.seed)
    desks = Place.all.map { Desk(place: $0) }
    progress = orders.map { _ in Progress() }
  }

  /// The plan.
  public static func plan(_ orders: [MadeOrder], _ options: PlanOptions) -> Shift {
    var planner = Planner(orders: orders, options: options)
    planner.leaveRetained()
    planner.handOut()
    planner.work()
    planner.fillTheDay()
    planner.chooseKills()
    return planner.shift
  }

  /// The first task of each order, at the station for it.
  private mutating func handOut() {
    for (index, made) in orders.enumerated()
    where made.order.fate == .worked && made.batch == nil {
      guard let step = made.order.route.steps.first else { continue }
      let station =
        switch made.order.route {
        case .receipt: "receiving"
        case .oneStep: "counter"
        case .twoSteps: "picking"
        case .threeSteps: index % 5 == 0 ? "counter" : "picking"
        }
      queue(index, step, at: station, after: 0)
    }
    handOutBatches()
  }

  /// Lets the station whose clock is behind go on, until there is nothing left to do.
  private mutating func work() {
    while true {
      if ready == nil { ready = shippable() }
      let able = desks.indices.filter { !desks[$0].agenda.isEmpty || canBegin($0) }
      guard let next = able.min(by: { desks[$0].clock < desks[$1].clock }) else { return }
      if desks[next].agenda.isEmpty { begin(next) }
      guard !desks[next].agenda.isEmpty else { continue }
      perform(desks[next].agenda.removeFirst(), at: next)
    }
  }

  /// Adds a scan of a station.
  mutating func emit(
    _ desk: Int,
    _ content: Scan.Content,
    _ expects: Expectation,
    _ mistake: Mistake? = nil,
    device: String? = nil,
    about: String = ""
  ) {
    desks[desk].clock += chances.number(2_000...9_000)
    let place = desks[desk].place
    let subject = desks[desk].open.map { "\(orders[$0.task.order].name) \($0.task.step.rawValue)" }
    shift.scans.append(
      Scan(
        station: place.name,
        device: device ?? place.scanners[desks[desk].scanner].name,
        content: content,
        expects: expects,
        mistake: mistake,
        about: [subject, about].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": "),
        time: desks[desk].clock
      )
    )
    if let mistake { made[mistake, default: 0] += 1 }
  }

  /// Stretches the shift to eight hours.
  private mutating func fillTheDay() {
    shift.scans.indices.forEach { index in
      shift.scans[index].time = max(shift.scans[index].time, 0)
    }
    let last = max(shift.scans.map(\.time).max() ?? 1, 1)
    for index in shift.scans.indices {
      shift.scans[index].time = shift.scans[index].time * PlanOptions.shiftMilliseconds / last
    }
  }

  /// Chooses scans of devices that send again, between which the agent is killed.
  private mutating func chooseKills() {
    for number in 0..<options.kills {
      let share = (number + 1) * shift.scans.count / (options.kills + 1)
      let able = shift.scans.indices.dropFirst(share).first { index in
        let scan = shift.scans[index]
        guard case .code = scan.content, scan.mistake == nil else { return false }
        return isJSON(scan.device)
      }
      if let able { shift.kills.insert(able) }
    }
  }

  /// True if a device sends JSON with an id of its own for each event.
  func isJSON(_ device: String) -> Bool {
    Place.all.contains { $0.scanners.contains { $0.name == device && $0.format == .json } }
  }

  /// Messages that lay in the broker before the agent came for the first time.
  private mutating func leaveRetained() {
    for device in Place.leftovers {
      emit(
        0,
        .retained(Catalog.stray.barcode),
        .silence("retained"),
        .retained,
        device: device
      )
    }
  }
}

/// What a plan depends on, besides the orders.
public struct PlanOptions: Sendable {
  /// The series of Odoo: 17, 18 or 19.
  public var version: Int
  /// Where all chances begin.
  public var seed: UInt64
  /// How often the agent is killed.
  public var kills = 2
  /// How many of a hundred occasions for a mistake are taken.
  public var mistakePercent = 40
  /// The last digits of the first label, so that no label is used twice.
  public var firstLabel = 1

  /// Length of the shift by the devices' clocks: eight hours.
  public static let shiftMilliseconds = 8 * 3_600_000

  /// Options for a version and a seed.
  public init(version: Int, seed: UInt64) {
    self.version = version
    self.seed = seed
  }
}
