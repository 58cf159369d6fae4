import Floor
import Testing

@Suite("Open receipts")
struct OpenReceiptTests {
  private func transfer(
    _ id: Int,
    _ scheduled: Int64?,
    step: Transfer.Step = .receive,
    state: Transfer.State = .assigned
  ) -> Transfer {
    Transfer(
      id: id,
      name: "WH/IN/\(id)",
      state: state,
      operation: Transfer.Operation(typeID: 1, step: step, warehouse: 1),
      locationID: 4,
      destinationID: 8,
      partner: "Acme",
      scheduled: scheduled,
      chain: "P\(id)",
      moves: []
    )
  }

  @Test func namesThoseWhoseDateHasPassed() {
    let found = OpenReceipt.all(
      [
        transfer(1, 900), transfer(2, 1100), transfer(3, 500), transfer(4, nil),
        transfer(5, 100, step: .ship), transfer(6, 100, state: .done),
        transfer(7, 100, state: .cancelled), transfer(8, 100, state: .draft), transfer(9, 1000),
      ],
      now: 1000
    )
    #expect(found.map(\.transfer) == ["WH/IN/3", "WH/IN/1", "WH/IN/9", "WH/IN/2", "WH/IN/4"])
    #expect(found.map(\.late) == [500, 100, nil, nil, nil])
    #expect(found[0].supplier == "Acme")
  }
}
