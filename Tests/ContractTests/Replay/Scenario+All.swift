internal import JSON
internal import OdooSimulator

extension Scenario {
  private static let a = "TM-T1-000"
  private static let b = "TM-T1-001"
  private static let lots = "TM-T1-003"
  private static let serials = "TM-T1-004"
  private static let two = Start.order((a, 5), (b, 3))
  private static let one = Start.order((a, 5))

  /// The recorded scenarios that are replayed.
  static let all: [Scenario] = [
    Scenario(number: "00", starts: [one], atOnce: true, versions: []),
    Scenario(number: "01", overJSON2: false),
    Scenario(number: "02", overJSON2: false),
    keyCreate,
    noPassword,
    Scenario(number: "05", starts: [one], unnamedProducts: ["TM-T1-000", "TM-T1-003"]),
    Scenario(number: "06", starts: [one], overJSON2: false),
    Scenario(number: "07", overJSON2: false),
    keyRevoke,
    Scenario(
      number: "09",
      starts: [one],
      before: [
        "validate with a backorder while the integration user has no e-mail address": {
          try $0.perform("users", ["email": false])
        },
        "same call, user has an e-mail address": {
          try $0.perform("users", ["email": "tallyman@example.com"])
        },
      ]
    ),
    Scenario(number: "10", starts: [two, two, two, two]),
    Scenario(number: "11", starts: [two, two, two, two, two, two, one, one]),
    Scenario(number: "12", starts: [one, one, .order(("TM-NOSTOCK", 4))]),
    Scenario(
      number: "13",
      starts: [
        .order((lots, 6)), .order((lots, 2)), .order((lots, 2)), .order((lots, 2)),
        .order((lots, 2)), .order((serials, 2)), .order((serials, 1)), .order((serials, 2)),
        .order((serials, 1)), .order((serials, 1)), .order((serials, 1)),
      ]
    ),
    Scenario(number: "14", starts: [.order(("TM-EXP", 2))], unnamedLot: "EXP-1"),
    Scenario(number: "15", starts: [two, one, one]),
    Scenario(number: "16", starts: [one]),
    Scenario(
      number: "17",
      starts: [.chain(nil, (a, 5), (b, 3))],
      more: [.v17: [.chain("OUT", (a, 5), (b, 3))]]
    ),
    Scenario(number: "18", starts: [one, one, .draft, one, one, one, one, one]),
    Scenario(number: "19", starts: [one], setUp: { try sms(on: $0) }),
    writeDates,
    Scenario(number: "21", starts: [two, one, one, two], action: "# Tallyman confirm v1"),
    Scenario(number: "23", starts: [.receipt((serials, 3), (a, 10))]),
    Scenario(number: "24", starts: [one, one]),
    Scenario(number: "25", starts: [two, two, two, two, .order((serials, 1))]),
    Scenario(number: "26", starts: [one, one], versions: []),
    Scenario(
      number: "27",
      starts: [one],
      setUp: { try setType($0, ["auto_print_delivery_slip": true]) }
    ),
    Scenario(
      number: "28",
      starts: [one, one, one, one],
      before: [
        "validate, picking type create_backorder = always, no skip_backorder": {
          try setType($0, ["create_backorder": "always"])
        },
        "validate, picking type create_backorder = never, no skip_backorder": {
          try setType($0, ["create_backorder": "never"])
        },
      ]
    ),
    Scenario(number: "29", starts: [one]),
    Scenario(number: "30", starts: [one, one, one, one]),
    Scenario(
      number: "31",
      starts: [Start(lines: [(a, 5)], isNamed: false), one, one, one, one, one, one],
      owners: ["A writes 4": 0, "B writes 3": 0]
    ),
    Scenario(
      number: "32",
      starts: [one, one],
      before: [
        "validate; the client gives up after 2 s": { $0.add(held) },
        "state read 3 s later: the server finished the call after the client had gone": {
          _ = $0.runHeldCalls()
        },
        "validate; client gives up after 1 s": { $0.add(held) },
      ]
    ),
    downAndRestart,
    reverseProxy,
    Scenario(
      number: "35",
      starts: [one],
      before: [
        "validate while another writer updates the same picking 100 times a second": {
          $0.add(Fault(.serialization, count: 1, methods: ["button_validate"]))
        }
      ]
    ),
    Scenario(
      number: "36",
      starts: [one],
      unnamedProducts: ["TM-T1-002", "TM-T1-000"],
      setUp: { try $0.perform("users", ["add_group": "sales_team.group_sale_salesman"]) },
      overJSON2: false
    ),
    Scenario(
      number: "38",
      starts: [.chain("PICK", (a, 5), (b, 3)), .chain("PICK", (a, 5), (b, 3))],
      overJSON2: false
    ),
  ]

  private static var held: Fault {
    var fault = Fault(.late, count: 1, methods: ["button_validate"])
    fault.held = true
    fault.blocking = true
    return fault
  }

  private static func sms(on admin: OdooSimulatorAdmin) throws {
    let company = admin.version < .v19 ? "stock_move_sms_validation" : "stock_text_confirmation"
    try admin.seed([
      "settings": [["model": "res.company", "id": 1, "values": [company: true]]]
    ])
  }

  private static func setType(_ admin: OdooSimulatorAdmin, _ values: JSON) throws {
    try admin.seed([
      "settings": [
        [
          "model": "stock.picking.type", "name": "YourCompany: Delivery Orders",
          "values": values,
        ]
      ]
    ])
  }
}
