public import Floor
public import Odoo

/// A count divided into what Odoo's transfer asks for, and the rest.
public struct Split: Hashable, Sendable {
  /// What fits; it is applied in the place of the whole.
  public var fitting: Confirmation
  /// What no move asks for; an exception of its own, since there is no transfer for it.
  public var rest: [Confirmation.Line]

  /// Divides a count by what Odoo was seen to ask for.
  ///
  /// Lines go in their order; of the one that is too long the beginning fits. What is missing of the
  /// demand is left to the backorder, as ever.
  public init(
    _ old: Confirmation,
    by versions: ApplyException.Versions?,
    key: String
  ) throws(DecisionProblem) {
    guard let versions, versions.basis == .asked else {
      throw DecisionProblem(
        "What Odoo asks for is not known, so it cannot be split: retry first, or edit it."
      )
    }
    var free = old.asked(versions)
    var fitting: [Confirmation.Line] = []
    var rest: [Confirmation.Line] = []
    for line in old.lines where line.quantity > .zero {
      let room = free[line.productID] ?? .zero
      let share = min(line.quantity, max(.zero, room))
      free[line.productID] = room - share
      if share > .zero {
        var part = line
        part.quantity = share
        fitting.append(part)
      }
      if share < line.quantity {
        var part = line
        part.quantity = line.quantity - share
        rest.append(part)
      }
    }
    guard !fitting.isEmpty else {
      throw DecisionProblem("Nothing of it fits what Odoo asks for: edit it or drop it.")
    }
    guard !rest.isEmpty else {
      throw DecisionProblem("All of it fits what Odoo asks for: retry it.")
    }
    var new = old
    new.lines = fitting
    new.renamePackages(of: old)
    self.fitting = new.revised(key: key, from: old, versions)
    self.rest = rest
  }
}
