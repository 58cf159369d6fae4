internal import JSON
internal import OdooSimulator
internal import Testing

/// The start state of a recorded scenario, and what happens outside its requests.
struct Scenario: Sendable {
  /// One transfer that the recording found ready.
  struct Start: Sendable {
    enum Kind: Sendable { case order(String), receipt, draft }

    var kind = Kind.order("WH")
    /// Demand by code of the product.
    var lines: [(String, Double)] = []
    /// Which of the order's transfers the recording speaks of; nil: it asks by the order.
    var type: String? = "OUT"
    /// Whether some request or answer names the transfer.
    var isNamed = true
    /// Done to the order right after it was made.
    var prepare: (@Sendable (OdooSimulatorAdmin, JSON) throws -> Void)?

    static func order(_ lines: (String, Double)...) -> Start { Start(lines: lines) }
    static func chain(_ type: String?, _ lines: (String, Double)...) -> Start {
      Start(kind: .order("TM3"), lines: lines, type: type)
    }
    static func receipt(_ lines: (String, Double)...) -> Start {
      Start(kind: .receipt, lines: lines, type: "IN")
    }
    static let draft = Start(kind: .draft)
  }

  /// Number of the recording.
  let number: String
  var starts: [Start] = []
  /// Further starts by version.
  var more: [OdooVersion: [Start]] = [:]
  /// Starts are made before the first step, not each when it is first spoken of.
  var atOnce = false
  /// Lots that requests name by id and no answer by name.
  var unnamedLot: String?
  /// Products that requests name by id and no answer by name, in the order in which they do.
  var unnamedProducts = ["TM-T1-000"]
  /// Starts whose lines a step of that name writes though no request names their transfer.
  var owners: [String: Int] = [:]
  /// Code of the server action.
  var action = "# Tallyman confirm v2"
  /// Whether the web client was logged in before the recording began.
  var signsIn = false
  /// Before the first step.
  var setUp: (@Sendable (OdooSimulatorAdmin) throws -> Void)?
  /// Before a step of that name.
  var before: [String: @Sendable (OdooSimulatorAdmin) throws -> Void] = [:]
  /// Versions in which it was recorded over JSON-RPC.
  var versions = OdooVersion.allCases
  /// Whether it was recorded over JSON-2 too.
  var overJSON2 = true
}

/// A scenario in one version over one protocol.
struct ContractCase: Sendable, CustomTestStringConvertible {
  let scenario: Scenario
  let version: OdooVersion
  let json2: Bool

  var file: String { (json2 ? "json2-" : "") + scenario.number }
  var testDescription: String { "\(version) \(file)" }

  static let all: [ContractCase] = Scenario.all.flatMap { scenario in
    scenario.versions.map { ContractCase(scenario: scenario, version: $0, json2: false) }
      + (scenario.overJSON2 ? [ContractCase(scenario: scenario, version: .v19, json2: true)] : [])
  }
}
