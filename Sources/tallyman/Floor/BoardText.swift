internal import Floor
internal import Rehearsal

/// What is open at a station, as lines of text.
enum BoardText {
  static func lines(_ board: Board) -> [String] {
    var lines: [String] = []
    if let joined = board.joined { lines.append("counting with station \(joined)") }
    if let group = board.group { lines.append("\(group) is open") }
    for transfer in board.transfers { lines += self.lines(transfer) }
    if let count = board.count { lines += self.lines(count) }
    if let keyed = board.keyed { lines.append("the next scan stands for \(keyed)") }
    return lines
  }

  private static func lines(_ transfer: Board.OpenTransfer) -> [String] {
    let aside = transfer.standing == .aside
    let head =
      "\(transfer.name) (\(transfer.step.word)): \(transfer.counted) counted, "
      + "\(transfer.left) left" + (aside ? ", put aside" : "")
    if aside { return [head] }
    var lines = [head]
    lines += table(
      ["PRODUCT", "COUNTED", "OF", "LEFT", "WHERE"],
      transfer.goods.map { goods in
        [
          goods.product, "\(goods.counted)", goods.demand.map { "\($0)" } ?? "?",
          goods.demand.map { "\(max(.zero, $0 - goods.counted))" } ?? "?", places(goods),
        ]
      }
    ).map { "  \($0)" }
    lines += transfer.packages.map { "  \(text($0, transfer.openPackage))" }
    if let product = transfer.awaitingLot {
      lines.append("  the lot or serial number of \(product) comes next")
    }
    if let tracking = transfer.tracking { lines.append("  tracking \(tracking)") }
    return lines
  }

  private static func lines(_ count: Board.Count) -> [String] {
    guard let location = count.location else { return ["counting stock; the location comes next"] }
    return ["counting stock at \(location)"]
      + table(
        ["PRODUCT", "COUNTED", "LOT"],
        count.goods.map { [$0.product, "\($0.counted)", $0.places.first?.lot ?? ""] }
      ).map { "  \($0)" }
  }

  private static func places(_ goods: Board.Goods) -> String {
    goods.places.filter { $0.lot != nil || $0.package != nil }.map { place in
      "\(place.quantity)" + (place.lot.map { " of \($0)" } ?? "")
        + (place.package.map { " in \($0)" } ?? "")
    }.joined(separator: ", ")
  }

  private static func text(_ package: Board.Package, _ open: String?) -> String {
    var text = "package \(package.name)"
    if let type = package.type { text += ", \(type)" }
    if let weight = package.weight { text += ", \(weight) kg" }
    if let parent = package.parent { text += ", in \(parent)" }
    if package.name == open { text += ", open" }
    return text
  }

  private static func table(_ heading: [String], _ rows: [[String]]) -> [String] {
    guard !rows.isEmpty else { return [] }
    return Output.columns([heading] + rows)
  }
}

extension Transfer.Step {
  /// The step in words.
  fileprivate var word: String { self == .move ? "move" : rawValue }
}
