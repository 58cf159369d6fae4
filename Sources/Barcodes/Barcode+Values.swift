extension Barcode {
  /// The command, if the code is one.
  public var command: Command? { if case .command(let command) = content { command } else { nil } }

  /// The GS1 elements of a marked code; for a composite on an EAN those of its second half.
  public var message: GS1Message? {
    if case .gs1(let message) = content { message } else { composite }
  }

  /// Why a code that says it is GS1 could not be read.
  public var error: GS1Error? {
    if case .invalidGS1(let error) = content { error } else { nil }
  }

  /// What an RFID tag says.
  public var epc: EPC? { if case .epc(let epc) = content { epc } else { nil } }

  /// The web address that was scanned, GS1 Digital Link or not.
  public var url: String? {
    switch content {
    case .url(let address): address
    case .gs1(let message) where message.marking == .link: text
    case .invalidGS1 where DigitalLink.isAddress(text): text
    default: nil
    }
  }

  /// The logistic unit's 18 digits, from AI (00), a bare SSCC or an RFID tag.
  public var sscc: String? {
    if case .sscc(let digits) = content { return digits }
    return message?.sscc ?? epc?.sscc
  }

  /// The article's 14 digits, from an EAN, AI (01) or an RFID tag.
  public var gtin: String? {
    if case .gtin(let digits) = content { return digits }
    return message?.gtin ?? epc?.gtin
  }

  /// The article inside a logistic unit, 14 digits (02).
  public var contentGTIN: String? { message?.contentGTIN }
  /// The lot, from AI (10) or a tag.
  public var lot: String? { message?.lot ?? epc?.lot }
  /// The serial, from AI (21) or a tag.
  public var serial: String? { message?.serial ?? epc?.serial }

  /// All articles that bare digits may mean: eight digits can be an EAN-8 and a UPC-E.
  public var gtinCandidates: [String] {
    guard case .gtin(let digits) = content else { return gtin.map { [$0] } ?? [] }
    let all = GTIN.candidates(of: text)
    return all.contains(digits) && symbology == nil ? all : [digits]
  }

  /// The spellings under which the article may be stored, in the order to look them up.
  ///
  /// First the text itself if it is bare digits, then every length of each GTIN that it may mean.
  /// Bare digits without an EAN's identifier may also be a lot or a document: look these up too.
  public var articleSpellings: [String] {
    var found: [String] = []
    if case .gtin = content, composite == nil, addOn == nil { found.append(text) }
    for digits in gtinCandidates {
      for spelling in GTIN.spellings(of: digits) where !found.contains(spelling) {
        found.append(spelling)
      }
    }
    return found
  }

  /// What an in-store EAN says besides the article; nil without a region in the options.
  public var variableMeasure: VariableMeasure? {
    guard let region = options.region, let gtin else { return nil }
    return (try? VariableMeasure.read(gtin, region: region)) ?? nil
  }

  /// True if the code showed by itself that it is GS1.
  public var isMarkedGS1: Bool {
    switch content {
    case .gs1, .invalidGS1: true
    default: composite != nil
    }
  }

  /// What a text without any mark would say if it were GS1; nil unless it reads so to its end.
  ///
  /// An EAN such as 4006381333931 also reads as AI (400). So look the whole text up first, and use
  /// this only if nothing was found. Texts that are a GTIN or SSCC themselves never count.
  public var unmarkedGS1: GS1Message? {
    guard case .text = content else { return nil }
    return GS1Message(unmarked: text, year: options.year)
  }

  /// What the text looks like among Odoo's names.
  public var odooName: OdooName? { if case .text = content { OdooName(text) } else { nil } }
}

extension GS1Message {
  /// Reads a text that has no mark of GS1; nil unless all of it reads as elements.
  public init?(unmarked text: String, year: Int) {
    guard text.utf8.count <= ScannedCode.longest, GTIN.scanned(text) == nil, !SSCC.isValid(text)
    else { return nil }
    let bytes = Array(text.utf8)
    guard !bytes.contains(Separators.groupSeparator) else { return nil }
    var parser = ElementParser(bytes, separators: .literal)
    do throws(GS1Error) { try parser.parse(from: 0, to: bytes.count) } catch { return nil }
    self.init(elements: parser.elements, marking: .none, year: year)
  }
}
