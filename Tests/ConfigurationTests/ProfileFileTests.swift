import Configuration
import Floor
import Testing

struct ProfileFileTests {
  @Test func everyFileOfTheRepositoryLoads() throws {
    let names = try Repository.names(in: "hardware/profiles").map { name in
      String(name.dropLast(".toml".count))
    }
    #expect(names.count >= 5)
    let settings = try Repository.settings(
      enabling: names,
      variables: "[profiles.raw-text]\ntopic = \"warehouse/{device}/scan\""
    )
    let profiles = try settings.loadProfiles(using: .process)
    #expect(profiles.list.map { $0.name } == names)
    let readme = try Repository.text("hardware/README.md")
    for name in names { #expect(readme.contains("| `\(name)` |"), "\(name) is not in the README") }
    #expect(!profiles.subscriptions.contains("tele/+/LWT"))
  }

  @Test func theBuiltInProfileIsTheOneOfTheFile() throws {
    let loaded = try Repository.settings(enabling: ["tallyman"]).loadProfiles(using: .process)
    #expect(loaded.list == [try Profile.tallyman(site: "main")])
    let machine = FakeMachine()
    let builtIn = try machine.parse("site = \"s\"").loadProfiles(using: machine.surroundings)
    #expect(builtIn.list == [try Profile.tallyman(site: "s")])
  }

  @Test func asksForWhatOnlyTheInstallerKnows() throws {
    let settings = try Repository.settings(enabling: ["raw-text"])
    #expect(message(settings, .process)?.contains("topic: is not set") == true)
  }

  private func message(_ settings: Settings, _ surroundings: Surroundings) -> String? {
    do throws(ConfigurationError) {
      _ = try settings.loadProfiles(using: surroundings)
      return nil
    } catch {
      return error.description
    }
  }

  /// What is wrong with a profile file.
  private func problems(_ text: String, variables: String = "") throws -> String {
    var machine = FakeMachine()
    machine.write(text, to: "/p/x.toml")
    let settings = try machine.parse(
      "[profiles]\ndirectory = \"/p\"\nenabled = [\"x\"]\n\(variables)"
    )
    return message(settings, machine.surroundings) ?? ""
  }

  @Test(
    arguments: [
      ("name = \"y\"", "expected \"x\", the name of the file"),
      ("name = \"x\"", "rule: is missing"),
      ("[[rule]]\ntopic = \"a/{device}\"", "rule[0].format: is missing"),
      ("[[rule]]\nformat = \"text\"\nkind = \"scan\"", "rule[0].topic: is missing"),
      ("[[rule]]\ntopic = \"a/b\"\nformat = \"text\"\nkind = \"scan\"", "names no device"),
      ("[[rule]]\ntopic = \"a/+\"\nformat = \"text\"\nkind = \"scan\"", "plain text without + #"),
      ("[[rule]]\ntopic = \"$t\"\nformat = \"text\"\nkind = \"scan\"", "found \"$t\""),
      ("[[rule]]\ntopic = \"a/{device}\"\nformat = \"csv\"", "one of \"tallyman\", \"text\""),
      ("[[rule]]\ntopic = \"a/{device}\"\nformat = \"json\"\nkind = \"scan\"", "code: is missing"),
      (
        "[[rule]]\ntopic = \"a/{device}\"\nformat = \"json\"\nkind = \"scan\"\ncode = \"c\"",
        "expected a JSON pointer"
      ),
      (
        "[[rule]]\ntopic = \"a/{device}\"\nformat = \"json\"\nkind = \"scan\"\ncod = \"/c\"",
        "did you mean code?"
      ),
      (
        "[[rule]]\ntopic = \"a/{device}\"\nformat = \"json\"\nkind = \"scan\"\ncode = \"/c\"\n"
          + "time = \"/t\"", "time_unit: is missing"
      ),
      (
        "[[rule]]\ntopic = \"a/{device}\"\nformat = \"json\"\nkind = \"weight\"\nweight = \"/w\"\n"
          + "unit = \"g\"", "stable: is missing"
      ),
      (
        "[[rule]]\ntopic = \"a/{device}\"\nformat = \"json\"\nkind = \"weight\"\nweight = \"/w\"\n"
          + "unit = \"stone\"\nstable = true", "one of kg, g, lb, oz"
      ),
      ("[[rule]]\ntopic = \"a/{device}\"\nformat = \"ignore\"", "reason: is missing"),
      ("[[rule]]\ntopic = \"a/{device}\"\nformat = \"tallyman\"", "{kind} as the last level"),
      ("[[feedback]]\ntopic = \"a/#\"\npayload = \"x\"", "is no topic"),
      ("[[feedback]]\ntopic = \"a\"", "payload: is missing"),
      ("[[feedback]]\ntopic = \"a\"\nformat = \"json\"\npayload = \"{\"", "is not valid JSON"),
      ("[[feedback]]\ntopic = \"a\"\npayload = \"{colour}\"", "expected one of {event}"),
      ("[[feedback]]\ntopic = \"a\"\nsignals = [\"green\"]\npayload = \"x\"", "signals[0]"),
      ("[[feedback]]\ntopic = \"a\"\nsignals = []\npayload = \"x\"", "signals: is empty"),
    ]
  )
  func saysWhatIsWrong(text: String, expected: String) throws {
    let problems = try problems(text)
    #expect(problems.contains(expected), "\(problems)")
  }

  @Test func refusesVariablesThatTheProfileDoesNotHave() throws {
    let text = """
      name = "x"
      [variables]
      topic = "a/{device}"
      [[rule]]
      topic = "$topic"
      format = "text"
      kind = "scan"
      """
    #expect(try problems(text) == "")
    #expect(try problems(text, variables: "[profiles.x]\ntopic = \"b/{device}\"") == "")
    let slip = try problems(text, variables: "[profiles.x]\ntopics = \"b/{device}\"")
    #expect(slip.contains("did you mean topic?"))
  }

  @Test func saysThatAProfileHasNoFile() throws {
    let settings = try Repository.settings(enabling: ["proglov"])
    #expect(message(settings, .process)?.contains("has no file") == true)
  }

  @Test func refusesProfilesThatRunIntoEachOther() throws {
    let settings = try Repository.settings(
      enabling: ["raw-text", "proglove"],
      variables: "[profiles.raw-text]\ntopic = \"proglove/{device}\""
    )
    #expect(message(settings, .process)?.contains("sends feedback to proglove/commands") == true)
  }
}
