extension Barcode {
  /// How the code was read and why, one sentence each, for `tallyman explain`.
  public var explain: [String] {
    var lines: [String] = []
    if let symbology {
      lines.append("The scanner says \(symbology.id): \(symbology).")
    } else {
      lines.append("The scanner sends no symbology identifier.")
    }
    lines += explainContent
    if let addOn { lines.append("The add-on is \(addOn).") }
    if let composite {
      lines.append("A composite's second half follows.")
      lines += Self.explain(composite)
    }
    lines += explainMeasure
    return lines
  }

  private var explainContent: [String] {
    switch content {
    case .empty: ["There is nothing but the identifier or blanks."]
    case .tooLong(let bytes):
      ["It has \(bytes) bytes; more than \(ScannedCode.longest) are not looked at."]
    case .command(.odoo(let command)): ["It is a command of Odoo: \(command)."]
    case .command(.station(let command)): ["It is a command of Tallyman: \(command.code)."]
    case .gs1(let message): [Self.reason(message.marking)] + Self.explain(message)
    case .invalidGS1(let error): ["It is marked as GS1 and cannot be read.", error.description]
    case .gtin(let digits): explainGTIN(digits)
    case .sscc(let digits): ["18 digits with a right check digit are an SSCC: \(digits)."]
    case .epc(let epc): explainEPC(epc)
    case .url(let address): ["It is a web address without a GS1 key: \(address)."]
    case .text: explainText
    }
  }

  private static func reason(_ marking: GS1Message.Marking) -> String {
    switch marking {
    case .symbology: "The identifier says that GS1 elements follow."
    case .leadingSeparator: "It begins with FNC1, so it is GS1."
    case .separator: "It begins with an AI and has FNC1 inside, so it is GS1."
    case .substitute: "It begins with an AI, has a substitute for FNC1 and reads to its end."
    case .brackets: "AIs in brackets are GS1 as printed under the bars."
    case .link: "It is a GS1 Digital Link."
    case .none: "Nothing marks it as GS1, but it reads so to its end."
    }
  }

  static func explain(_ message: GS1Message) -> [String] {
    var lines = message.elements.map { element in
      var line = "(\(element.ai)) \(element.identifier.name): \(element.value)"
      if let decimal = element.decimal { line += " = \(decimal)" }
      if let date = element.date(seenFrom: message.year) { line += " = \(date)" }
      return line
    }
    lines += message.warnings.map { "Warning: \($0)" }
    if let hint = message.runTogether { lines.append("Hint: \(hint)") }
    return lines
  }

  private func explainGTIN(_ digits: String) -> [String] {
    var lines = ["It is an article's number with a right check digit: GTIN \(digits)."]
    let others = gtinCandidates.filter { $0 != digits }
    if let other = others.first {
      lines.append("As a UPC-E it would be \(other): try that if the first is not known.")
    }
    return lines
  }

  private func explainEPC(_ epc: EPC) -> [String] {
    let parts = [("GTIN", epc.gtin), ("serial", epc.serial), ("lot", epc.lot), ("SSCC", epc.sscc)]
    let known = parts.compactMap { name, value in value.map { "\(name) \($0)" } }
    return ["It is an RFID tag's code (\(epc.scheme)): \(known.joined(separator: ", "))."]
  }

  private var explainText: [String] {
    var lines = ["Nothing marks it as GS1: the whole text is looked up first."]
    if let name = odooName { lines.append("It looks like the name of a \(name.rawValue) in Odoo.") }
    if let message = unmarkedGS1 {
      lines.append("If nothing is found, it reads as GS1 to its end:")
      lines += Self.explain(message)
    }
    return lines
  }

  private var explainMeasure: [String] {
    guard let region = options.region, let gtin else { return [] }
    do throws(VariableMeasure.ReadError) {
      guard let measure = try VariableMeasure.read(gtin, region: region) else { return [] }
      let unit = measure.kind == .weight ? "kg" : measure.currency ?? "pieces"
      return [
        "In region \(region.rawValue) it carries a \(measure.kind.rawValue): \(measure.amount) "
          + "\(unit) of the article \(measure.baseCode)."
      ]
    } catch {
      return [error.description]
    }
  }
}
