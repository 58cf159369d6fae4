import FoundationEssentials
import Testing

/// The rules of `docs/architecture.md` that a compiler does not check.
@Suite("Architecture")
struct ArchitectureTests {
  /// What each target may import besides itself.
  static let allowed: [String: Set<String>] = [
    "JSON": [], "Barcodes": [], "Floor": ["Barcodes", "JSON"],
    "Odoo": ["Barcodes", "Floor", "JSON"],
    "Dispatching": ["Floor", "JSON", "Odoo"], "Rehearsal": ["Barcodes", "Floor"],
    "Desk": ["Dispatching", "Floor", "JSON", "Odoo"],
    "MQTT": ["CMosquitto", "Floor", "Glibc"], "HTTP": ["CCurl", "Odoo", "Glibc"],
    "HTTPServer": ["CMicroHTTPD", "Glibc"],
    "Configuration": ["Floor", "JSON", "Odoo", "TOMLKit", "Glibc"],
    "Console": ["Glibc", "HTTPServer", "JSON"],
    "Journal": ["Barcodes", "CSQLite", "Dispatching", "Floor", "JSON", "Odoo", "Glibc"],
    "Intake": ["Barcodes", "Dispatching", "Floor", "Journal", "Odoo"],
  ]
  static let pure = ["JSON", "Barcodes", "Floor", "Odoo", "Dispatching", "Desk", "Rehearsal"]

  private static let root: String = {
    var path = #filePath.split(separator: "/")
    path.removeLast(3)
    return "/" + path.joined(separator: "/")
  }()

  private static func files(_ target: String) throws -> [String] {
    let directory = "\(root)/Sources/\(target)"
    return try FileManager.default.subpathsOfDirectory(atPath: directory)
      .filter { $0.hasSuffix(".swift") }.map { "\(directory)/\($0)" }
  }

  private static func text(_ file: String) throws -> String {
    try String(decoding: Data(contentsOf: URL(filePath: file)), as: UTF8.self)
  }

  @Test(arguments: allowed.keys.sorted())
  func importsOnlyWhatItsLayerAllows(target: String) throws {
    let files = try Self.files(target)
    #expect(!files.isEmpty)
    for file in files {
      for line in try Self.text(file).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count
        else { continue }
        let module = words[index + 1].split(separator: ".").first.map(String.init) ?? ""
        #expect(
          Self.allowed[target]?.contains(module) == true,
          "\(file) imports \(module)"
        )
      }
    }
  }

  @Test(arguments: pure)
  func pureTargetsHaveNoClockRandomnessOrUnsafeCode(target: String) throws {
    let forbidden = [
      ".random(", "SystemRandomNumberGenerator", "ContinuousClock", "SuspendingClock", " Date(",
      "unsafe ", "UnsafePointer", "Mutex", " = Task {", " print(",
    ]
    for file in try Self.files(target) {
      let text = try Self.text(file)
      for word in forbidden { #expect(!text.contains(word), "\(file) contains \(word)") }
    }
  }

  @Test func nothingInTheAgentImportsFoundation() throws {
    for target in Array(Self.allowed.keys) + ["Agent", "tallyman"] {
      for file in try Self.files(target) {
        let text = try Self.text(file)
        #expect(!text.contains("import Foundation\n"), "\(file) would bring ICU")
        #expect(!text.contains("import TestKit"), "\(file) imports the test kit")
        #expect(!text.contains("import OdooSimulator"), "\(file) imports the simulator")
      }
    }
  }

  /// What the offline shift is checked against must not be the agent's own idea of it.
  @Test(arguments: ["Model", "Plan", "Check"])
  func planAndCheckerOfTheOfflineShiftImportNothing(folder: String) throws {
    let files = try Self.files("OfflineShift/\(folder)")
    #expect(!files.isEmpty)
    for file in files {
      let imports = try Self.text(file).split(separator: "\n").filter { line in
        line.split(separator: " ").prefix(2).contains("import")
      }
      #expect(imports.isEmpty, "\(file): \(imports)")
    }
  }

  @Test func everyVerdictIsExplained() throws {
    let codes = try Self.text("\(Self.root)/Sources/Floor/Station/VerdictCode.swift")
      .split(separator: "\n").compactMap { line -> String? in
        let words = line.split(separator: " ")
        guard words.first == "case" else { return nil }
        if let quote = line.split(separator: "\"").dropFirst().first { return String(quote) }
        return words.dropFirst().first.map(String.init)
      }
    #expect(codes.count > 30)
    let page = try Self.text("\(Self.root)/docs/verdicts.md")
    for code in codes { #expect(page.contains("| `\(code)` |"), "\(code) is not explained") }
  }
}
