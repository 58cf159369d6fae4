extension Barcode {
  /// Reads a code whose symbology says nothing about its meaning.
  mutating func interpretPlain() {
    guard !text.isEmpty else {
      content = .empty
      return
    }
    if let key = bareKey {
      content = key
      return
    }
    guard let first = text.utf8.first else { return }
    switch first {
    case UInt8(ascii: "("): interpretBrackets()
    case UInt8(ascii: "h"), UInt8(ascii: "H"): interpretAddress()
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      if let epc = EPC(urn: text) { content = .epc(epc) }
    default: interpretMarked()
    }
    if case .text = content, first == UInt8(ascii: "3"), let epc = EPC(hexadecimal: text) {
      content = .epc(epc)
    }
  }

  /// GTIN and SSCC are digits that prove themselves.
  private var bareKey: Content? {
    let count = text.utf8.count
    guard count == 8 || (12...14).contains(count) || count == 18 else { return nil }
    if count == 18 { return SSCC.isValid(text) ? .sscc(text) : nil }
    return GTIN.scanned(text).map(Content.gtin)
  }

  private mutating func interpretBrackets() {
    // `(` alone begins many texts; brackets around an AI begin GS1.
    let end = text.utf8.firstIndex(of: UInt8(ascii: ")"))
    guard let end, AITable.shared.identifier(Array(text.utf8[..<end].dropFirst())[...]) != nil
    else { return }
    do throws(GS1Error) {
      content = .gs1(try GS1Message(bracketed: text, year: options.year))
    } catch {
      content = .invalidGS1(error)
    }
  }

  private mutating func interpretAddress() {
    guard text.utf8.count > 7, text.prefix(8).lowercased().hasPrefix("http") else { return }
    guard text.lowercased().hasPrefix("http://") || text.lowercased().hasPrefix("https://") else {
      return
    }
    do throws(GS1Error) {
      let message = try GS1Message(
        link: text,
        year: options.year,
        allowsShortGTIN: options.allowsShortGTIN
      )
      content = .gs1(message)
    } catch {
      // An address without a GS1 key is simply an address.
      content =
        error.kind == .noKeyInLink || error.kind == .invalidLink
        ? .url(text) : .invalidGS1(error)
    }
  }

  /// Reads texts that carry FNC1 in some form without an identifier.
  private mutating func interpretMarked() {
    let bytes = Array(text.utf8)
    let all =
      options.separators.isEmpty
      ? GS1Message.standardSeparators : Separators.substitutes(options.separators)
    let leading = bytes.first.map { _ in all.length(at: 0, in: bytes) } ?? 0
    let hasGS = bytes.contains(Separators.groupSeparator)
    guard hasGS || all.areNeeded(in: bytes, from: 0) else { return }
    guard AITable.shared.identifier(in: bytes, at: leading) != nil else { return }
    let marking: GS1Message.Marking =
      leading > 0 ? .leadingSeparator : hasGS ? .separator : .substitute
    do throws(GS1Error) {
      content = .gs1(
        try GS1Message(bytes: bytes, from: 0, marking, options.year, options.separators)
      )
    } catch {
      // The byte GS is in no other code; `#` and `Alt029` are in many names.
      if hasGS { content = .invalidGS1(error) }
    }
  }
}
