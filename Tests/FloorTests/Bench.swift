import Floor

/// A station under test: what a worker does, and what comes of it.
struct Workbench {
  var floor: Floor
  let mirror: MemoryMirror
  var now: Int64 = 1_000
  var uuids = 0
  var confirmations: [Confirmation] = []

  init(_ mirror: MemoryMirror = .warehouse(), policy: FloorPolicy = FloorPolicy()) {
    floor = Floor(policy: policy)
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
      moment: Moment(monotonic: now, makeUUID: { uuid })
    )
    if let confirmation = judgement.confirmation {
      confirmations.append(confirmation)
      mirror.closures[confirmation.target] = Closure(confirmation: confirmation, applied: false)
    }
    return judgement.verdict
  }

  @discardableResult
  mutating func scan(_ code: String, at station: String = "pack1") -> Verdict {
    judge(.scan(EventBody.Scan(code: code)), at: station)
  }

  /// The codes of the verdicts of several scans.
  mutating func codes(_ scans: String...) -> [VerdictCode] { scans.map { scan($0).code } }

  func counted(_ product: Int, at station: String = "pack1") -> Quantity? {
    floor.stations[station]?.tally?.counted(of: product)
  }
}
