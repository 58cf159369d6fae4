internal import Floor

/// What devices send until a certain verdict comes.
struct Scenario: Sendable {
  var code: VerdictCode
  var site = FloorSite(trackingPrefixes: ["1Z"])
  /// False: Odoo was never there.
  var isFresh = true
  var steps: [Step]

  /// One thing that happens.
  enum Step: Sendable {
    /// A scan; the devices of the station take turns.
    case scan(String, at: String)
    case send(Payload)
    /// Somebody lowers the demand of WH/PICK/00008 in Odoo, and the mirror is refreshed.
    case odooAsks(bolts: Int)
    /// The broker was restarted, so that what comes may have come before.
    case brokerRestart
  }

  /// Scans at the first station.
  static func scans(
    _ code: VerdictCode,
    _ codes: String...,
    site change: (inout FloorSite) -> Void = { _ in }
  ) -> Scenario {
    scenario(code, codes.map { .scan($0, at: "one") }, site: change)
  }

  /// Scans at the first station, then others at the second one.
  static func scans(
    _ code: VerdictCode,
    _ first: [String],
    then second: [String],
    site change: (inout FloorSite) -> Void = { _ in }
  ) -> Scenario {
    let steps = first.map { Step.scan($0, at: "one") } + second.map { .scan($0, at: "two") }
    return scenario(code, steps, site: change)
  }

  /// Scans at the first station, then a message.
  static func sends(
    _ code: VerdictCode,
    after codes: [String] = [],
    _ payloads: Payload...,
    site change: (inout FloorSite) -> Void = { _ in }
  ) -> Scenario {
    let steps = codes.map { Step.scan($0, at: "one") } + payloads.map { .send($0) }
    return scenario(code, steps, site: change)
  }

  static func scenario(
    _ code: VerdictCode,
    _ steps: [Step],
    isFresh: Bool = true,
    site change: (inout FloorSite) -> Void = { _ in }
  ) -> Scenario {
    var scenario = Scenario(code: code, isFresh: isFresh, steps: steps)
    change(&scenario.site)
    return scenario
  }

  /// The verdicts that the journal holds after it, with scans that begin with a certain scanner.
  func play(from first: Int) throws -> [String] {
    let gateway = try Gateway(site, isFresh: isFresh)
    let scanners = Payload.Scanner.allCases
    for (number, step) in steps.enumerated() {
      switch step {
      case .scan(let code, let station):
        let scanner = scanners[(first + number) % scanners.count]
        try gateway.take(.scan(code, scanner, number: number, station: station))
      case .send(let payload): try gateway.take(payload)
      case .odooAsks(let bolts): try Stock.ask(bolts, gateway.store, at: gateway.stamp)
      case .brokerRestart: try gateway.restart(interrupted: true)
      }
    }
    return try gateway.codes()
  }
}
