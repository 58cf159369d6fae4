internal import OdooSimulator

/// Where the simulator differs from a recording on purpose. An entry that is not needed fails.
struct Deviation: Sendable {
  let versions: [OdooVersion]
  /// The recording's number, with `json2-` for that protocol.
  let file: String
  /// The step's index.
  let step: Int
  let reason: String

  static let all: [Deviation] = []

  static func of(_ contract: ContractCase) -> [Deviation] {
    all.filter { $0.file == contract.file && $0.versions.contains(contract.version) }
  }
}
