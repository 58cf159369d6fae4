import Floor

/// What a worker scans for one transfer, and what is answered.
struct Work {
  /// A kind of scan whose time is told apart.
  enum Kind: String, CaseIterable {
    case open, product, lot, label, package, wrongProduct = "wrong product"
    case unknownCode = "unknown code", validate
  }

  /// One scan with its expected answer.
  struct Scan {
    let kind: Kind
    let code: String
    let answer: VerdictCode
  }

  /// The scans of a transfer: everything is counted, with two mistakes on the way.
  static func scans(of transfer: Int, at site: Site) -> [Scan] {
    let goods = site.goods(of: transfer)
    let plain = goods.filter { Site.tracking(of: $0) == .none }
    let tracked = goods.first { Site.tracking(of: $0) == .lot } ?? goods[0]
    let label = "]C1010" + Site.barcode(of: tracked) + "10" + Site.lot(of: tracked)
    var scans = [
      Scan(kind: .open, code: Site.name(of: transfer), answer: .opened),
      Scan(kind: .product, code: Site.barcode(of: tracked), answer: .scanLot),
      Scan(kind: .lot, code: Site.lot(of: tracked), answer: .counted),
      Scan(kind: .label, code: label, answer: .counted),
      Scan(kind: .label, code: label, answer: .counted),
    ]
    for product in plain.dropLast() {
      for _ in 0..<Site.demand {
        scans.append(Scan(kind: .product, code: Site.barcode(of: product), answer: .counted))
      }
    }
    let other = (transfer * 7919) % site.products / 10 * 10 + 8
    scans += [
      Scan(kind: .wrongProduct, code: Site.barcode(of: other), answer: .wrongProduct),
      Scan(kind: .unknownCode, code: "NO-SUCH-\(transfer)", answer: .unknownBarcode),
    ]
    let last = Site.barcode(of: plain[plain.count - 1])
    for index in 1...Site.demand {
      let isLast = index == Site.demand
      scans.append(Scan(kind: .product, code: last, answer: isLast ? .complete : .counted))
    }
    let package = "PACK" + Site.padded(transfer, 7)
    return scans + [
      Scan(kind: .package, code: package, answer: .packed),
      Scan(kind: .validate, code: "OBTVALI", answer: .confirmed),
    ]
  }
}
