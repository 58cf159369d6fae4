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

  /// A floor with the stations as the journal has them.
  public init(site: FloorSite, stations: [String: Station] = [:]) {
    self.site = site
    self.stations = stations
  }

  /// A floor with one policy for everything.
  public init(policy: FloorPolicy, stations: [String: Station] = [:]) {
    self.init(site: FloorSite(policy: policy), stations: stations)
  }

  /// The answer to an event and what it changed.
  public struct Judgement: Hashable, Sendable {
    /// What the worker is told.
    public var verdict: Verdict
    /// The confirmation, if the event closed a transfer.
    public var confirmation: Confirmation?
    /// The transfer that the event is about, for its trace.
    public var transfer: String?
  }

  /// Judges one event at a station.
  public mutating func judge(
    _ event: EventBody,
    at name: String,
    lookup: some Lookup,
    moment: Moment
  ) -> Judgement {
    // The work on it holds a copy of the floor; it must be gone before the station is stored, or
    // the whole dictionary would be copied.
    let (judgement, station) = evaluate(event, at: name, lookup: lookup, moment: moment)
    stations[name] = station
    return judgement
  }

  private func evaluate(
    _ event: EventBody,
    at name: String,
    lookup: some Lookup,
    moment: Moment
  ) -> (Judgement, Station) {
    let before = stations[name] ?? Station()
    var work = Workplace(
      station: before,
      name: name,
      policy: site.policy(of: before.tally?.transfer.operation, at: name),
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
    verdict.transfer = work.station.tally?.transfer.name
    let judgement = Judgement(
      verdict: verdict,
      confirmation: work.confirmation,
      transfer: verdict.transfer ?? work.confirmation?.transferName ?? transferBefore
    )
    return (judgement, work.station)
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
    let tally = stations[name]?.tally
    stations[name, default: Station()].needsResync = false
    let verdict = Verdict(
      signal: .bad,
      code: .doubtful,
      sentence: Messages.doubtful(tally),
      transfer: tally?.transfer.name,
      left: tally?.left(),
      mirrorAge: lookup.mirrorAge
    )
    return Judgement(verdict: verdict, transfer: tally?.transfer.name)
  }

  /// Marks a station whose feedback was lost; its next answer says what is counted.
  public mutating func requireResync(at name: String) {
    stations[name, default: Station()].needsResync = true
  }

  /// Transfers that are open somewhere.
  public var openTransfers: Int { stations.values.count { $0.tally != nil } }

  /// The station where a transfer is open.
  func station(holding target: Confirmation.Target, except name: String) -> String? {
    stations.first { $0.key != name && $0.value.tally?.target == target }?.key
  }

  /// The station whose open transfer uses a package.
  func station(using package: String, except name: String) -> String? {
    stations.first { entry in
      entry.key != name && entry.value.tally?.packages.contains { $0.name == package } == true
    }?.key
  }
}
