import Desk
import Floor
import JSON
import Odoo
import Testing

@Suite("What Odoo and the floor say") struct DetailTests {
  @Test func comesBackAsItWasStored() throws {
    let detail = ExceptionDetail(
      odoo: "3 × Bolt",
      floor: "5 × Bolt",
      versions: .init(
        basis: .done,
        lines: [
          .init(productID: 1, product: "Bolt", odoo: Quantity(3), floor: Quantity(5)),
          .init(productID: 2, lot: "L1", package: "P1", odoo: nil, floor: Quantity("0.25")),
        ]
      )
    )
    let stored = try JSON.parse(detail.json.text)
    #expect(ExceptionDetail(json: stored) == detail)
  }

  @Test func readsWhatOlderVersionsHaveStored() throws {
    let stored = try JSON.parse(#"{"odoo": "cancelled", "floor": "5 × Bolt"}"#)
    let detail = try #require(ExceptionDetail(json: stored))
    #expect(detail.versions == nil && detail.odoo == "cancelled")
  }
}
