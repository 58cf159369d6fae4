internal import ArgumentParser
internal import Desk
internal import Floor
internal import JSON

extension Tallyman.Exceptions {
  /// `tallyman exceptions edit`.
  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Correct what was counted, and try again.",
      discussion: "Lines are numbered as tallyman exceptions show prints them. "
        + "Example: --quantity 2=4 --lot 2=L2611-B --package 1="
    )
    @OptionGroup var decision: DecisionOptions
    @OptionGroup var why: ReasonOption
    @Option(help: "<line>=<quantity>; 0 takes the line out.") var quantity: [String] = []
    @Option(help: "<line>=<lot or serial number>; nothing behind = takes it away.")
    var lot: [String] = []
    @Option(help: "<line>=<package that the goods are in>; nothing behind = takes them out of it.")
    var package: [String] = []
    @Option(help: "The carrier's tracking reference.") var tracking: String?
    @Option(help: "What becomes of what was not counted: backorder or drop.") var rest: String?
    @Option(help: "A JSON file with the whole edit, as the API takes it.") var file: String?

    func run() throws {
      try decision.ask(.edit, why.reason, content: try edit().json)
    }

    private func edit() throws -> Desk.Edit {
      if let file {
        guard let bytes = readSmallFile(file) else { throw Problem("\(file) cannot be read.") }
        return try read(bytes)
      }
      var lines: [JSON] = []
      for (name, values) in [("quantity", quantity), ("lot", lot), ("package", package)] {
        for value in values { lines.append(try change(name, value)) }
      }
      var object: JSONObject = [:]
      if !lines.isEmpty { object["lines"] = .array(lines) }
      if let tracking { object["tracking"] = .string(tracking) }
      if let rest { object["rest"] = .string(rest) }
      return try read(JSON.object(object).bytes)
    }

    private func read(_ bytes: [UInt8]) throws -> Desk.Edit {
      guard let json = try? JSON.parse(bytes) else { throw Problem("The edit is no JSON.") }
      do throws(DecisionProblem) {
        return try Desk.Edit(json: json)
      } catch {
        throw Problem(error.description)
      }
    }

    private func change(_ name: String, _ value: String) throws -> JSON {
      let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let line = Int(parts[0]) else {
        throw Problem("--\(name): expected <line>=<\(name)>, such as 1=4, got \(value).")
      }
      let text = String(parts[1])
      let new: JSON = text.isEmpty ? .null : .string(text)
      return .object(["line": .int(line), name: new])
    }
  }
}
