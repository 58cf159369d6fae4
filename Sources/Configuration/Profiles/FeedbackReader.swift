internal import Floor
internal import JSON

/// Makes a feedback rule of one `[[feedback]]`.
struct FeedbackReader {
  let table: TableReader
  let filler: VariableFiller
  let site: String

  private enum Format: String, CaseIterable {
    case text, json, tallyman
  }

  func rule() -> FeedbackRule? {
    defer { table.finish() }
    let signals = signals()
    if isLeftOut {
      _ = payload()
      return nil
    }
    let topic = template("topic", "where the answer goes")
    guard let payload = payload(), let topic else { return nil }
    do throws(ProfileError) {
      return try FeedbackRule(signals: signals, topic: topic, payload: payload)
    } catch {
      table.fail("topic", error.reason)
      return nil
    }
  }

  /// True where the topic is a variable that is empty: the device has no such lamp or display.
  private var isLeftOut: Bool {
    guard let text = table.text("topic"), text.hasPrefix("$") else { return false }
    return filler.variables[String(text.dropFirst())] == ""
  }

  private func signals() -> [Verdict.Signal] {
    let expected = "\"good\", \"bad\" or \"confirm\""
    let texts = table.texts("signals", expected: expected) {
      Verdict.Signal(rawValue: $0) != nil
    }
    guard let texts else { return FeedbackRule.allSignals }
    if texts.isEmpty { table.fail("signals", "is empty; expected at least one of \(expected)") }
    return texts.compactMap { Verdict.Signal(rawValue: $0) }
  }

  private func payload() -> FeedbackRule.Payload? {
    let format = table.choice("format", Format.self)
    if table.has("format"), format == nil {
      _ = table.node("payload")
      return nil
    }
    switch format ?? .text {
    case .tallyman: return .own
    case .text: return template("payload", "what is sent").map { .text($0) }
    case .json: return json().map { .json($0) }
    }
  }

  private func filled(_ key: String, _ what: String) -> String? {
    if !table.has(key) { table.fail(key, "is missing; expected \(what)") }
    guard let text = table.text(key, expected: what) else { return nil }
    return filler.filled(text, at: table.path(of: key))
  }

  private func template(_ key: String, _ what: String) -> Template? {
    guard let text = filled(key, what) else { return nil }
    do throws(ProfileError) {
      return try Template(text.replacing("{site}", with: site))
    } catch {
      table.fail(key, error.reason)
      return nil
    }
  }

  private func json() -> JSONTemplate? {
    guard let text = filled("payload", "JSON with placeholders in its texts") else { return nil }
    let value: JSON
    do throws(JSON.ParseError) {
      value = try JSON.parse(text)
    } catch {
      table.fail("payload", "is not valid JSON: \(error)")
      return nil
    }
    do throws(ProfileError) {
      return try JSONTemplate(value)
    } catch {
      table.fail("payload", error.reason)
      return nil
    }
  }
}
