internal import JSON

/// One refresh from its start to its end: a stack of tasks, and the changes that wait.
struct Run {
  let kind: RefreshKind
  let startedAt: Int64
  let now: Duration?
  /// False if the refresh before this one is so near that a row may have changed within a second.
  let isApart: Bool
  let schema: MirrorSchema
  /// The state as it will be at the end.
  var state: MirrorState
  var names: NameCache
  var summary: MirrorRefresh.Summary
  /// What is left to do; the last is next.
  var tasks: [Task] = []
  /// What is left to apply before the next task; the first is next.
  var changes: [MirrorChange] = []
  /// The state as it was at the start.
  let original: MirrorState

  /// Transfers that must be read.
  var affected: Set<Int> = []
  /// Open transfers that a load or a comparison has listed.
  var listed: Set<Int> = []
  /// Newest write dates that the polls have found.
  var newest: [TransferSource: Int64] = [:]
  /// Rows that the polls have found to be new or not settled, with their dates.
  var touched: [TransferSource: [Int: Int64]] = [:]
  /// Tables that were not complete before this run.
  var firstLoads: Set<MirrorTable> = []
  /// True once operation types were read in this run.
  var hasReadTypes = false

  /// Most rows of one answer of a poll or of a page of master data.
  static let pageRows = 1000
  /// Most ids of one answer of a comparison of master data.
  static let pageIDs = 5000
  /// Transfers that are read whole at a time; with their moves and lines about 300 kB of answers.
  static let transfersAtOnce = 50
  /// Transfers whose moves and lines are compared at a time.
  static let comparedAtOnce = 200

  /// One thing to do: a call and its answer, or a step between calls.
  enum Task {
    case warehouses
    case types(pick: Set<Int>, pack: Set<Int>)
    case units
    case companies
    case nomenclature(Int)
    case rules(Row)
    case probe(TransferSource)
    case poll(TransferSource, after: Int, ceiling: Int64?)
    case ceiling(TransferSource, after: Int)
    case load(after: Int)
    case compare(after: Int)
    case compareRows(TransferSource, [Int: Fingerprint])
    case judge([Int: Fingerprint])
    case vanished
    case plan
    case pickings([Int])
    case moves(TransferBatch)
    case lines(TransferBatch)
    case names(NameCache.Kind, TransferBatch)
    case ancestors(TransferBatch)
    case build(TransferBatch)
    case settle
    case probeTable(MirrorTable)
    case page(MirrorTable, after: Int, newest: Int64)
    case ids(MirrorTable, after: Int)
    case end
  }

  init(
    kind: RefreshKind,
    startedAt: Int64,
    now: Duration?,
    lastRun: Duration?,
    state: MirrorState,
    names: NameCache,
    schema: MirrorSchema
  ) {
    self.startedAt = startedAt
    self.now = now
    self.schema = schema
    self.state = state
    original = state
    self.names = names
    isApart =
      if let now, let lastRun { now - lastRun >= .seconds(1) } else { true }
    switch kind {
    case .transfers(let depth):
      let depth = state.sources == nil ? .everything : depth
      self.kind = .transfers(depth)
      summary = MirrorRefresh.Summary(kind: self.kind, complete: depth != .changes)
      // Names may have been changed; the rare refreshes read them again.
      if depth != .changes { self.names = NameCache() }
    case .masterData(let depth):
      self.kind = kind
      summary = MirrorRefresh.Summary(kind: kind, complete: depth != .changes)
      // What is not there has been read; should its module be installed, all of it is new.
      for table in MirrorTable.allCases where !schema.exists(table) {
        self.state.tables[table] = TableState(watermark: Watermark(newest: 0, since: now))
      }
    }
    tasks = firstTasks().reversed()
  }

  private func firstTasks() -> [Task] {
    switch kind {
    case .transfers(let depth):
      var first: [Task] = []
      if state.types.isEmpty { first.append(.warehouses) }
      if state.ratios.isEmpty { first.append(.units) }
      switch depth {
      case .everything:
        return first + TransferSource.allCases.map { .probe($0) }
          + [.load(after: 0), .vanished, .plan, .settle, .end]
      case .changes: return first + polls + [.plan, .settle, .end]
      case .compare:
        return first + polls + [.plan, .compare(after: 0), .vanished, .plan, .settle, .end]
      }
    case .masterData:
      let tables = MirrorTable.allCases.filter(schema.exists)
      return [.warehouses, .units, .companies] + tables.map { .probeTable($0) } + [.end]
    }
  }

  private var polls: [Task] {
    TransferSource.allCases.map { .poll($0, after: 0, ceiling: nil) }
  }

  mutating func nextTask() -> Task? { tasks.popLast() }

  mutating func nextChange() -> MirrorChange? { changes.isEmpty ? nil : changes.removeFirst() }

  /// Puts tasks in front of all others, in their order.
  mutating func go(_ next: Task...) { tasks.append(contentsOf: next.reversed()) }

  /// The answer as rows.
  func rows(_ json: JSON, of task: Task) throws(OdooFailure) -> [Row] {
    guard let elements = json.array else { throw malformed("a list of records", task) }
    var rows: [Row] = []
    rows.reserveCapacity(elements.count)
    for element in elements {
      guard let row = Row(element) else { throw malformed("records with an id", task) }
      rows.append(row)
    }
    return rows
  }

  func malformed(_ expected: String, _ task: Task) -> OdooFailure {
    let call = call(for: task)
    return OdooFailure(
      kind: .contract,
      name: "mirror.malformed",
      message: "\(call?.model ?? "") \(call?.method ?? ""): expected \(expected)"
    )
  }
}
