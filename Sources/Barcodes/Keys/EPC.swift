/// An electronic product code: what an RFID tag says (GS1 EPC Tag Data Standard).
public struct EPC: Hashable, Sendable {
  /// What the code identifies.
  public enum Identity: Hashable, Sendable {
    /// One piece of an article: GTIN with 14 digits, serial.
    case item(gtin: String, serial: String)
    /// A lot of an article: GTIN with 14 digits, lot.
    case lot(gtin: String, lot: String)
    /// A logistic unit: SSCC with 18 digits.
    case logisticUnit(sscc: String)
  }

  /// What the code identifies.
  public let identity: Identity
  /// The scheme, such as `sgtin-96`, `sgtin`, `sscc-96`.
  public let scheme: String
  /// The GS1 company prefix inside the key.
  public let companyPrefix: String
  /// The filter value of a tag (1: point of sale, 2: case, 6: unit load …); nil if not encoded.
  public let filter: Int?

  /// The article, 14 digits.
  public var gtin: String? {
    switch identity {
    case .item(let gtin, _), .lot(let gtin, _): gtin
    case .logisticUnit: nil
    }
  }

  /// The serial of a piece.
  public var serial: String? {
    if case .item(_, let serial) = identity { serial } else { nil }
  }

  /// The lot.
  public var lot: String? {
    if case .lot(_, let lot) = identity { lot } else { nil }
  }

  /// The logistic unit, 18 digits.
  public var sscc: String? {
    if case .logisticUnit(let sscc) = identity { sscc } else { nil }
  }

  /// A GTIN from company prefix and item reference (indicator digit first).
  static func gtin(_ prefix: String, _ item: String) -> String? {
    guard let indicator = item.first, prefix.utf8.count + item.utf8.count == 13 else { return nil }
    let body = String(indicator) + prefix + item.dropFirst()
    return GTIN.checkDigit(after: body).map { body + String($0) }
  }

  /// An SSCC from company prefix and serial reference (extension digit first).
  static func sscc(_ prefix: String, _ reference: String) -> String? {
    guard let digit = reference.first, prefix.utf8.count + reference.utf8.count == 17 else {
      return nil
    }
    let body = String(digit) + prefix + reference.dropFirst()
    return GTIN.checkDigit(after: body).map { body + String($0) }
  }
}
