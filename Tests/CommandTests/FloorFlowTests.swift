import JSON
import TestKit
import Testing

/// Each flow of `docs/flows.md` at the terminal, without a box, made as by Odoo 17 and 18.
@Suite("Flows at the terminal")
struct FloorFlowTests {
  @Test(arguments: [17, 18]) func picksPacksAndWeighsADelivery(odoo: Int) throws {
    let trial = try Trial(
      [
        "WH/OUT/00001", ":qty 5", "4006381333931", "4012345678901", "4012345678901",
        "4006381333931", "OBTVALI", "PACK0000101", "CARTON-S", ":weight 0.49 unstable",
        ":weight 0.49", ":weight 5", "SUPER-1", "1Z999AA10123456784", "OBTVALI", "OBTVALI",
        "WH/OUT/00001", "OCDDISC",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "opened", "counted", "counted", "counted", "too_many", "confirm_incomplete", "packed",
        "package_typed", "weight_unstable", "weighed", "weight_mismatch", "weighed", "tracked",
        "confirm_incomplete", "confirmed", "opened", "discarded",
      ]
    )
    #expect(trial.confirmations.first?["tracking"]?.string == "1Z999AA10123456784")
    #expect(trial.confirmations.first?["packages"]?.array?.first?["weight"] == .number("5"))
  }

  @Test(arguments: [17, 18]) func asksForLotsAndSerialNumbers(odoo: Int) throws {
    let trial = try Trial(
      [
        "WH/OUT/00002", "4000000000020", "NO-SUCH", "SN-1001", "(01)04000000000020(21)SN-1001",
        "(01)04000000000020(21)SN-1002", "]C1010400000000001310LOT-A^373", "LOT-OLD", "SUPER-1",
        "OBTVALI",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "opened", "scan_lot", "wrong_lot", "counted", "serial_twice", "counted", "counted",
        "expired_lot", "complete", "confirmed",
      ]
    )
    #expect(trial.confirmations.first?["overrides"]?.array?.count == 1)
  }

  @Test(arguments: [17, 18]) func receivesNewLots(odoo: Int) throws {
    let trial = try Trial(
      [
        ":station dock", "WH/IN/00001", "14006381333938", ":qty 10", "BOLT-M8", "4000000000020",
        "SN-9001", "(01)04000000000020(21)SN-9002", "]C101040000000000131728013110LOT-NEW^376",
        "OBTVALI", "WH/OUT/00001",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "opened", "counted", "counted", "scan_lot", "counted", "counted", "complete", "confirmed",
        "wrong_station",
      ]
    )
    let lots = trial.confirmations.first?["lines"]?.array?.compactMap { $0["lot"]?.string }
    #expect(lots == ["LOT-NEW", "SN-9001", "SN-9002"])
  }

  @Test(arguments: [17, 18]) func worksTheNextStepsOnWhatWasPicked(odoo: Int) throws {
    let isThere = odoo == 17
    let trial = try Trial(
      [
        ":station pack1", "TM/PACK/00001", ":station pick1", "TM/PICK/00001", ":qty 4",
        "BOLT-M8", "4000000000013", "LOT-A", "PACK0000105", "OBTVALI", "OBTVALI",
        ":station pack1", isThere ? "TM/PACK/00001" : "TM/PICK/00001", "PAINT", "LOT-B",
        "PACK0000105", "OBTVALI", ":station gate", "GATE-1", "PACK0000105", "PACK0000105", "GATE-1",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        isThere ? "not_ready" : "unknown_transfer", "opened", "counted", "scan_lot", "counted",
        "packed", "confirm_incomplete", "confirmed", "opened", "scan_lot", "wrong_lot", "complete",
        "confirmed", "load_opened", "loaded", "package_twice", "load_closed",
      ]
    )
    #expect(
      trial.closed
        == (isThere
          ? ["TM/PICK/00001", "TM/PACK/00001", "TM/OUT/00001"]
          : ["TM/PICK/00001", "TM/PICK/00001", "TM/PICK/00001"])
    )
    #expect(trial.confirmations.map { $0["next_of"] != nil } == [false, !isThere, !isThere])
  }

  @Test(arguments: [17, 18]) func picksABatch(odoo: Int) throws {
    let trial = try Trial(
      [
        "BATCH/00001", "4006381333931", "OCDCANC", ":qty 2", "4006381333931", "4006381333931",
        "4000000000037", "OBTVALI", "OBTVALI",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "batch_opened", "counted", "undone", "counted", "counted", "complete",
        "confirm_incomplete", "confirmed",
      ]
    )
    #expect(trial.closed == ["WH/OUT/00003", "WH/OUT/00004"])
  }

  @Test(arguments: [17, 18]) func loadsParcelsOfOneCarrier(odoo: Int) throws {
    let trial = try Trial(
      [
        ":station gate", "GATE-1", "4006381333931", "PACK0000021", "PACK0000023", "PACK0000777",
        "PACK0000022", "OCDCANC", "OBTVALI", "OBTVALI",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "load_opened", "scan_parcel", "loaded", "wrong_carrier", "package_unknown", "loaded",
        "undone", "confirm_incomplete", "load_closed",
      ]
    )
  }

  @Test(arguments: [17, 18]) func countsStock(odoo: Int) throws {
    let trial = try Trial(
      [
        "TM-COUNT", "4006381333931", "LOC-A1", "4006381333931", "14006381333938", "LOT-A",
        "OCDCANC", "LOC-STOCK", "(01)04000000000020(21)SN-1001", "OBTVALI",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "count_opened", "count_needs_location", "count_location", "count_counted", "count_counted",
        "count_counted", "undone", "count_location", "count_counted", "count_closed",
      ]
    )
    let places = trial.counts.compactMap { $0["location"]?["name"]?.string }
    #expect(places == ["WH/Stock/A1", "WH/Stock"])
  }

  @Test(arguments: [17, 18]) func parksJoinsAndOpensWithoutAList(odoo: Int) throws {
    let trial = try Trial(
      [
        "WH/OUT/00001", "4006381333931", "WH/OUT/00010", "WH/OUT/00010", "WH/OUT/00001",
        ":station helper", "WH/OUT/00001", "4006381333931", "TM-PARK", ":station express",
        "WH/OUT/00010", ":qty 2", "NUT-M8", ":station other", "WH/OUT/00011", ":wait 20m",
        "WH/OUT/00011", "4006381333931", "OBTVALI",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "opened", "counted", "confirm_park", "opened", "resumed", "joined", "counted", "parked",
        "opened", "confirmed", "unknown_transfer", "blind_opened", "counted", "confirmed",
      ]
    )
  }

  @Test(arguments: [17, 18]) func opensByGoodsAndByWholePackages(odoo: Int) throws {
    let trial = try Trial(
      [
        "4000000000037", "OCDDISC", "OCDDISC", "PACK0000009", "PACK0000009", "OBTVALI",
        "4006381333931", "WH/OUT/00006", "WH/OUT/00008", "WH/OUT/00009", "WHOUT", "XYZ",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == [
        "counted", "confirm_discard", "discarded", "complete", "package_twice", "confirmed",
        "ambiguous_transfer", "not_ready", "already_done", "cancelled", "operation_type",
        "unknown_barcode",
      ]
    )
  }

  @Test(arguments: [17, 18]) func takesEventsOfHandhelds(odoo: Int) throws {
    let nuts = #"{"transfer":"WH/OUT/00010","lines":[{"code":"4012345678901","quantity":2}]}"#
    let trial = try Trial(
      [
        ":event pick \(nuts)", #":event ship {"validate":true}"#,
        #":event count {"location":"LOC-A1","code":"4006381333931","quantity":7}"#,
      ],
      odoo: odoo
    )
    #expect(trial.codes == ["complete", "confirmed", "count_closed"])
  }

  @Test(arguments: [17, 18]) func weighsCheeseByItsLabels(odoo: Int) throws {
    let trial = try Trial(
      [
        "WH/OUT/00007", "(01)02812340000002(3103)000750", "2812349007507", "OBTVALI", "OBTVALI",
      ],
      odoo: odoo
    )
    #expect(
      trial.codes == ["opened", "counted", "counted", "confirm_incomplete", "confirmed"]
    )
    #expect(trial.confirmations.first?["lines"]?.array?.first?["quantity"] == .number("1.5"))
  }
}
