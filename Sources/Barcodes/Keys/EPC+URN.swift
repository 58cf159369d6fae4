extension EPC {
  /// Reads `urn:epc:id:` and `urn:epc:tag:` names of SGTIN, LGTIN and SSCC.
  ///
  /// `urn:epc:class:lgtin:` is the standard's spelling of a lot; `urn:epc:id:lgtin:` is common.
  public init?(urn text: some StringProtocol) {
    guard text.utf8.count <= 200 else { return nil }
    let words = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
    guard words.count == 5, words[0].lowercased() == "urn", words[1].lowercased() == "epc" else {
      return nil
    }
    let scheme = words[3].lowercased()
    // A serial may contain dots; the fields before it are digits.
    var fields = words[4].split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
    switch (words[2].lowercased(), scheme) {
    case ("id", "sgtin"), ("id", "lgtin"), ("class", "lgtin"), ("id", "sscc"):
      fields = words[4].split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
      self.init(scheme: scheme, filter: nil, fields: fields.map { String($0) })
    case ("tag", "sgtin-96"), ("tag", "sgtin-198"), ("tag", "sscc-96"):
      guard fields.count > 1, let filter = Int(fields.removeFirst()), 0...7 ~= filter else {
        return nil
      }
      self.init(scheme: scheme, filter: filter, fields: fields.map { String($0) })
    default: return nil
    }
  }

  private init?(scheme: String, filter: Int?, fields: [String]) {
    guard fields.count >= 2, (6...12).contains(fields[0].utf8.count),
      fields[0].utf8.allSatisfy(\.isDigit), fields[1].utf8.allSatisfy(\.isDigit)
    else { return nil }
    let identity: Identity
    if scheme.hasPrefix("sscc") {
      guard fields.count == 2, let sscc = Self.sscc(fields[0], fields[1]) else { return nil }
      identity = .logisticUnit(sscc: sscc)
    } else {
      guard fields.count == 3, let gtin = Self.gtin(fields[0], fields[1]),
        let text = Self.decoded(fields[2])
      else { return nil }
      identity = scheme == "lgtin" ? .lot(gtin: gtin, lot: text) : .item(gtin: gtin, serial: text)
    }
    self.init(identity: identity, scheme: scheme, companyPrefix: fields[0], filter: filter)
  }

  /// A serial or lot without percent escapes; nil if it has characters that GS1 does not allow.
  private static func decoded(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(Hexadecimal.value),
        let low = rest.popFirst().flatMap(Hexadecimal.value)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    let fits =
      (1...20).contains(bytes.count)
      && bytes.allSatisfy { CharacterSets.table[Int($0)] & CharacterSets.cset82 != 0 }
    return fits ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
