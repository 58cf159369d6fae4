import Floor

/// A bench whose paint is reserved by lot, with an expired lot and a supervisor.
func policyBench(
  wall: Int64? = 1_795_000_000_000,
  _ change: (inout FloorPolicy) -> Void
) -> Workbench {
  let mirror = MemoryMirror.warehouse()
  mirror.lots["LOT-OLD"] = [4]
  mirror.expiries["LOT-OLD"] = 1_794_000_000_000
  mirror.products[1]?.weight = .one
  mirror.transfers[1].moves[1].lines[0].lot = Reference(id: 1, name: "LOT-A")
  var site = FloorSite(supervisors: ["BADGE-7": "Anna"])
  change(&site.policy)
  var bench = Workbench(mirror, site: site)
  bench.wall = wall
  return bench
}
