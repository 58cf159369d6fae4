import Configuration
import Floor
import FoundationEssentials
import Glibc
import JSON
import Testing

/// The examples of `docs/events.md` are right for the decoder and for the schema alike.
struct EventExampleTests {
  static let names = (try? Repository.names(in: "docs/examples/events")) ?? []

  @Test func thereAreValidAndInvalidExamplesOfEveryKind() {
    for kind in EventKind.allCases {
      for validity in ["valid", "invalid"] {
        let prefix = "\(kind.rawValue)-\(validity)"
        #expect(Self.names.contains { $0.hasPrefix(prefix) }, "no example \(prefix)")
      }
    }
  }

  @Test(arguments: names)
  func theDecoderAgrees(name: String) throws {
    let example = try JSON.parse(try Repository.text("docs/examples/events/\(name)"))
    let kind = try #require(example["kind"]?.string)
    let profiles = try Profiles([Profile.tallyman(site: "main")])
    let payload = try #require(example["payload"]).bytes
    let decoding = profiles.decode(topic: "tallyman/main/d/\(kind)", payload: payload)
    switch decoding {
    case .events(let events):
      #expect(example["valid"] == true, "\(name) was taken")
      #expect(events.map { $0.kind.rawValue } == [kind])
    case .rejected(let rejection):
      #expect(example["valid"] == false, "\(name): \(rejection.reason)")
      let reason = try #require(example["reason"]?.string)
      #expect(rejection.reason.contains(reason), "\(name): \(rejection.reason)")
    case .ignored: Issue.record("\(name) was passed over")
    }
  }

  @Test func theSchemaNamesEveryKindAndMember() throws {
    let schema = try JSON.parse(try Repository.text("docs/events.schema.json"))
    let kinds = schema["$defs"]?.object?.members.map { $0.name } ?? []
    #expect(Set(kinds) == Set(EventKind.allCases.map { $0.rawValue }))
    let page = try Repository.text("docs/events.md")
    for kind in kinds {
      #expect(schema["$defs"]?[kind]?["additionalProperties"] == false)
      for member in schema["$defs"]?[kind]?["properties"]?.object?.members ?? [] {
        let name = member.name
        #expect(page.contains("`\(name)`"), "docs/events.md does not explain \(name)")
      }
    }
  }

  /// Whether Python and its `jsonschema` are there.
  static let hasSchemaChecker = Glibc.system("python3 -c 'import jsonschema' 2>/dev/null") == 0

  @Test(.enabled(if: hasSchemaChecker, "python3 has no module jsonschema"))
  func theSchemaAgrees() throws {
    let script = """
      import json, pathlib, sys
      import jsonschema
      root = pathlib.Path(sys.argv[1])
      schema = json.loads((root / "docs/events.schema.json").read_text())
      jsonschema.Draft202012Validator.check_schema(schema)
      wrong = []
      for path in sorted((root / "docs/examples/events").glob("*.json")):
          example = json.loads(path.read_text())
          kind = {**schema, "$ref": "#/$defs/" + example["kind"]}
          valid = jsonschema.Draft202012Validator(kind).is_valid(example["payload"])
          if valid != example["valid"]:
              wrong.append(path.name)
      sys.exit(", ".join(wrong) or 0)
      """
    let file = FileManager.default.temporaryDirectory
      .appending(path: "tallyman-schema-\(UUID().uuidString).py")
    try Data(script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(Glibc.system("python3 '\(file.path)' '\(Repository.root)'") == 0)
  }
}
