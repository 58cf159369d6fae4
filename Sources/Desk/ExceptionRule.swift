/// What holds for all exceptions of one code.
public struct ExceptionRule: Hashable, Sendable {
  /// Where it belongs on the desk.
  public var group: ExceptionGroup
  /// What it means, in one plain sentence.
  public var meaning: String
  /// What to do, in plain sentences.
  public var advice: String
  /// What may be decided, the most likely first; at least one of them ends it or moves it on.
  public var decisions: [Decision]

  init(
    _ group: ExceptionGroup,
    _ meaning: String,
    _ advice: String,
    _ decisions: [Decision]
  ) {
    self.group = group
    self.meaning = meaning
    self.advice = advice
    self.decisions = decisions
  }
}

extension ExceptionCode {
  /// What holds for exceptions of this code; `docs/exceptions.md` is this table.
  public var rule: ExceptionRule {
    switch self {
    case .doneDifferently, .cancelled, .gone, .changedInOdoo: changed
    case .doesNotFit, .productNotInTransfer, .nothingCounted, .notInStock: quantities
    case .lotUnknown, .packageUnknown, .packageAmbiguous: names
    case .blindNotFound, .closedTwice, .noNext, .severalNext, .lostPredecessor,
      .predecessorDiscarded, .noBackorder, .severalBackorders:
      places
    case .notReady, .refused, .wizard, .notDone, .keyReused, .unstable, .forbidden, .contract,
      .keepsFailing,
      .poison, .other:
      refusals
    case .failedAllocation, .duplicateOrder, .stockMismatch, .countWaits, .reconciliation,
      .lateReceipt, .leftOver, .unknownCode, .weightRefused, .lotRefused:
      found
    }
  }

  private var changed: ExceptionRule {
    switch self {
    case .cancelled:
      ExceptionRule(
        .changedInOdoo,
        "The transfer was cancelled in Odoo before the count could be applied.",
        "Put the goods back, or make a new transfer for them in Odoo. Then accept Odoo's version.",
        [.accept, .drop]
      )
    case .gone:
      ExceptionRule(
        .changedInOdoo,
        "The transfer does not exist in Odoo any more.",
        "Find out who removed it and where the goods belong. Then accept Odoo's version.",
        [.accept, .drop]
      )
    case .changedInOdoo:
      ExceptionRule(
        .changedInOdoo,
        "Odoo asks for something else now than when the transfer was closed on the floor.",
        "Compare both versions with the goods. Edit the count to what is right, split it to apply "
          + "what Odoo still asks for, or put the transfer back in Odoo and retry.",
        [.edit, .split, .retry, .drop]
      )
    default:
      ExceptionRule(
        .changedInOdoo,
        "The transfer is done in Odoo, but not with what was counted.",
        "Compare both versions with the goods. If Odoo is right, accept it; if the floor is right, "
          + "correct Odoo with a return or an adjustment, then accept it.",
        [.accept, .retry, .drop]
      )
    }
  }

  private var quantities: ExceptionRule {
    switch self {
    case .productNotInTransfer:
      ExceptionRule(
        .overShort,
        "A product was counted that the transfer does not ask for.",
        "Add it to the order in Odoo and retry, or split: the rest is applied, and the product is "
          + "kept as an exception of its own.",
        [.split, .retry, .edit, .drop]
      )
    case .notInStock:
      ExceptionRule(
        .stockMismatch,
        "Odoo has not reserved, or has not in stock, what was counted.",
        "Count the location or correct the stock in Odoo, then retry; edit the count if it was "
          + "wrong.",
        [.retry, .edit, .drop]
      )
    case .nothingCounted:
      ExceptionRule(
        .overShort,
        "Nothing was counted; Odoo validates no empty transfer.",
        "Enter what was counted, or drop it and cancel the transfer in Odoo.",
        [.edit, .drop]
      )
    default:
      ExceptionRule(
        .overShort,
        "More was counted than the transfer asks for.",
        "Compare with the goods. Split to apply what fits, edit the count, or raise the order in "
          + "Odoo and retry.",
        [.split, .edit, .retry, .drop]
      )
    }
  }

  private var names: ExceptionRule {
    switch self {
    case .packageUnknown:
      ExceptionRule(
        .lotSerial,
        "Odoo does not know the package that the goods came in.",
        "Check its label. Edit the package's name, or make the package in Odoo and retry.",
        [.edit, .retry, .drop]
      )
    case .packageAmbiguous:
      ExceptionRule(
        .lotSerial,
        "Several packages of Odoo have the name that was scanned.",
        "Rename all but one in Odoo and retry, or edit the package's name.",
        [.retry, .edit, .drop]
      )
    default:
      ExceptionRule(
        .lotSerial,
        "Odoo does not know the lot or serial number.",
        "Check the label. Edit the number if it was misread; if it is right, receive the lot in "
          + "Odoo first and retry.",
        [.edit, .retry, .drop]
      )
    }
  }
}
