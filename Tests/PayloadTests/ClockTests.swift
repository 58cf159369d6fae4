internal import Floor
internal import Journal
internal import Testing

/// Hazard `clock`: a date is believed once a time server was heard since the boot.
struct ClockTests {
  private func gateway(trusts: Bool = false) throws -> Gateway {
    var site = FloorSite()
    site.trustsClock = trusts
    let gateway = try Gateway(site)
    gateway.stamp.synced = false
    try gateway.take(.scan("WH/OUT/00002", .ownText, number: 0))
    return gateway
  }

  private func scanExpired(_ gateway: Gateway, _ number: Int) throws -> String? {
    try gateway.take(.scan("LOT-OLD", .ownJSON, number: number))
    return try gateway.codes().last
  }

  @Test func clock() throws {
    let gateway = try gateway()
    #expect(try scanExpired(gateway, 1) == "counted")
    gateway.stamp.synced = true
    #expect(try scanExpired(gateway, 2) == "expired_lot")
    // The time server is gone again: the clock was right and goes on.
    gateway.stamp.synced = false
    #expect(try scanExpired(gateway, 3) == "expired_lot")
    try gateway.restart()
    #expect(try scanExpired(gateway, 4) == "expired_lot")
    // After a new boot nothing is known.
    gateway.stamp.boot = 2
    #expect(try scanExpired(gateway, 5) == "counted")
  }

  @Test func clockOfItsOwnIsTrusted() throws {
    #expect(try scanExpired(try gateway(trusts: true), 1) == "expired_lot")
  }
}
