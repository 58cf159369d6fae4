/// Where we read a vector otherwise than the reference, on purpose.
///
/// The test asserts that the table is exact: each line must still differ, and nothing else may.
enum KnownDifference {
  static let table: [(reason: String, vectors: [String])] = [
    (
      "AIs that are not assigned are refused; the reference has a setting that permits them",
      [
        "bracketed (01)12312312312326(99)000001(89)XXX(95)INT",
        "bracketed (01)12312312312333(89)ABC123|(88)COMPOSITE",
        "bracketed (01)12345678901231(3333)333333(3338)030333",
        "bracketed (3300)000000(3333)333333(3338)030333",
        "bracketed (3333)333333(3338)030333",
        "bracketed (3338)030333(3333)333333",
        "bracketed (89)ABC(89)AB(89)ABC",
        "bracketed (89)ABC(89)ABC(89)ABC",
        "bracketed (89)ABC(89)ABC(89)XYZ",
        "bracketed (89)ABC(89)ABCD(89)ABC",
        "bracketed (89)ABC(89)XYZ(89)ABC",
        "bracketed (89)ABC(89)XYZ(89)XYZ",
        "dl-uri https://a/01/12312312312333?89=TESTING&99=ABC%2d123&88=XYZ",
        "dl-uri https://example.com/01/09520123456788?99=XYZ&89=ABC123",
        "scan-data ]C1236ABC123",
        "scan-data ]C18299ABC123",
        "scan-data ]d2236ABC123",
        "scan-data ]d28299ABC123",
        "unbracketed ^236ABC123",
        "unbracketed ^8299ABC123",
      ]
    ),
    (
      "words in place of numbers in links (/gtin/) are deprecated and not read",
      [
        "dl-uri https://a/gtin/12312312312333/ser/ABC123",
        "dl-uri https://a/gtin/12312312312333",
        "dl-uri https://a/sscc/006141411234567890",
      ]
    ),
    (
      "a UPC-A without its leading zero is read, as many scanners send it",
      [
        "scan-data ]E0123456789012"
      ]
    ),
    (
      "an address without a GS1 key is an address, not an error",
      [
        "scan-data ]Q1https://a/NOPRIMARYAI"
      ]
    ),
    (
      "blanks around a value in brackets are ignored, so this one is empty",
      [
        "bracketed (10) "
      ]
    ),
    (
      "the reference counts the divider of a composite as one of its 64 elements",
      ["unbracketed " + String(repeating: "^99XY", count: 63) + "|^99XY"]
    ),
    ("the content of coupons (8110, 8112) is not checked: no warehouse reads it", coupons),
  ]

  static let names = Set(table.flatMap(\.vectors))
}
