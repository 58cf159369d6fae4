internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator

/// A mirror that is refreshed between two changes of the same second.
///
/// `write_date` arrives cut to seconds; since 19 a search with `>` skips the rest of that second.
public enum MirrorHistory {
  /// Whether the refresh after the second change has seen it.
  ///
  /// - Parameter newerOnly: Negative control: `>` and the newest date, instead of `>=` and an
  ///   overlap.
  public static func seesBoth(version major: Int, newerOnly: Bool) throws -> Bool {
    let scenery = try Scenery.of(major)
    let odoo = SimulatedOdoo(copying: scenery.odoo) { 1_800_000_000_000_000 }
    var names: [String] = []
    for _ in 0..<2 {
      let order = try odoo.admin.order([("BOLT", 1)])
      names.append(order.at(pointer: "/transfers/0/name")?.string ?? "")
    }
    var refresh = MirrorRefresh(major: major, fields: scenery.fields.names)
    refresh.asksForNewerOnly = newerOnly
    var seen: [String: Transfer.State] = [:]
    try run(&refresh, 1, scenery, odoo, &seen)
    odoo.admin.advance(by: .seconds(300))
    for (number, name) in names.enumerated() {
      try odoo.admin.person(["do": "cancel", "transfer": .string(name)])
      try run(&refresh, 300 + number, scenery, odoo, &seen)
    }
    return names.allSatisfy { seen[$0] == .cancelled }
  }

  private static func run(
    _ refresh: inout MirrorRefresh,
    _ second: Int,
    _ scenery: Scenery,
    _ odoo: SimulatedOdoo,
    _ seen: inout [String: Transfer.State]
  ) throws {
    let session = OdooSession(
      carrier: .jsonRPC,
      database: "demo",
      uid: scenery.uid,
      key: Secret("demo-key"),
      version: Odoo.OdooVersion(major: scenery.major)
    )
    var step = refresh.start(.realTime, startedAt: Int64(second), now: .seconds(second))
    while true {
      switch step {
      case .call(let call):
        step = refresh.resume(session.decode(odoo.answer(session.request(for: call))))
      case .apply(let change):
        if case .transfers(let transfers, _) = change {
          for transfer in transfers { seen[transfer.name] = transfer.state }
        }
        step = refresh.proceed()
      case .finished: return
      case .failed(let failure): throw failure
      }
    }
  }
}
