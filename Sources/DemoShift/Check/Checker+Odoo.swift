extension Checker {
  /// Compares each closed transfer with Odoo; answers how many validations there were.
  mutating func checkTransfers() -> Int {
    var validations = 0
    var closed: Set<Int> = []
    for closing in history.closings {
      let name = name(of: closing)
      guard let transfer = transfer(of: closing) else {
        note(.lost, "\(name) was closed on the floor and is not in Odoo")
        continue
      }
      guard closed.insert(transfer.id).inserted else {
        note(.odd, "\(transfer.name) was closed on the floor more than once")
        continue
      }
      let count = transfer.validations ?? (transfer.state == "done" ? 1 : 0)
      validations += count
      guard transfer.state == "done", count > 0 else {
        note(.lost, "\(name) was closed on the floor and is \(transfer.state) in Odoo")
        continue
      }
      if count > 1 { note(.twice, "\(name) was validated \(count) times") }
      if let edits = transfer.editsAfterDone, edits > 0 {
        note(.twice, "\(name) was written to \(edits) times after it was done, which moves stock")
      }
      compareGoods(closing, transfer, name)
      compareLabels(closing, transfer, name)
    }
    guard isAlone else { return validations }
    for transfer in odoo.transfers where !closed.contains(transfer.id) {
      if transfer.state == "done" {
        note(.twice, "\(transfer.name) was validated, and nobody on the floor closed it")
      }
    }
    return validations
  }

  private func name(of closing: History.Closing) -> String {
    closing.transfer + String(repeating: " (rest)", count: closing.part)
  }

  /// The transfer that a closing is about: the one that was scanned, or the rest of it.
  private func transfer(of closing: History.Closing) -> OdooTransfer? {
    var found = odoo.transfers.first { $0.name == closing.transfer }
    for _ in 0..<closing.part {
      guard let before = found else { return nil }
      found = odoo.transfers.first { $0.backorderOf == before.id }
    }
    return found
  }

  private mutating func compareGoods(
    _ closing: History.Closing,
    _ transfer: OdooTransfer,
    _ name: String
  ) {
    let scanned = Self.sums(closing.goods)
    let done = Self.sums(transfer.lines)
    for goods in Set(scanned.keys).union(done.keys).sorted(by: { $0.text < $1.text }) {
      let (expected, actual) = (scanned[goods] ?? 0, done[goods] ?? 0)
      guard abs(expected - actual) > Self.tolerance else { continue }
      note(
        actual < expected ? .lost : .twice,
        "\(name): \(goods.text): scanned \(Self.text(expected)), in Odoo \(Self.text(actual))"
      )
    }
  }

  private mutating func compareLabels(
    _ closing: History.Closing,
    _ transfer: OdooTransfer,
    _ name: String
  ) {
    if let tracking = closing.tracking, odoo.hasTracking, transfer.tracking != tracking {
      note(.lost, "\(name): tracking \(tracking), in Odoo \(transfer.tracking ?? "none")")
    }
    guard let weights = odoo.weights else { return }
    for (package, weight) in closing.weights.sorted(by: { $0.key < $1.key }) {
      let actual = weights[package] ?? 0
      guard abs(actual - weight) > Self.tolerance else { continue }
      let text = "\(Self.text(weight)) kg, in Odoo \(Self.text(actual)) kg"
      note(.lost, "\(name): package \(package) weighed \(text)")
    }
  }

  /// Finds orders that got more than was ordered.
  mutating func checkOrders() {
    for line in odoo.orders where line.delivered > line.ordered + Self.tolerance {
      note(
        .twice,
        "\(line.order): \(line.product): ordered \(Self.text(line.ordered)), delivered"
          + " \(Self.text(line.delivered))"
      )
    }
  }

  private static func sums(_ lines: [OdooTransfer.Line]) -> [Goods: Double] {
    var sums: [Goods: Double] = [:]
    for line in lines where line.quantity != 0 {
      sums[Goods(line), default: 0] += line.quantity
    }
    return sums
  }

  /// A number without superfluous zeros.
  static func text(_ number: Double) -> String {
    let rounded = (number * 1_000).rounded() / 1_000
    return Int(exactly: rounded).map { String($0) } ?? String(rounded)
  }
}

/// Goods of one kind in one place.
private struct Goods: Hashable {
  let product: String
  let lot: String?
  let package: String?

  init(_ line: OdooTransfer.Line) {
    product = line.product
    lot = line.lot
    package = line.resultPackage
  }

  var text: String {
    product + (lot.map { " lot \($0)" } ?? "") + (package.map { " in \($0)" } ?? "")
  }
}
