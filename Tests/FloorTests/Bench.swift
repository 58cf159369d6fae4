import Floor

/// A station under test: what a worker does, and what comes of it.
struct Workbench {
  var floor: Floor
  let mirror: MemoryMirror
  var now: Int64 = 1_000
  /// The wall clock; nil while it was never set.
  var wall: Int64? = 1_795_000_000_000
  var uuids = 0
  var confirmations: [Confirmation] = []
  var counts: [StockCount] = []

  init(_ mirror: MemoryMirror = .warehouse(), policy: FloorPolicy = FloorPolicy()) {
    self.init(mirror, site: FloorSite(policy: policy))
  }

  init(_ mirror: MemoryMirror = .warehouse(), site: FloorSite) {
    floor = Floor(site: site)
    self.mirror = mirror
  }

  @discardableResult
  mutating func judge(_ body: EventBody, at station: String = "pack1") -> Verdict {
    now += 100
    uuids += 1
    let uuid = "uuid-\(uuids)"
    let judgement = floor.judge(
      body,
      at: station,
      lookup: mirror,
      moment: Moment(monotonic: now, wall: wall, makeUUID: { uuid })
    )
    for confirmation in judgement.confirmations {
      confirmations.append(confirmation)
      mirror.close(confirmation)
    }
    counts += judgement.counts
    return judgement.verdict
  }

  @discardableResult
  mutating func scan(_ code: String, at station: String = "pack1") -> Verdict {
    judge(.scan(EventBody.Scan(code: code)), at: station)
  }

  /// The codes of the verdicts of several scans.
  mutating func codes(_ scans: String...) -> [VerdictCode] { scans.map { scan($0).code } }

  /// The codes of the verdicts of several scans at a station.
  mutating func codes(at station: String, _ scans: String...) -> [VerdictCode] {
    scans.map { scan($0, at: station).code }
  }

  func tally(_ station: String = "pack1") -> Tally? { floor.stations[station]?.tally }

  func counted(_ product: Int, at station: String = "pack1") -> Quantity? {
    floor.stations[station]?.tally?.counted(of: product)
  }
}
