public import Floor

/// What was counted beyond what was asked for in the steps before.
///
/// Up to Odoo 17 the transfers of all steps are there from the start, and go on asking for what the
/// order asks for, though more was picked; since 18 the next step asks for what was brought. What a
/// later step saw at closing is what was brought; so much less may Odoo ask for without anybody
/// having changed it.
public enum Overcount {
  /// Longest chain that is looked at.
  private static let longest = 16

  /// A confirmation that expects no more of Odoo's demand than what was asked for before.
  ///
  /// - Parameter content: The confirmation with a uuid; nil if it is not in the journal.
  public static func leftOut<Failure: Error>(
    of confirmation: Confirmation,
    content: (String) throws(Failure) -> Confirmation?
  ) throws(Failure) -> Confirmation {
    guard case .next(let uuid, _) = confirmation.target else { return confirmation }
    var over = try overcounted(uuid, Self.longest, content)
    guard !over.isEmpty else { return confirmation }
    var copy = confirmation
    for index in copy.seen.indices where copy.seen[index].moveID == nil {
      let seen = copy.seen[index]
      let part = min(over[seen.productID] ?? .zero, seen.demand)
      over[seen.productID, default: .zero] -= part
      copy.seen[index].demand -= part
    }
    return copy
  }

  /// By product, how much more a confirmation counted than was asked for at its first step.
  private static func overcounted<Failure: Error>(
    _ uuid: String,
    _ left: Int,
    _ content: (String) throws(Failure) -> Confirmation?
  ) throws(Failure) -> [Int: Quantity] {
    guard left > 0, let before = try content(uuid), !before.seen.isEmpty else { return [:] }
    var over: [Int: Quantity] = [:]
    switch before.target {
    // Of a rest that was counted apart, what came before it is behind the same next step.
    case .next(let earlier, _), .remainder(let earlier):
      over = try overcounted(earlier, left - 1, content)
    case .transfer, .named: break
    }
    for line in before.lines { over[line.productID, default: .zero] += line.quantity }
    for seen in before.seen { over[seen.productID, default: .zero] -= seen.demand }
    return over.filter { $0.value > .zero }
  }
}
