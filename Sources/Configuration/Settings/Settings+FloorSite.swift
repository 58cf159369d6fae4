public import Floor
internal import Odoo

extension Settings {
  /// All that the configuration says about the floor, as the interpreter takes it.
  public var floorSite: FloorSite {
    var policy = floor.policy
    policy.openTransfers = limits.openTransfers
    var roles: [String: StationRole] = [:]
    for station in stations { roles[station.name] = station.role }
    var names: [String: String] = [:]
    for supervisor in supervisors { supervisor.badge.reveal { names[$0] = supervisor.name } }
    var site = FloorSite(
      policy: policy,
      rules: floor.rules,
      stations: roles,
      supervisors: names,
      packageNumbers: packageNumbers,
      trackingPrefixes: floor.trackingPrefixes,
      region: floor.barcodeRegion
    )
    site.trustsClock = floor.trustClock
    return site
  }
}
