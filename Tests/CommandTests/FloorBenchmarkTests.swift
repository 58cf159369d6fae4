import TestKit
import Testing

/// The benchmark of the floor measures only scans that were answered as they should be.
@Suite("The floor's benchmark")
struct FloorBenchmarkTests {
  @Test func getsEachAnswerAndPrintsARowForEachKindOfScan() throws {
    let directory = try TemporaryDirectory()
    let process = try ChildProcess(
      Executable.find("floor-benchmark"),
      ["--transfers", "20", "--products", "300", "--stations", "4", "--directory", directory.path]
    )
    #expect(try process.wait() == .exited(0), "\(process.errorOutput)")
    let rows = process.output.split(separator: "\n").map(String.init)
    for kind in ["open", "product", "lot", "label", "package", "validate", "all", "one row"] {
      #expect(rows.contains { $0.hasPrefix(kind) }, "\(kind)")
    }
  }
}
