public import Floor

/// A floor on which scans are tried: judged as in production, and kept nowhere.
///
/// What is closed here counts as closed and not yet in Odoo, as on a box whose line is down.
public struct Rehearsal<Mirror: MirrorLookup> {
  /// The mirror that is asked.
  public let mirror: Mirror
  /// The interpreter.
  public private(set) var floor: Floor
  /// The station at which the next event happens.
  public var station: String
  private var closed: ClosedTransfers
  /// How many the next scan stands for, as a number keyed in beside it.
  private var keyed: Quantity?

  /// A rehearsal at `station`.
  public init(
    site: FloorSite,
    mirror: Mirror,
    station: String,
    closed: ClosedTransfers = ClosedTransfers()
  ) {
    floor = Floor(site: site)
    self.mirror = mirror
    self.station = station
    self.closed = closed
  }

  /// Judges an event at the current station.
  ///
  /// - Parameter mirrorAge: Age of the mirror in seconds; nil if it was never filled.
  public mutating func judge(
    _ event: EventBody,
    mirrorAge: Int64?,
    moment: Moment
  ) -> Floor.Judgement {
    var event = event
    if case .scan(var scan) = event, let keyed {
      scan.quantity = keyed
      event = .scan(scan)
      self.keyed = nil
    }
    let judgement = floor.judge(
      event,
      at: station,
      lookup: RehearsalLookup(mirror: mirror, closed: closed, mirrorAge: mirrorAge),
      moment: moment
    )
    for confirmation in judgement.confirmations {
      closed.add(Closure(confirmation: confirmation, applied: false))
    }
    return judgement
  }

  /// Lets the next scan stand for a number that was keyed in beside it.
  public mutating func key(_ quantity: Quantity) { keyed = quantity }

  /// What is open at the current station, there or where it counts with another one.
  public var board: Board {
    let own = floor.stations[station] ?? Station()
    let host = own.joined.flatMap { name in floor.stations[name].map { (name, $0) } }
    return Board(host?.1 ?? own, joined: host?.0, mirror: mirror)
  }
}
