import JSON
import TestKit

/// `tallyman`, run as a process.
struct Command {
  let status: ExitStatus
  let output: String
  let errors: String

  static let root: String = {
    var path = #filePath.split(separator: "/")
    path.removeLast(3)
    return "/" + path.joined(separator: "/")
  }()

  /// Runs the command in the repository's directory; `input` comes through a pipe.
  init(_ arguments: [String], input: String = "") throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/input"
    try File.write(input, to: file)
    let process = try ChildProcess(
      Executable.system("sh"),
      ["-c", "input=$1; shift; cat \"$input\" | \"$@\"", "sh", file]
        + [Executable.find("tallyman")] + arguments,
      directory: Self.root
    )
    status = try process.wait()
    output = process.output
    errors = process.errorOutput
  }

  /// The output's lines as JSON.
  func json() throws -> [JSON] {
    try output.split(separator: "\n").map { try JSON.parse(String($0)) }
  }
}

/// What a worker does at the built-in warehouse, and the answers' codes.
struct Trial {
  let answers: [JSON]

  /// Plays the lines in a demo of one version of Odoo.
  init(_ lines: [String], odoo: Int = 18) throws {
    let command = try Command(
      ["floor", "--demo", "--json", "--odoo", "\(odoo)"],
      input: lines.joined(separator: "\n")
    )
    answers = try command.json().filter { $0["verdict"] != nil }
  }

  var codes: [String] { answers.compactMap { $0["verdict"]?["code"]?.string } }

  /// The confirmations, in the order of their closing.
  var confirmations: [JSON] { answers.flatMap { $0["confirmations"]?.array ?? [] } }
  /// Names of the transfers that were closed.
  var closed: [String] { confirmations.compactMap { $0["name"]?.string } }
  /// The finished counts of stock.
  var counts: [JSON] { answers.flatMap { $0["counts"]?.array ?? [] } }
}
