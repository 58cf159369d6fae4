internal import OdooSimulator

/// Where the simulator differs from a recording on purpose.
///
/// An entry that is not needed fails.
struct Deviation: Sendable {
  let versions: [OdooVersion]
  /// The recording's number, with `json2-` for that protocol.
  let file: String
  /// The indices of the steps.
  let steps: Set<Int>
  let reason: String

  static let all: [Deviation] = [
    Deviation(
      versions: OdooVersion.allCases,
      file: "02",
      steps: [12],
      reason: "the web client's session information has some twenty fields more"
    ),
    Deviation(
      versions: [.v19],
      file: "json2-00",
      steps: [14],
      reason: "the recorded database held other transfers; one of them came first"
    ),
    Deviation(
      versions: [.v19],
      file: "json2-00",
      steps: [17],
      reason: "pages of documentation are not simulated"
    ),
    Deviation(
      versions: [.v19],
      file: "json2-26",
      steps: [0],
      reason: "the simulator has one database, so nobody need name it"
    ),
    Deviation(
      versions: OdooVersion.allCases,
      file: "20",
      steps: [2],
      reason: "the recorded database held other open transfers"
    ),
    Deviation(
      versions: [.v18],
      file: "03",
      steps: [0, 9, 10],
      reason: "18.0 of early 2025 forgot a decorator and refuses create (odoo/odoo#193031)"
    ),
    Deviation(versions: [.v17], file: "30", steps: [1, 3, 5, 7], reason: sameTransfer),
    Deviation(versions: [.v18], file: "30", steps: [3, 4, 5, 7], reason: sameTransfer),
    Deviation(
      versions: [.v19],
      file: "json2-33",
      steps: [5],
      reason: "in one run of four the worker closed the connection instead of answering"
    ),
    Deviation(
      versions: [.v17],
      file: "25",
      steps: [4, 6, 8],
      reason: atOnce
    ),
    Deviation(versions: [.v18], file: "25", steps: [4, 5, 6, 7, 8], reason: atOnce),
    Deviation(versions: [.v19], file: "25", steps: [4, 6, 8], reason: atOnce),
    Deviation(versions: [.v19], file: "json2-25", steps: [4, 6, 8], reason: atOnce),
  ]

  private static let atOnce =
    "two calls at one moment; replayed one after the other, the second answers replay"

  private static let sameTransfer =
    "two validations of one transfer at one moment; replayed one after the other, the second finds "
    + "it done (the answer to the one that comes second at once is tested with the fault `late`)"

  static func of(_ contract: ContractCase) -> [Deviation] {
    all.filter { $0.file == contract.file && $0.versions.contains(contract.version) }
  }
}
