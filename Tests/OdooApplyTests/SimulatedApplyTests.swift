internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import Testing

/// The apply plan over HTTP against a stand-in for Odoo that answers as the recordings do.
@Suite("Apply plan against the simulator", .serialized)
struct SimulatedApplyTests {
  @Test(
    "a counted delivery is validated once, with its goods and its rest",
    arguments: OdooSimulator.OdooVersion.allCases,
    [SimulatedDelivery.Rest.backorder, .drop]
  )
  func applies(version: OdooSimulator.OdooVersion, rest: SimulatedDelivery.Rest) throws {
    let delivery = try SimulatedDelivery(version)
    delivery.confirmation.rest = rest
    #expect(delivery.wrongs(delivery.run()) == [])
    // A second plan finds it done, and writes nothing.
    let before = delivery.calls.count
    #expect(delivery.wrongs(delivery.run()) == [])
    #expect(delivery.calls[before...].allSatisfy { !$0.writes })
  }

  @Test(
    "whatever call fails, the end is the same",
    arguments: [
      (.v17, .lostAnswer), (.v17, .late), (.v18, .lostRequest), (.v18, .serialization),
      (.v18, .http), (.v19, .lostAnswer), (.v19, .late), (.v19, .databaseDown),
    ] as [(OdooSimulator.OdooVersion, Fault.Kind)]
  )
  func survivesAnyFailure(version: OdooSimulator.OdooVersion, kind: Fault.Kind) throws {
    var failing = 1
    while true {
      let delivery = try SimulatedDelivery(version)
      let outcome = delivery.run { number, _ in
        guard number == failing else { return }
        var fault = Fault(kind, count: 1)
        fault.held = true
        fault.status = 504
        delivery.server.admin.add(fault)
      }
      delivery.server.admin.runHeldCalls()
      #expect(delivery.wrongs(outcome) == [], "\(kind) at call \(failing)")
      guard delivery.calls.count >= failing else { break }
      failing += 1
    }
    #expect(failing > 8)
  }

  @Test("somebody validates at any moment: never an edit of a done transfer")
  func neverEditsDone() throws {
    for version in OdooSimulator.OdooVersion.allCases {
      var moment = 1
      while true {
        let delivery = try SimulatedDelivery(version)
        let name = delivery.confirmation.transferName
        _ = delivery.run { number, _ in
          // Also between the last read and a write, and between a write and the validation.
          guard number == moment else { return }
          _ = try? delivery.server.admin.person(["do": "validate", "transfer": .string(name)])
        }
        let transfer = delivery.server.admin.transfer(name)
        #expect(transfer?["validated_count"] == 1, "at call \(moment)")
        #expect(transfer?["done_edits"] == 0, "at call \(moment)")
        guard delivery.calls.count >= moment else { break }
        moment += 1
      }
    }
  }
}
