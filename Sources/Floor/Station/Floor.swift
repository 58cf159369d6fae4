/// The floor's interpreter: what an event means at its station.
///
/// A pure state machine. One interpreter serves all devices, so that a keyboard-wedge scanner and
/// a smart handheld end in the same tally. An event that is refused changes nothing but a pending
/// question.
public struct Floor: Sendable {
  /// Stations by name; one comes into being with its first event.
  public private(set) var stations: [String: Station]
  /// What the site decided.
  public let site: FloorSite
  /// The next serial reference for a package; nil where the site has no numbers of its own.
  public private(set) var nextPackage: Int64?

  /// A floor with the stations as the journal has them.
  ///
  /// - Parameter nextPackage: The serial reference to go on with; nil to begin with the first.
  public init(site: FloorSite, stations: [String: Station] = [:], nextPackage: Int64? = nil) {
    self.site = site
    self.stations = stations
    self.nextPackage = site.packageNumbers.map { max($0.first, nextPackage ?? $0.first) }
  }

  /// A floor with one policy for everything.
  public init(policy: FloorPolicy, stations: [String: Station] = [:]) {
    self.init(site: FloorSite(policy: policy), stations: stations)
  }

  /// The answer to an event and what it changed.
  public struct Judgement: Hashable, Sendable {
    /// What the worker is told.
    public var verdict: Verdict
    /// The confirmations, if the event closed transfers; in the order of their application.
    public var confirmations: [Confirmation] = []
    /// The counts of stock that the event finished.
    public var counts: [StockCount] = []
    /// The transfer that the event is about, for its trace.
    public var transfer: String?
    /// The stations that the event changed.
    public var changed: [Changed] = []

    /// A station that an event changed.
    public struct Changed: Hashable, Sendable {
      /// Its name.
      public var name: String
      /// How it was before; nil if it is new.
      public var before: Station?
    }
  }

  /// Judges one event at a station.
  public mutating func judge(
    _ event: EventBody,
    at name: String,
    lookup: some Lookup,
    moment: Moment
  ) -> Judgement {
    if let host = stations[name]?.joined {
      if stays(event, with: host, lookup) {
        var judgement = judgeHere(event, at: host, lookup: lookup, moment: moment)
        resync(name, with: host, &judgement)
        return judgement
      }
      let before = stations[name]
      stations[name]?.joined = nil
      if isPark(event) { return left(host, name, before, lookup) }
      var judgement = judgeHere(event, at: name, lookup: lookup, moment: moment)
      // What is stored of the station still says that it counts with the other one.
      judgement.changed[0].before = before
      if judgement.verdict.signal == .bad { stations[name]?.joined = host }
      return judgement
    }
    return judgeHere(event, at: name, lookup: lookup, moment: moment)
  }

  /// The answer to a station whose feedback was lost says what is counted where it counts.
  private mutating func resync(_ name: String, with host: String, _ judgement: inout Judgement) {
    guard let before = stations[name], before.needsResync else { return }
    stations[name]?.needsResync = false
    judgement.verdict.remarks.append(Messages.countedSoFar(stations[host]?.tally))
    judgement.changed.append(Judgement.Changed(name: name, before: before))
  }

  private mutating func judgeHere(
    _ event: EventBody,
    at name: String,
    lookup: some Lookup,
    moment: Moment
  ) -> Judgement {
    // The work on it holds a copy of the floor; it must be gone before the station is stored, or
    // the whole dictionary would be copied.
    let (judgement, station, taken, next) = evaluate(
      event,
      at: name,
      lookup: lookup,
      moment: moment
    )
    var judged = judgement
    judged.changed = [Judgement.Changed(name: name, before: stations[name])]
    for (other, target) in taken {
      judged.changed.append(Judgement.Changed(name: other, before: stations[other]))
      stations[other]?.remove(target)
    }
    let isOver = stations[name].map { $0.active != station.active } ?? false
    stations[name] = station
    nextPackage = next
    if isOver { release(from: name, &judged) }
    return judged
  }

  /// What stations have counted with is closed or put aside: they do not count with what comes
  /// next.
  private mutating func release(from host: String, _ judged: inout Judgement) {
    for (name, station) in stations where station.joined == host {
      judged.changed.append(Judgement.Changed(name: name, before: station))
      stations[name]?.joined = nil
    }
  }

  private func evaluate<Source: Lookup>(
    _ event: EventBody,
    at name: String,
    lookup: Source,
    moment: Moment
  ) -> (Judgement, Station, [(station: String, target: Confirmation.Target)], Int64?) {
    let before = stations[name] ?? Station()
    var work = Workplace(
      station: before,
      name: name,
      site: site,
      lookup: lookup,
      moment: moment,
      others: self
    )
    let transferBefore = before.tally?.transfer.name
    var verdict = work.judge(event)
    if work.station.needsResync {
      work.station.needsResync = false
      verdict.remarks.append(Messages.countedSoFar(work.station.tally))
    }
    verdict.mirrorAge = lookup.mirrorAge
    let tally = work.station.joined.flatMap { stations[$0]?.tally } ?? work.station.tally
    verdict.transfer = tally?.transfer.name
    let judgement = Judgement(
      verdict: verdict,
      confirmations: work.confirmations,
      counts: work.counts,
      transfer: verdict.transfer ?? work.confirmations.last?.transferName ?? transferBefore
    )
    return (judgement, work.station, work.taken, work.nextPackage)
  }

  /// Answers a scan that may be a redelivery of a counted one: not counted, and the worker is told
  /// what is.
  ///
  /// After a restart of the broker, messages without an id come again and cannot be told from new
  /// ones.
  public mutating func refuseDoubtful(
    at name: String,
    lookup: some Lookup
  ) -> Judgement {
    let before = stations[name]
    let tally = before?.tally
    stations[name, default: Station()].needsResync = false
    let verdict = Verdict(
      signal: .bad,
      code: .doubtful,
      sentence: Messages.doubtful(tally),
      transfer: tally?.transfer.name,
      left: tally?.left(),
      mirrorAge: lookup.mirrorAge
    )
    return Judgement(
      verdict: verdict,
      transfer: tally?.transfer.name,
      changed: [Judgement.Changed(name: name, before: before)]
    )
  }

  /// Marks a station whose feedback was lost; its next answer says what is counted.
  public mutating func requireResync(at name: String) {
    stations[name, default: Station()].needsResync = true
  }
}

// MARK: - Other stations

extension Floor {
  /// Transfers that are open somewhere.
  public var openTransfers: Int { stations.values.reduce(0) { $0 + $1.tallies.count } }

  /// The station that holds the tally of a target.
  func holder(
    of target: Confirmation.Target,
    except name: String
  ) -> (name: String, station: Station)? {
    stations.first { $0.key != name && $0.value.tally(of: target) != nil }
      .map { ($0.key, $0.value) }
  }

  /// The station where a package is in use.
  func station(using package: String, except name: String) -> String? {
    stations.filter { entry in
      entry.key != name
        && entry.value.tallies.contains { tally in
          tally.packages.contains { $0.name == package }
        }
    }.keys.min()
  }

  /// True if a station that counts with `host` goes on doing so.
  private func stays(_ event: EventBody, with host: String, _ lookup: some Lookup) -> Bool {
    guard let tally = stations[host]?.tally, stations[host]?.group == nil else { return false }
    guard !isPark(event) else { return false }
    switch event {
    case .scan(let scan):
      guard let transfer = lookup.transfer(named: ScanText.trimmed(scan.code)) else { return true }
      return tally.target == .transfer(transfer.id)
    case .work(let work):
      return work.transfer.map { $0.lowercased() == tally.transfer.name.lowercased() } ?? true
    default: return true
    }
  }

  private func isPark(_ event: EventBody) -> Bool {
    switch event {
    case .command(.park): true
    case .scan(let scan): FloorCommand(scan.code) == .park
    default: false
    }
  }

  private func left(
    _ host: String,
    _ name: String,
    _ before: Station?,
    _ lookup: some Lookup
  ) -> Judgement {
    let transfer = stations[host]?.tally?.transfer.name
    return Judgement(
      verdict: Verdict(
        signal: .good,
        code: .parked,
        sentence: Messages.leftTo(host, transfer ?? ""),
        mirrorAge: lookup.mirrorAge
      ),
      transfer: transfer,
      changed: [Judgement.Changed(name: name, before: before)]
    )
  }
}
