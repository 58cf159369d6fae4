internal import Barcodes
internal import Floor

/// The questions about a code, in the order of `docs/flows.md`, with their answers.
struct LookupTrail {
  private(set) var steps: [LookupStep] = []
  private let barcode: Barcode
  private let knowledge: Knowledge

  typealias Finding = Explanation.Finding

  init(_ barcode: Barcode, _ knowledge: Knowledge) {
    self.barcode = barcode
    self.knowledge = knowledge
    askBadge()
    askCommand()
    switch barcode.content {
    case .empty, .tooLong, .command, .invalidGS1: break
    case .gs1, .epc: askLabel()
    case .gtin, .sscc, .url, .text: askText()
    }
  }

  private var text: String { barcode.text }

  // MARK: - What needs no mirror

  private mutating func askBadge() {
    let name = knowledge.site.supervisors[text]
    add("a supervisor's badge", name.map { [Finding(kind: "badge", name: $0)] } ?? [])
  }

  private mutating func askCommand() {
    guard let command = barcode.command else { return add("a command", []) }
    add(
      "a command",
      [Finding(kind: "command", name: text, facts: [CommandWords.meaning(of: command)])]
    )
  }

  private mutating func add(_ question: String, _ findings: [Finding]) {
    steps.append(LookupStep(question: question, findings: findings))
  }

  /// Asks the mirror, where there is one.
  private mutating func ask(
    _ question: String,
    _ look: (any MirrorLookup) -> [Finding]
  ) {
    guard let mirror = knowledge.mirror else {
      steps.append(LookupStep(question: question, unasked: "no copy of Odoo's data here"))
      return
    }
    steps.append(LookupStep(question: question, findings: look(mirror)))
  }

  // MARK: - Codes that do not say what they are

  private mutating func askText() {
    let text = text
    ask("a transfer's name") { [knowledge] mirror in
      mirror.transfer(named: text).map { [Finding($0, knowledge)] } ?? []
    }
    ask("a batch's or wave's name") { mirror in
      mirror.batch(named: text).map { [Finding($0, mirror)] } ?? []
    }
    ask("an operation type's barcode") { mirror in
      mirror.operation(barcode: text).map { operation in
        [Finding(kind: "operation_type", name: text, id: operation.typeID)]
      } ?? []
    }
    if barcode.gtin == nil { askLocation([text]) }
    if barcode.gtin == nil { askPackage(barcode.sscc ?? text) }
    askProduct(text)
    askReference()
    askLot([text])
    ask("a package type's barcode") { mirror in
      mirror.packageType(barcode: text).map { [Finding($0)] } ?? []
    }
    askTracking()
    askUnmarked()
  }

  private mutating func askReference() {
    let text = text
    ask("a product's internal reference") { [knowledge] mirror in
      mirror.products(reference: text).map { Finding(Article(product: $0), knowledge, mirror) }
    }
  }

  private mutating func askTracking() {
    let prefix = knowledge.site.trackingPrefixes.first { text.hasPrefix($0) }
    let facts = prefix.map { ["begins with \($0)"] } ?? []
    add(
      "a carrier's tracking number",
      prefix == nil ? [] : [Finding(kind: "tracking", name: text, facts: facts)]
    )
  }

  private mutating func askUnmarked() {
    if let message = barcode.unmarkedGS1 {
      let elements = message.elements.map { "(\($0.ai)) \($0.value)" }
      add(
        "GS1 without a mark",
        [Finding(kind: "gs1", name: text, facts: elements, isReading: true)]
      )
      askLabel()
    } else if let measure = barcode.variableMeasure {
      let unit = measure.kind == .weight ? "kg" : measure.currency ?? "pieces"
      let fact = "\(measure.amount) \(unit) of the article \(measure.baseCode)"
      add(
        "a code of the shop with a weight, count or price",
        [Finding(kind: "variable_measure", name: text, facts: [fact], isReading: true)]
      )
      askProduct(measure.baseCode)
    } else {
      askRule()
    }
  }

  /// What one of the company's own barcode rules makes of the text.
  private mutating func askRule() {
    guard let match = knowledge.mirror?.nomenclature?.plainMatch(text),
      match.rule.type == "package" || match.baseCode != text
    else { return }
    var facts = ["rule \(match.rule.name)", "stands for \(match.baseCode)"]
    if let value = match.value { facts.append("value \(value)") }
    add(
      "one of Odoo's barcode rules",
      [Finding(kind: "rule", name: match.rule.type, facts: facts, isReading: true)]
    )
    if match.rule.type == "package" {
      askPackage(match.code)
    } else {
      askProduct(match.baseCode)
    }
  }

  // MARK: - Labels

  private mutating func askLabel() {
    let message = barcode.message ?? barcode.unmarkedGS1
    if let place = message?.locationGLN ?? message?.shipToGLN {
      askLocation([place, "414" + place])
    }
    if let sscc = barcode.sscc ?? message?.sscc { askPackage(sscc) }
    if let gtin = barcode.gtin ?? message?.gtin { askProduct(gtin) }
    if let content = message?.contentGTIN { askProduct(content) }
    let lots = [barcode.lot ?? message?.lot, barcode.serial ?? message?.serial].compactMap { $0 }
    if !lots.isEmpty { askLot(lots) }
  }

  // MARK: - Things of Odoo

  private mutating func askLocation(_ codes: [String]) {
    ask("a location \(codes[0])") { mirror in
      codes.lazy.compactMap { mirror.location($0) }.first.map { [Finding($0)] } ?? []
    }
  }

  private mutating func askPackage(_ name: String) {
    ask("a package \(name)") { [knowledge] mirror in
      let open = mirror.openTransfers(holding: name, limit: Finding.mostTransfers)
      guard let package = mirror.package(named: name) else {
        return open.isEmpty ? [] : [Finding(package: name, in: open, knowledge)]
      }
      return [Finding(package, open, knowledge)]
    }
  }

  private mutating func askProduct(_ code: String) {
    let spellings = GTIN.spellings(of: code)
    let question = spellings.count > 1 ? "\(code) (also as \(list(spellings.dropFirst())))" : code
    ask("a product or packaging \(question)") { [knowledge] mirror in
      let exact = mirror.articles(spellings: [code])
      let found = exact.isEmpty ? mirror.articles(spellings: spellings) : exact
      return found.map { Finding($0, knowledge, mirror) }
    }
  }

  private mutating func askLot(_ names: [String]) {
    ask("a lot or serial number \(list(names[...]))") { mirror in
      names.flatMap { mirror.lots(named: $0) }.map { Finding($0, mirror) }
    }
  }

  private func list(_ texts: ArraySlice<String>) -> String { texts.joined(separator: ", ") }
}
