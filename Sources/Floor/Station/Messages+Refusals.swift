extension Messages {
  // The scan

  static func unknownBarcode(_ code: String) -> Sentence {
    Sentence(.unknownBarcode, ["code": short(code)])
  }
  static func wrongProduct(_ product: String, _ tally: Tally) -> Sentence {
    Sentence(
      .wrongProduct,
      ["product": .text(product), "transfer": .text(tally.transfer.name)]
    )
  }
  static func ambiguous(_ code: String) -> Sentence {
    Sentence(.ambiguous, ["code": short(code)])
  }
  static func tooMany(_ product: String, demand: Quantity) -> Sentence {
    Sentence(.tooMany, ["demand": .number(demand), "product": .text(product)])
  }
  static func wrongLot(_ lot: String, _ product: String) -> Sentence {
    Sentence(.wrongLot, ["lot": short(lot), "product": .text(product)])
  }
  static func lotMissing(_ product: String) -> Sentence {
    Sentence(.lotMissing, ["product": .text(product)])
  }
  static func serialTwice(_ serial: String) -> Sentence {
    Sentence(.serialTwice, ["serial": short(serial)])
  }
  static func serialQuantity(_ serial: String) -> Sentence {
    Sentence(.serialQuantity, ["serial": short(serial)])
  }
  static func packageElsewhere(_ package: String, station: String) -> Sentence {
    Sentence(.packageElsewhere, ["package": short(package), "station": .text(station)])
  }
  static func packageTwice(_ package: String) -> Sentence {
    Sentence(.packageTwice, ["package": short(package)])
  }
  static func weightImplausible(_ weight: Quantity) -> Sentence {
    Sentence(.weightImplausible, ["weight": .number(weight)])
  }
  static func nothingCounted(_ tally: Tally) -> Sentence {
    Sentence(.nothingCounted, ["transfer": .text(tally.transfer.name)])
  }

  // The transfer

  static func unknownTransfer(_ name: String) -> Sentence {
    Sentence(.unknownTransfer, ["transfer": short(name)])
  }
  static func wrongStep(_ step: Transfer.Step, _ transfer: Transfer) -> Sentence {
    Sentence(
      .wrongStep,
      [
        "transfer": .text(transfer.name), "step": word(step),
        "needed": word(transfer.operation.step),
      ]
    )
  }
  static func notReady(_ transfer: Transfer) -> Sentence {
    Sentence(.notReady, ["transfer": .text(transfer.name), "state": word(transfer.state)])
  }
  static func alreadyDone(_ name: String) -> Sentence {
    Sentence(.alreadyDone, ["transfer": .text(name)])
  }
  static func alreadyClosed(_ name: String) -> Sentence {
    Sentence(.alreadyClosed, ["transfer": .text(name)])
  }
  static func severalBackorders(_ name: String) -> Sentence {
    Sentence(.severalBackorders, ["transfer": .text(name)])
  }
  static func cancelled(_ name: String) -> Sentence {
    Sentence(.cancelled, ["transfer": .text(name)])
  }
  static func openElsewhere(_ name: String, station: String) -> Sentence {
    Sentence(.openElsewhere, ["transfer": .text(name), "station": .text(station)])
  }
  static func otherOpen(_ tally: Tally, wanted: String) -> Sentence {
    Sentence(.otherOpen, ["transfer": .text(tally.transfer.name), "wanted": short(wanted)])
  }
  static func tooManyOpen(_ limit: Int) -> Sentence {
    Sentence(.tooManyOpen, ["limit": .number(Quantity(limit))])
  }

  /// A code as far as it fits into a sentence.
  static func short(_ text: String) -> Sentence.Content {
    .text(text.count <= 40 ? text : "\(text.prefix(40))…")
  }

  private static func word(_ step: Transfer.Step) -> Sentence.Content {
    let phrase: Phrase =
      switch step {
      case .receive: .stepReceive
      case .pick: .stepPick
      case .pack: .stepPack
      case .ship: .stepShip
      case .move: .stepMove
      }
    return .sentence(Sentence(phrase))
  }

  private static func word(_ state: Transfer.State) -> Sentence.Content {
    let phrase: Phrase =
      switch state {
      case .draft: .stateDraft
      case .waiting: .stateWaiting
      case .confirmed: .stateConfirmed
      case .assigned: .stateAssigned
      case .done: .stateDone
      case .cancelled: .stateCancelled
      }
    return .sentence(Sentence(phrase))
  }
}
