extension ExceptionCode {
  var places: ExceptionRule {
    switch self {
    case .closedTwice:
      ExceptionRule(
        .blindTransfer,
        "The transfer was counted without a list, and was closed here with its list as well.",
        "Find out whether goods were counted twice. Book what is missing by hand, then drop this.",
        [.drop, .retry]
      )
    case .noNext:
      ExceptionRule(
        .chain,
        "Odoo has made no transfer that takes on what the step before brought.",
        "Look at the warehouse's steps and at the order. Retry once the transfer is there, or "
          + "validate it in Odoo by hand and drop this.",
        [.retry, .drop]
      )
    case .severalNext:
      ExceptionRule(
        .chain,
        "Odoo divided the next step among several transfers, and which one was counted cannot be "
          + "told.",
        "Validate them in Odoo as the goods went, then drop this. Retry if only one is left.",
        [.drop, .retry]
      )
    case .lostPredecessor:
      ExceptionRule(
        .chain,
        "The confirmation that this one follows is not in the journal.",
        "Validate the transfer in Odoo by hand, then drop this.",
        [.drop]
      )
    case .predecessorDiscarded:
      ExceptionRule(
        .chain,
        "The confirmation that this one follows was dropped, so Odoo has nothing to validate it on.",
        "Book it in Odoo by hand, then drop this.",
        [.drop]
      )
    case .noBackorder:
      ExceptionRule(
        .chain,
        "Odoo has made no backorder that this rest could be validated on.",
        "Make a transfer for the goods in Odoo by hand, then drop this.",
        [.drop]
      )
    case .severalBackorders:
      ExceptionRule(
        .chain,
        "Odoo has made several backorders, and which one was counted cannot be told.",
        "Validate the right one in Odoo by hand, then drop this.",
        [.drop]
      )
    default:
      ExceptionRule(
        .blindTransfer,
        "A transfer was counted without a list, and Odoo has none of that name, or several.",
        "Find out what was scanned. Retry once the transfer is in Odoo, or book the count by hand "
          + "and drop this.",
        [.retry, .drop]
      )
    }
  }

  var refusals: ExceptionRule {
    switch self {
    case .notReady:
      ExceptionRule(
        .refusedByOdoo,
        "The transfer stayed in a state in which it cannot be validated.",
        "Validate what comes before it or confirm it in Odoo, then retry.",
        [.retry, .drop]
      )
    case .wizard:
      ExceptionRule(
        .refusedByOdoo,
        "Odoo asked a question instead of validating the transfer.",
        "Validate the transfer in Odoo and answer there, then retry: an equal transfer counts as "
          + "applied.",
        [.retry, .drop]
      )
    case .notDone:
      ExceptionRule(
        .refusedByOdoo,
        "Odoo answered the validation without an error, but the transfer is not done.",
        "Look at the transfer in Odoo, then retry.",
        [.retry, .drop]
      )
    case .keyReused:
      ExceptionRule(
        .refusedByOdoo,
        "Odoo has the key of this confirmation already, for other goods or another transfer.",
        "The journal was probably restored from a copy. Compare the transfer with the goods: edit "
          + "the count to apply it under a new key, or drop it if Odoo is right.",
        [.edit, .drop]
      )
    case .unstable:
      ExceptionRule(
        .refusedByOdoo,
        "The transfer kept changing in Odoo while it was being applied.",
        "Find out who or what changes it, then retry.",
        [.retry, .drop]
      )
    case .keepsFailing:
      ExceptionRule(
        .refusedByOdoo,
        "Every attempt failed, while Odoo took others.",
        "Look at the calls (tallyman exceptions show), put right what they say, then retry.",
        [.retry, .edit, .drop]
      )
    case .forbidden:
      ExceptionRule(
        .access,
        "Odoo does not let the agent's user do this.",
        "Give the user the group Inventory / User and the transfer's company (tallyman check), "
          + "then retry.",
        [.retry, .drop]
      )
    case .contract:
      ExceptionRule(
        .contract,
        "Odoo answered in a way that this version of the agent does not understand.",
        "Run tallyman check. Validate the transfer in Odoo by hand and report it; retry: an equal "
          + "transfer counts as applied.",
        [.retry, .drop]
      )
    case .poison:
      ExceptionRule(
        .poison,
        "The confirmation's row in the journal cannot be read.",
        "Book the transfer by hand from the events (tallyman trace), then drop this.",
        [.drop, .retry]
      )
    case .other:
      ExceptionRule(
        .poison,
        "Another version of the agent has parked this for a reason that this one does not know.",
        "Read the sentence beside it and put right what it says, then retry.",
        [.retry, .drop]
      )
    default:
      ExceptionRule(
        .refusedByOdoo,
        "Odoo refused the transfer by one of its own rules.",
        "Put right what its message says and retry, or edit the count.",
        [.retry, .edit, .drop]
      )
    }
  }

  var found: ExceptionRule {
    switch self {
    case .failedAllocation:
      ExceptionRule(
        .failedAllocation,
        "A transfer is open here or due, and Odoo has not reserved all of its goods.",
        "Check availability in Odoo, correct the stock or receive goods. It goes by itself once "
          + "all is reserved; drop it to stop being told.",
        [.drop]
      )
    case .duplicateOrder:
      ExceptionRule(
        .duplicateOrder,
        "Two open transfers seem to be for the same order.",
        "Ask sales which one is right, and cancel the other in Odoo: it goes by itself then. Drop "
          + "it if both are meant.",
        [.drop]
      )
    case .countWaits:
      ExceptionRule(
        .stockMismatch,
        "A count of stock waits for a person.",
        "Compare with the shelf, or count again. Then tallyman counts apply brings it to Odoo as it "
          + "was counted, and tallyman counts discard gives it up; it goes with either.",
        [.drop]
      )
    case .reconciliation:
      ExceptionRule(
        .changedInOdoo,
        "The comparison with Odoo found what nothing explains.",
        "Look at tallyman reconcile --last. Correct Odoo, or send it once more with tallyman "
          + "reconcile --apply-again; it goes with the next comparison that agrees. Drop it if it is "
          + "in order.",
        [.drop]
      )
    case .lateReceipt:
      ExceptionRule(
        .lateReceipt,
        "A receipt has not come by its scheduled date.",
        "Ask the supplier, and set the new date in Odoo. It goes by itself when the goods are "
          + "received.",
        [.drop]
      )
    case .leftOver:
      ExceptionRule(
        .overShort,
        "Goods were counted that no transfer takes: the rest of a split.",
        "Put the goods back or book them in Odoo, then drop it and say what was done.",
        [.drop]
      )
    case .unknownCode:
      ExceptionRule(
        .unknownCode,
        "The same kind of code was refused as unknown several times.",
        "Look at what was scanned (tallyman events); add the barcode to the product in Odoo or "
          + "relabel the goods. Drop it when done.",
        [.drop]
      )
    case .weightRefused:
      ExceptionRule(
        .weight,
        "Weights of one transfer were refused several times.",
        "Check the parcel's contents, the product's weight in Odoo and the scale. It goes when the "
          + "transfer is closed.",
        [.drop]
      )
    case .lotRefused:
      ExceptionRule(
        .lotSerial,
        "Lots or serial numbers of one transfer were refused several times.",
        "Compare the labels with what Odoo has reserved. It goes when the transfer is closed.",
        [.drop]
      )
    default:
      ExceptionRule(
        .stockMismatch,
        "Less was counted at a location than Odoo had reserved there.",
        "Count the location (a closed count there ends this), or correct the stock in Odoo and "
          + "drop it.",
        [.drop]
      )
    }
  }
}
