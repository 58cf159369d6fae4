import Glibc
import TestKit
import Testing

/// Every command that the README names is there and understood.
@Suite("The README")
struct ReadmeTests {
  private static let root: String = {
    var path = #filePath.split(separator: "/")
    path.removeLast(3)
    return "/" + path.joined(separator: "/")
  }()

  private static func words(_ start: String, in text: String) -> Set<String> {
    var found: Set<String> = []
    for line in text.split(separator: "\n") {
      for part in line.split(separator: "`", omittingEmptySubsequences: false) + [line] {
        let command = part.hasPrefix("sudo ") ? part.dropFirst(5) : part
        if command.hasPrefix(start) { found.insert(String(command)) }
      }
    }
    return found
  }

  @Test func namesScriptsThatExist() throws {
    let text = try File.text("\(Self.root)/README.md")
    let commands = Self.words("scripts/", in: text)
    #expect(commands.count >= 3)
    for command in commands {
      let script = command.split(separator: " ")[0]
      #expect(access("\(Self.root)/\(script)", X_OK) == 0, "\(script)")
    }
  }

  @Test func namesCommandsThatAreUnderstood() throws {
    let text = try File.text("\(Self.root)/README.md")
    let commands = Self.words("tallyman ", in: text)
    #expect(commands.count >= 6)
    for command in commands {
      let words = command.split(separator: " ").dropFirst()
        .prefix { $0.allSatisfy(\.isLetter) && $0 == $0.lowercased() }.map(String.init)
      guard let first = words.first, first != "is" else { continue }
      let process = try ChildProcess(Executable.find("tallyman"), words + ["--help"])
      #expect(try process.wait() == .exited(0), "\(command)")
      #expect(process.output.contains("USAGE: tallyman \(first)"), "\(command)")
    }
  }

  @Test func namesFilesThatExist() throws {
    let text = try File.text("\(Self.root)/README.md")
    var count = 0
    for part in text.split(separator: "](").dropFirst() {
      let target = part.prefix { $0 != ")" }
      if target.hasPrefix("http") { continue }
      count += 1
      #expect(File.exists("\(Self.root)/\(target)"), "\(target)")
    }
    #expect(count >= 6)
  }
}
