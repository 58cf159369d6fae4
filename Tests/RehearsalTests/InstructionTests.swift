import Floor
import Rehearsal
import Testing

/// What can be typed at a rehearsal.
@Suite("Instructions")
struct InstructionTests {
  @Test(
    arguments: [
      ("", .nothing), ("  ", .nothing), ("# a remark", .nothing),
      (" WH/OUT/00001 ", .scan("WH/OUT/00001")), ("#12", .scan("#12")), ("::x", .scan(":x")),
      ("]C110LOT^372", .scan("]C110LOT\u{1D}372")),
      (
        ":weight 1.25",
        .event(.weight(EventBody.Weight(kilograms: Quantity(millionths: 1_250_000))))
      ),
      (
        ":weight 1 unstable P1",
        .event(.weight(EventBody.Weight(kilograms: .one, stable: false, package: "P1")))
      ),
      (":qty 3", .key(Quantity(3))), (":wait 20s", .wait(20_000)), (":wait 2 h", .wait(7_200_000)),
      (":station pack1", .station("pack1")), (":VALIDATE", .event(.command(.validate))),
      (":event count {}", .handheld(kind: .count, payload: " {}")), (":quit", .quit),
    ] as [(String, Instruction)]
  )
  func understands(line: String, expected: Instruction) throws {
    #expect(try Instruction(line) == expected)
  }

  @Test(arguments: [
    ":nothing", ":weight", ":weight x", ":weight 1 2 3", ":qty", ":qty 0", ":qty -1", ":wait",
    ":wait 20", ":wait s", ":wait 1234567s", ":station", ":station a b", ":event", ":event x {}",
    ":",
  ])
  func refuses(line: String) {
    #expect(throws: Instruction.Fault.self) { try Instruction(line) }
  }
}

/// FNC1 as it can be typed.
@Suite("Spelled codes")
struct SpelledCodeTests {
  @Test(arguments: ["^", "{GS}", "{gs}", "<GS>", "\\x1D", "\\x1d", "\\u001d", "\\F", "␝"])
  func knowsTheSpelling(spelling: String) {
    let code = SpelledCode("10LOT\(spelling)21SN")
    #expect(code.code == "10LOT\u{1D}21SN")
    #expect(code.replaced.map(\.spelling) == [spelling])
    #expect(code.replaced.map(\.position) == [5])
  }

  @Test(arguments: ["", "4006381333931", "{GTIN}", "a<b", "a\\b", "\u{1D}10LOT"])
  func leavesTheRestAlone(text: String) {
    #expect(SpelledCode(text).code == text)
    #expect(SpelledCode(text).replaced.isEmpty)
  }
}
