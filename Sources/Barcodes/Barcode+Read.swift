extension Barcode {
  /// Reads a code as a scanner, a wedge or an RFID reader sent it.
  public static func read(_ raw: String, options: Options) -> Barcode {
    guard raw.utf8.count <= ScannedCode.longest else {
      return Barcode(raw: raw, symbology: nil, text: raw, options, .tooLong(bytes: raw.utf8.count))
    }
    let (symbology, text) = takenApart(ScannedCode(raw))
    var barcode = Barcode(raw: raw, symbology: symbology, text: text, options, .text)
    barcode.interpret()
    return barcode
  }

  /// The identifier and the text; a `]` that starts no identifier belongs to the text.
  private static func takenApart(_ code: ScannedCode) -> (Symbology?, String) {
    if let id = code.symbology {
      let symbology = Symbology(id)
      return (symbology, symbology == nil ? id + code.text : code.text)
    }
    // An identifier with nothing behind it.
    if code.text.utf8.count == 3, let symbology = Symbology(code.text) { return (symbology, "") }
    return (nil, code.text)
  }

  private init(
    raw: String,
    symbology: Symbology?,
    text: String,
    _ options: Options,
    _ content: Content
  ) {
    self.raw = raw
    self.symbology = symbology
    self.text = text
    self.options = options
    self.content = content
  }

  private mutating func interpret() {
    if let command = Command(text) {
      content = .command(command)
      return
    }
    switch symbology?.payload {
    case .elementString: interpretElementString()
    case .ean13: interpretEAN(13)
    case .ean8: interpretEAN(8)
    case .ean13WithAddOn: interpretEAN(13, withAddOn: true)
    case .addOn: addOn = text
    case .itf, .plain, nil: interpretPlain()
    }
  }

  private mutating func interpretElementString() {
    // Some scanners put FNC1 of a composite's second half as `|]e0`.
    let bytes = Array(text.utf8)
    let split = Self.compositeStart(in: bytes)
    do throws(GS1Error) {
      let first = try GS1Message(
        bytes: bytes,
        from: 0,
        to: split,
        .symbology,
        options.year,
        options.separators
      )
      content = .gs1(first)
      try readComposite(bytes, split)
    } catch {
      content = .invalidGS1(error)
    }
  }

  /// Where `|]e0` begins, if a composite's second half is there.
  static func compositeStart(in bytes: [UInt8]) -> Int? {
    var index = bytes.startIndex
    while let bar = bytes[index...].firstIndex(of: UInt8(ascii: "|")) {
      if bytes[bar...].starts(with: "|]e0".utf8) { return bar }
      index = bar + 1
    }
    return nil
  }

  mutating func readComposite(_ bytes: [UInt8], _ start: Int?) throws(GS1Error) {
    guard let start else { return }
    composite = try GS1Message(
      bytes: bytes,
      from: start + 4,
      .symbology,
      options.year,
      options.separators
    )
  }
}
