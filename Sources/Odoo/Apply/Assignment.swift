internal import Floor

/// Which lines of Odoo the parts go on, and which parts need a line of their own.
///
/// In this order: lines with the part's lot and source package, lines with its lot, any line of
/// its move. No line takes two parts. A part that is reserved from several bins is spread over
/// its lines up to what each has reserved; what is over goes on the last of them, for what was
/// counted is the truth.
struct Assignment {
  struct Piece: Equatable {
    var part: Part
    var line: TransferSnapshot.Line
    var quantity: Quantity
  }

  var pieces: [Piece] = []
  /// Parts for which no line is left.
  var unplaced: [Part] = []

  /// - Parameter before: Lines that parts were put on earlier in this plan; kept while they last.
  init(_ parts: [Part], in snapshot: TransferSnapshot, before: [Part: [Int: Quantity]]) {
    var free = snapshot.lines.filter(\.isOpen)
    var open: [Part] = []
    for part in parts {
      let old = before[part] ?? [:]
      let lines = free.filter { old[$0.id] != nil && $0.moveID == part.moveID }
      if !old.isEmpty, lines.count == old.count {
        for line in lines {
          pieces.append(Piece(part: part, line: line, quantity: old[line.id] ?? .zero))
        }
        free.removeAll { line in old[line.id] != nil }
      } else {
        open.append(part)
      }
    }
    var chosen: [(part: Part, lines: [TransferSnapshot.Line])] = []
    for tier in Tier.allCases {
      open = open.filter { part in
        guard let line = Self.best(part, tier, snapshot, free) else { return true }
        chosen.append((part, [line]))
        free.removeAll { $0.id == line.id }
        return false
      }
    }
    unplaced = open
    // Only when each part has a line: whoever has too little on it takes more of the same.
    for index in chosen.indices {
      let part = chosen[index].part
      guard Fit(part, snapshot).both(chosen[index].lines[0]) else { continue }
      while chosen[index].lines.map(\.quantity).reduce(.zero, +) < part.quantity,
        let line = Self.best(part, .lotAndPackage, snapshot, free)
      {
        chosen[index].lines.append(line)
        free.removeAll { $0.id == line.id }
      }
    }
    for (part, lines) in chosen { spread(part, over: lines) }
  }

  private enum Tier: CaseIterable {
    case lotAndPackage, lot, any
  }

  private static func best(
    _ part: Part,
    _ tier: Tier,
    _ snapshot: TransferSnapshot,
    _ free: [TransferSnapshot.Line]
  ) -> TransferSnapshot.Line? {
    let fit = Fit(part, snapshot)
    let candidates = free.filter { line in
      guard line.moveID == part.moveID else { return false }
      return switch tier {
      case .lotAndPackage: fit.both(line)
      case .lot: fit.lot(line)
      case .any: true
      }
    }
    return candidates.min { (-fit.score($0), $0.id) < (-fit.score($1), $1.id) }
  }

  private mutating func spread(_ part: Part, over lines: [TransferSnapshot.Line]) {
    var rest = part.quantity
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      let share = isLast ? rest : min(rest, max(line.quantity, .zero))
      guard share > .zero else { continue }
      pieces.append(Piece(part: part, line: line, quantity: share))
      rest -= share
    }
  }

  /// How well lines fit a part.
  private struct Fit {
    var quantity: Quantity
    var lots: [Int]?
    var lotName: String?
    var sources: [Int]?
    var packages: [Int]?

    init(_ part: Part, _ snapshot: TransferSnapshot) {
      let line = part.line
      quantity = part.quantity
      lotName = line.lot
      lots = line.lot.map { snapshot.lotIDs($0, of: line.productID) }
      sources = line.sourcePackage.map { snapshot.packageIDs($0) }
      packages = line.package.map { snapshot.packageIDs($0) }
    }

    func lot(_ line: TransferSnapshot.Line) -> Bool {
      guard let lots else { return true }
      return line.lotID.map { lots.contains($0) } ?? (line.lotName == lotName)
    }

    func source(_ line: TransferSnapshot.Line) -> Bool {
      guard let sources else { return true }
      return line.packageID.map { sources.contains($0) } ?? false
    }

    func both(_ line: TransferSnapshot.Line) -> Bool { lot(line) && source(line) }

    /// Larger is better: a line that was written for this part before comes first.
    func score(_ line: TransferSnapshot.Line) -> Int {
      let result =
        switch (packages, line.resultPackageID) {
        case (nil, nil): 2
        case (nil, let id?): id == line.packageID ? 2 : 1
        case (_?, nil): 1
        case (let own?, let id?): own.contains(id) ? 2 : 0
        }
      let empty = line.lotID == nil && line.lotName == nil
      let loose = sources == nil && line.packageID == nil
      let exact = line.quantity == quantity
      // Loose goods go on a line of loose goods, even if one of a package has just their quantity:
      // that package would be moved for them.
      return result * 100 + (line.picked ? 10 : 0) + (loose ? 7 : 0) + (exact ? 4 : 0)
        + (empty ? 2 : 0)
    }
  }
}
