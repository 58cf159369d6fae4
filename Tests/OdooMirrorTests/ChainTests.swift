internal import Floor
internal import JSON
internal import Odoo
internal import Testing

struct ChainTests {
  private func chains(
    _ odoo: inout FakeOdoo,
    fields: [String: Set<String>] = [:]
  ) throws -> [Int: String] {
    var refresh = MirrorRefresh(major: odoo.major, fields: fields)
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .realTime, &odoo)
    return mirror.transfers.mapValues(\.chain)
  }

  @Test(arguments: [17, 18])
  func stepsAndBackordersOfAGroupShareAKey(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    let pick = odoo.order(type: 13, ["group_id": 4])
    let pack = odoo.order(type: 14, ["group_id": 4])
    let ship = odoo.order(type: 12, ["group_id": [4, "S00012"]])
    let backorder = odoo.order(type: 13, ["group_id": 4, "backorder_id": .int(pick)])
    let other = odoo.order(type: 13, ["group_id": 5])
    let keys = try chains(&odoo)
    #expect(Set([pick, pack, ship, backorder].map { keys[$0] }) == ["group:4"])
    #expect(keys[other] == "group:5")
  }

  @Test func stepsOfAReferenceShareAKeyOn19() throws {
    var odoo = FakeOdoo(major: 19)
    let pick = odoo.order(type: 13, ["reference_ids": [9]])
    let merged = odoo.order(type: 14, ["reference_ids": [12, 9]])
    let keys = try chains(&odoo)
    #expect(keys[pick] == "reference:9")
    #expect(keys[merged] == "reference:9")
  }

  @Test func theOriginServesWhereThereAreNoReferences() throws {
    var odoo = FakeOdoo(major: 19)
    let pick = odoo.order(type: 13, ["origin": "S00012"])
    let ship = odoo.order(type: 12, ["origin": "S00012"])
    let keys = try chains(&odoo, fields: ["stock.picking": ["name", "origin"]])
    #expect(keys[pick] == "origin:S00012")
    #expect(keys[ship] == keys[pick])
    #expect(!odoo.calls.contains { "\($0.arguments)".contains("reference_ids") })
  }

  @Test(arguments: [17, 19])
  func backordersOfManualTransfersShareTheNameOfTheFirst(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    let first = odoo.order(["name": "WH/OUT/00001", "origin": "same"])
    odoo.close(first, "done")
    let second = odoo.order(["name": "WH/OUT/00002", "backorder_id": .int(first)])
    odoo.close(second, "done")
    let third = odoo.order(["name": "WH/OUT/00003", "backorder_id": .int(second)])
    let other = odoo.order(["name": "WH/OUT/00004", "origin": "same"])
    let orphan = odoo.order(["name": "WH/OUT/00005", "backorder_id": 9999])
    let keys = try chains(&odoo)
    #expect(keys[third] == "WH/OUT/00001")
    #expect(keys[other] == "WH/OUT/00004")
    #expect(keys[orphan] == "WH/OUT/00005")
  }
}
