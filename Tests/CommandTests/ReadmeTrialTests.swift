import JSON
import TestKit
import Testing

/// The commands of the README's section on trying it, run as they stand there.
@Suite("The README's trial")
struct ReadmeTrialTests {
  private static func section() throws -> Substring {
    let text = try File.text("\(Command.root)/README.md")
    let start = try #require(text.firstRange(of: "## Try it without hardware"))
    let rest = text[start.upperBound...]
    return rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
  }

  /// The lines of blocks that a shell runs, with the built program for `swift run`.
  private static func commands() throws -> [String] {
    let program = try Executable.find("tallyman")
    return try section().split(separator: "```").filter { $0.hasPrefix("sh\n") }
      .flatMap { $0.split(separator: "\n").dropFirst() }
      .map { String($0).replacing("swift run tallyman", with: program) }
  }

  @Test func runsAsItStandsThere() throws {
    let commands = try Self.commands()
    #expect(commands.count == 3)
    for command in commands {
      let process = try ChildProcess(
        Executable.system("sh"),
        ["-c", command],
        directory: Command.root
      )
      #expect(try process.wait() == .exited(0), "\(command): \(process.errorOutput)")
      guard command.contains("--json") else { continue }
      let answers = try process.output.split(separator: "\n").map { try JSON.parse(String($0)) }
      #expect(answers.last?["verdict"]?["code"]?.string == "confirmed")
    }
  }

  @Test func showsWhatComes() throws {
    let command = try Command(["floor", "--demo"], input: "WH/OUT/00001\n")
    let shown = try #require(
      Self.section().split(separator: "```").first { $0.hasPrefix("\ndesk>") }
    )
    #expect(command.output.contains(shown.drop { $0 == "\n" }))
  }
}
