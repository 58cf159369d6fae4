import JSON
import TestKit
import Testing

/// What `tallyman floor` says and does around the scans.
@Suite("The floor at the terminal")
struct FloorCommandTests {
  @Test func saysThatNothingIsKept() throws {
    let command = try Command(["floor", "--demo"], input: "WH/OUT/00001\n4006381333931\n")
    #expect(command.status == .exited(0))
    #expect(command.output.contains("the journal is not written"))
    #expect(command.output.contains("desk> WH/OUT/00001\n  good opened: WH/OUT/00001 open"))
    #expect(command.output.contains("Bolt M8  1        5   4"))
    #expect(!command.output.contains("\u{1B}"), "colours are for terminals")
  }

  @Test func answersInALanguage() throws {
    let command = try Command(["floor", "--demo", "--language", "de"], input: "WH/OUT/00001")
    #expect(command.output.contains("WH/OUT/00001 offen: 8 zu erfassen."))
    let unknown = try Command(["floor", "--demo", "--language", "xx"])
    #expect(unknown.status == .exited(78))
    #expect(unknown.errors.contains("no language \"xx\""))
  }

  @Test func explainsItsWordsAndCodes() throws {
    let lines = ":help\n:list\n:foo\n:show\n:quit\nXYZ\n"
    let command = try Command(["floor", "--demo"], input: lines)
    #expect(command.status == .exited(0))
    #expect(command.output.contains(":weight 1.25"))
    #expect(command.output.contains("TM/PICK/00001"))
    #expect(command.output.contains("not understood: There is no word :foo."))
    #expect(command.output.contains("Nothing is open at desk."))
    #expect(!command.output.contains("XYZ"), "nothing is read past :quit")
  }

  @Test func listsNextStepsOnlyWhereOdooHasMadeThem() throws {
    let seventeen = try Command(["floor", "--demo", "--odoo", "17"], input: ":list")
    let eighteen = try Command(["floor", "--demo", "--odoo", "18"], input: ":list")
    #expect(seventeen.output.contains("TM/PACK/00001"))
    #expect(!eighteen.output.contains("TM/PACK/00001"))
    #expect(try Command(["floor", "--demo", "--odoo", "16"]).status == .exited(64))
  }

  @Test func letsTimePass() throws {
    let trial = try Trial([
      "WH/OUT/00010", "NUT-M8", "OBTVALI", ":wait 20s", "OBTVALI", ":wait 5s", "OBTVALI",
    ])
    let question = "confirm_incomplete"
    #expect(trial.codes == ["opened", "counted", question, question, "confirmed"])
  }

  @Test func needsACopyOfTheTransfersWithoutDemo() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/tallyman.toml"
    try File.write("[storage]\ndirectory = \"\(directory.path)\"\n", to: file)
    let command = try Command(["floor", "--config", file], input: "WH/OUT/00001")
    #expect(command.status == .exited(1))
    #expect(command.errors.contains("tallyman floor --demo"))
  }

  @Test func triesTheBoxsTransfersAndWritesNothing() throws {
    let box = try Box()
    try box.scan("WH/OUT/00001", "TM-QTY-2", "4006381333931", "OBTVALI", "OBTVALI")
    let before = try Command(["events", "--config", box.configuration]).output
    let command = try Command(
      ["floor", "--config", box.configuration, "--json"],
      input: "WH/OUT/00001\n4006381333931\nOBTVALI\nOBTVALI"
    )
    let answers = try command.json()
    let codes = answers.compactMap { $0["verdict"]?["code"]?.string }
    #expect(codes == ["opened", "counted", "confirm_incomplete", "confirmed"])
    #expect(answers.first?["station"]?.string == "pack1")
    #expect(answers.first?["verdict"]?["left"]?["total"] == .number("3"), "2 were closed before")
    #expect(try Command(["events", "--config", box.configuration]).output == before)
    #expect(
      try Command(["queue", "--config", box.configuration, "--json"]).json()[0].array?.count == 1
    )
  }
}
