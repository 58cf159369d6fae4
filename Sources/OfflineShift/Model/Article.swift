/// A product as it lies on the shelf.
public struct Article: Sendable, Hashable {
  /// How single pieces are told apart.
  public enum Tracking: String, Sendable { case none, lot, serial }

  /// Internal reference, which is unique.
  public var code: String
  /// EAN-13.
  public var barcode: String
  /// How single pieces are told apart.
  public var tracking = Tracking.none
  /// Weight of one unit in grams; 0 where Odoo knows none.
  public var grams = 0
  /// True where its lots expire.
  public var expires = false
  /// True where it only lies in packages that are taken whole.
  public var comesWhole = false
  /// Units of one box or of one package that is taken whole.
  public var boxUnits = 1
  /// GTIN-14 of the box; nil where there is no box.
  public var boxBarcode: String?
  /// Units of what it is ordered in: 12 where it is ordered by the dozen.
  public var orderUnits = 1

  /// The GTIN with 14 digits, as GS1 labels have it.
  public var gtin: String { "0" + barcode }
}

/// Everything that can be ordered, and one thing that nobody orders.
public enum Catalog {
  /// Products that orders ask for.
  public static let articles: [Article] = plain + lots + serials + wholes + dozens
  /// A product that is known and that nobody asks for.
  public static let stray = Article(code: "N-1", barcode: ean(90), grams: 100)

  /// The article of that reference.
  public static func article(_ code: String) -> Article? { byCode[code] }

  private static let byCode = Dictionary(
    (articles + [stray]).map { ($0.code, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  private static let plain: [Article] = (1...10).map { number in
    var article = Article(code: "P-\(number)", barcode: ean(number), grams: 120 * number)
    if number % 3 == 0 {
      article.boxUnits = 6
      article.boxBarcode = withCheckDigit("1299002270" + String(200 + number))
    }
    // Odoo does not know what this one weighs, so no weight with it is compared.
    if number == 10 { article.grams = 0 }
    return article
  }

  private static let lots: [Article] = (1...4).map { number in
    Article(
      code: "L-\(number)",
      barcode: ean(20 + number),
      tracking: .lot,
      grams: 350,
      expires: number > 2
    )
  }

  private static let serials: [Article] = (1...3).map { number in
    Article(code: "S-\(number)", barcode: ean(40 + number), tracking: .serial, grams: 1_600)
  }

  private static let dozens: [Article] = (1...2).map { number in
    Article(
      code: "D-\(number)",
      barcode: ean(70 + number),
      grams: 30,
      boxUnits: 12,
      boxBarcode: withCheckDigit("1299002270" + String(300 + number)),
      orderUnits: 12
    )
  }

  private static let wholes: [Article] = (1...2).map { number in
    Article(
      code: "W-\(number)",
      barcode: ean(60 + number),
      grams: 200,
      comesWhole: true,
      boxUnits: 8
    )
  }

  /// An EAN-13 in the range for use inside a company.
  private static func ean(_ number: Int) -> String {
    withCheckDigit("2990022" + String(80_000 + number))
  }

  /// The digits with the check digit of GS1: weights 3 and 1 in turns from the right.
  public static func withCheckDigit(_ digits: String) -> String {
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      sum += (digit.wholeNumberValue ?? 0) * (index % 2 == 0 ? 3 : 1)
    }
    return digits + String((10 - sum % 10) % 10)
  }
}
