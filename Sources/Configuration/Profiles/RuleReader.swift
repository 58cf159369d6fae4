internal import Floor
internal import JSON

/// Makes rules of one `[[rule]]`.
struct RuleReader {
  let table: TableReader
  let filler: VariableFiller
  let site: String

  private enum Format: String, CaseIterable {
    case tallyman, text, json, ignore
  }

  private enum Kind: String, CaseIterable {
    case scan, weight, command
  }

  func rules() -> [Profile.Rule] {
    defer { table.finish() }
    let topic = topicText()
    if !table.has("format") { table.fail("format", "is missing; expected how messages are read") }
    switch table.choice("format", Format.self) {
    case nil:
      // What the other keys mean depends on the format: do not report them as unknown.
      for key in table.keys { _ = table.node(key) }
      return []
    case .tallyman?: return topic.map { canonical($0) } ?? []
    case .text?: return rule(topic, text(), needsDevice: true)
    case .json?:
      guard !meansNothing else {
        for key in table.keys { _ = table.node(key) }
        return []
      }
      return rule(topic, json(), needsDevice: !table.has("device"))
    case .ignore?: return rule(topic, ignored(), needsDevice: false)
    }
  }

  private func topicText() -> String? {
    if !table.has("topic") { table.fail("topic", "is missing; expected where messages come") }
    guard let text = table.text("topic", expected: "a topic") else { return nil }
    guard let filled = filler.filled(text, at: table.path(of: "topic")) else { return nil }
    guard !filled.isEmpty else {
      table.fail(
        "topic",
        "is not set; expected a value in the configuration, such as [profiles.NAME] with"
          + " \(text.dropFirst()) = \"warehouse/{device}/scan\""
      )
      return nil
    }
    return filled.replacing("{site}", with: site)
  }

  private func pattern(_ topic: String) -> TopicPattern? {
    do throws(ProfileError) {
      return try TopicPattern(topic)
    } catch {
      table.fail("topic", error.reason)
      return nil
    }
  }

  private func rule(
    _ topic: String?,
    _ reading: Profile.Reading?,
    needsDevice: Bool
  ) -> [Profile.Rule] {
    guard let topic, let reading, let pattern = pattern(topic) else { return [] }
    if needsDevice, !pattern.namesDevice {
      table.fail("topic", "names no device; expected {device} in \"\(topic)\"")
    }
    return [Profile.Rule(topic: pattern, reading: reading)]
  }

  /// One rule for each kind of event.
  private func canonical(_ topic: String) -> [Profile.Rule] {
    guard topic.hasSuffix("/{kind}"), topic.contains("{device}") else {
      table.fail("topic", "expected {device}, and {kind} as the last level, found \"\(topic)\"")
      return []
    }
    return EventKind.allCases.compactMap { kind in
      pattern(topic.replacing("{kind}", with: kind.rawValue)).map {
        Profile.Rule(topic: $0, reading: .canonical(kind))
      }
    }
  }

  private func ignored() -> Profile.Reading? {
    let conditions = conditions()
    if !table.has("reason") { table.fail("reason", "is missing; expected why") }
    guard let reason = table.text("reason") else { return nil }
    return .ignored(Profile.Ignored(conditions: conditions, reason: reason))
  }

  private func kind() -> Kind? {
    if !table.has("kind") {
      table.fail("kind", "is missing; expected \"scan\", \"weight\" or \"command\"")
    }
    return table.choice("kind", Kind.self)
  }

  private func text() -> Profile.Reading? {
    guard let kind = kind() else { return nil }
    let prefix = optional("strip_prefix") ?? ""
    let suffix = optional("strip_suffix") ?? ""
    let content: TextReading.Content
    switch kind {
    case .scan: content = .scan
    case .weight: content = .weight(unit: constantUnit(optional("unit")))
    case .command:
      table.fail("kind", "expected \"scan\" or \"weight\" for text, found \"command\"")
      return nil
    }
    return .text(TextReading(content: content, stripPrefix: prefix, stripSuffix: suffix))
  }

  private func constantUnit(_ text: String?) -> WeightUnit? {
    guard let text, !text.isEmpty else { return nil }
    if let unit = WeightUnit(rawValue: text) { return unit }
    table.fail("unit", "expected one of kg, g, lb, oz, found \"\(text)\"")
    return nil
  }

  private func json() -> Profile.Reading? {
    guard let kind = kind() else { return nil }
    let content =
      switch kind {
      case .scan: scan()
      case .weight: weight()
      case .command: command()
      }
    let reading = content.map { content in
      JSONReading(
        conditions: conditions(),
        items: pointer("items"),
        content: content,
        device: pointer("device"),
        id: pointer("id"),
        time: pointer("time"),
        timeUnit: table.choice("time_unit") ?? .milliseconds,
        timeResolution: resolution(),
        sequence: pointer("sequence"),
        session: pointer("session")
      )
    }
    if table.has("time"), !table.has("time_unit") {
      table.fail("time_unit", "is missing; expected \"ms\", \"s\" or \"iso8601\"")
    }
    return reading.map { .json($0) }
  }

  private func resolution() -> Int64? {
    guard table.has("time_resolution") else { return nil }
    let range: ClosedRange<Duration> = .milliseconds(1)...(.seconds(60))
    let duration = table.duration("time_resolution", in: range, default: .seconds(1))
    let (seconds, attoseconds) = duration.components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }

  private func scan() -> JSONReading.Content? {
    // Base64 first: it keeps the control characters that text often loses.
    let codes: [JSONReading.Code?] = [
      pointer("code_base64").map { .base64($0) }, pointer("code").map { .text($0) },
    ]
    let symbology = pointer("symbology")
    let quantity = pointer("quantity")
    let prefix = optional("strip_prefix") ?? ""
    let suffix = optional("strip_suffix") ?? ""
    if !table.has("code"), !table.has("code_base64") {
      table.fail("code", "is missing; expected a JSON pointer such as /data/code")
    }
    return .scan(
      JSONReading.Scan(
        codes: codes.compactMap { $0 },
        symbology: symbology,
        quantity: quantity,
        stripPrefix: prefix,
        stripSuffix: suffix
      )
    )
  }

  private func weight() -> JSONReading.Content? {
    if !table.has("weight") { table.fail("weight", "is missing; expected a JSON pointer") }
    let value = pointer("weight")
    let unit = unit()
    let stable = stable()
    guard let value, let unit, let stable else { return nil }
    return .weight(JSONReading.Weight(value: value, unit: unit, stable: stable))
  }

  /// True where the command is a variable that is empty: nobody has given the button a meaning.
  private var meansNothing: Bool {
    guard case .text(let text)? = table.node("command"), text.hasPrefix("$") else { return false }
    return filler.variables[String(text.dropFirst())] == ""
  }

  private func command() -> JSONReading.Content? {
    let names = EventBody.Command.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    if !table.has("command") { table.fail("command", "is missing; expected one of \(names)") }
    guard let text = optional("command") else { return nil }
    guard let command = EventBody.Command(rawValue: text) else {
      table.fail("command", "expected one of \(names), found \"\(text)\"")
      return nil
    }
    return .command(command)
  }

  private func unit() -> JSONReading.Unit? {
    if !table.has("unit") {
      table.fail("unit", "is missing; expected kg, g, lb, oz, or a pointer to the unit")
    }
    guard let text = optional("unit") else { return nil }
    if text.hasPrefix("/") || text.hasPrefix(".") {
      return makePointer(text, "unit").map { .at($0) }
    }
    return constantUnit(text).map { .constant($0) }
  }

  /// True, false or a pointer; there is no default, so that nobody overlooks it.
  private func stable() -> JSONReading.Stable? {
    let expected = "true, false, or a pointer to one of them"
    guard let node = table.node("stable") else {
      table.fail("stable", "is missing; expected \(expected)")
      return nil
    }
    switch node {
    case .flag(let value): return .always(value)
    case .text(let text): return makePointer(text, "stable").map { .at($0) }
    default:
      table.mismatch("stable", expected: expected, found: node)
      return nil
    }
  }

  /// Text in which variables are filled in; may be empty.
  private func optional(_ key: String) -> String? {
    table.text(key, expected: "text", where: { _ in true })
      .flatMap { filler.filled($0, at: table.path(of: key)) }
  }

  private func pointer(_ key: String) -> Pointer? {
    optional(key).flatMap { makePointer($0, key) }
  }

  private func makePointer(_ text: String, _ key: String) -> Pointer? {
    do throws(ProfileError) {
      return try Pointer(text)
    } catch {
      table.fail(key, error.reason)
      return nil
    }
  }

  private func conditions() -> [Condition] {
    var conditions: [Condition] = []
    for text in table.texts("present", expected: "JSON pointers") ?? [] {
      if let pointer = makePointer(text, "present") { conditions.append(.present(pointer)) }
    }
    guard let when = table.table("when") else { return conditions }
    for key in when.keys {
      guard let node = when.node(key), let pointer = makePointer(key, "when") else { continue }
      switch node {
      case .text(let text): conditions.append(.equals(pointer, .string(text)))
      case .integer(let number): conditions.append(.equals(pointer, .int(number)))
      case .flag(let flag): conditions.append(.equals(pointer, .bool(flag)))
      default: when.mismatch(key, expected: "text, a whole number, true or false", found: node)
      }
    }
    return conditions
  }
}
