internal import Floor
internal import Intake
internal import Journal
internal import Testing

/// The site's own numbers for packages, across restarts of the agent.
struct PackageNumberTests {
  private func site(last: Int64) -> FloorSite {
    FloorSite(
      packageNumbers: SSCCRange(
        extensionDigit: 3,
        companyPrefix: "4012345",
        first: 1,
        last: last
      )
    )
  }

  private func pack(_ gateway: Gateway, _ number: Int) throws -> String? {
    try gateway.take(.scan(Stock.bolt, .ownJSON, number: number))
    try gateway.take(.scan("OBTPACK", .ownJSON, number: number + 1))
    return try gateway.codes().last
  }

  private func packages(_ gateway: Gateway) throws -> [String] {
    try gateway.intake.journal.stations()["one"]?.station.tally?.packages.map(\.name) ?? []
  }

  @Test func noNumberIsGivenTwiceAfterARestart() throws {
    let gateway = try Gateway(site(last: 2))
    try gateway.take(.scan("WH/OUT/00001", .ownText, number: 0))
    #expect(try pack(gateway, 1) == "packed")
    try gateway.restart()
    #expect(try pack(gateway, 3) == "packed")
    #expect(try packages(gateway) == ["340123450000000017", "340123450000000024"])
    try gateway.restart()
    #expect(try pack(gateway, 5) == "no_package_numbers")
  }

  @Test func aNumberThatWasTakenBackIsNotGivenAgainAfterARestart() throws {
    let gateway = try Gateway(site(last: 9))
    try gateway.take(.scan("WH/OUT/00001", .ownText, number: 0))
    #expect(try pack(gateway, 1) == "packed")
    try gateway.take(.scan("OCDCANC", .ownText, number: 3))
    try gateway.restart()
    try gateway.take(.scan("OBTPACK", .ownText, number: 4))
    #expect(try packages(gateway) == ["340123450000000024"])
  }
}
