internal import Floor

/// Counted goods as they fall to a move of the transfer.
struct Part: Hashable {
  /// Index of the counted line in the confirmation.
  var entry: Int
  /// Database id of the move.
  var moveID: Int
  var quantity: Quantity
  var line: Confirmation.Line
  /// The name behind `__tallyman__.` of a line that has to be made for it.
  var externalID: String
}

/// Divides counted goods among the moves of a transfer.
///
/// The division follows the demand as it was at closing, never what is reserved now, so that a
/// plan that is made again, even after a restart, comes to the same parts: a line made for a part
/// has the same external id and the same quantity each time.
struct Allocation {
  var parts: [Part] = []
  /// Counted goods that no move asks for.
  var homeless: [Confirmation.Line] = []

  init(_ confirmation: Confirmation, moves: [TransferSnapshot.Move]) {
    var room = Self.room(confirmation, moves)
    for (index, line) in confirmation.lines.enumerated() where line.quantity > .zero {
      let own = room.indices.filter { room[$0].productID == line.productID }
      guard let last = own.last else {
        homeless.append(line)
        continue
      }
      var rest = line.quantity
      var shares: [(move: Int, quantity: Quantity)] = []
      for place in own where rest > .zero {
        // What is over the whole demand goes to the last move.
        let share = place == last ? rest : min(rest, room[place].free)
        guard share > .zero else { continue }
        room[place].free -= share
        rest -= share
        shares.append((room[place].moveID, share))
      }
      for share in shares {
        let suffix = shares.count > 1 ? "_\(share.move)" : ""
        parts.append(
          Part(
            entry: index,
            moveID: share.move,
            quantity: share.quantity,
            line: line,
            externalID: "\(confirmation.key)_\(index)\(suffix)"
          )
        )
      }
    }
  }

  private struct Room {
    var moveID: Int
    var productID: Int
    var free: Quantity
  }

  /// Moves in the order of closing with the demand of then; moves that came later have theirs.
  private static func room(
    _ confirmation: Confirmation,
    _ moves: [TransferSnapshot.Move]
  ) -> [Room] {
    var out: [Room] = []
    for seen in confirmation.seen {
      guard let id = seen.moveID, moves.contains(where: { $0.id == id }) else { continue }
      out.append(Room(moveID: id, productID: seen.productID, free: seen.demand))
    }
    let rest = moves.filter { move in !out.contains { $0.moveID == move.id } }
    for move in rest.sorted(by: { $0.id < $1.id }) {
      out.append(Room(moveID: move.id, productID: move.productID, free: move.demand))
    }
    return out
  }
}
