/// The sentences for workers and shift leads, made of what they are about.
enum Messages {
  static let nothingOpen = Sentence(.nothingOpen)
  static let empty = Sentence(.empty)
  static let nothingToUndo = Sentence(.nothingToUndo)
  static let noPackage = Sentence(.noPackage)
  static let weightUnstable = Sentence(.weightUnstable)
  static let scanPackageLabel = Sentence(.scanPackageLabel)
  static let commandUnavailable = Sentence(.commandUnavailable)

  static func opened(_ tally: Tally) -> Sentence {
    Sentence(.opened, ["transfer": name(of: tally), "demand": .number(tally.demand)])
  }
  static func status(_ tally: Tally) -> Sentence {
    Sentence(
      .status,
      ["transfer": name(of: tally), "counted": .number(tally.counted), "left": left(of: tally)]
    )
  }
  static func counted(_ product: String, _ tally: Tally, _ id: Int) -> Sentence {
    if tally.isBlind {
      return Sentence(
        .countedBlind,
        ["product": .text(product), "counted": .number(tally.counted(of: id))]
      )
    }
    return Sentence(
      .counted,
      [
        "product": .text(product), "counted": .number(tally.counted(of: id)),
        "demand": .number(tally.demand(of: id)),
      ]
    )
  }
  static func countedPackage(_ package: String, _ tally: Tally) -> Sentence {
    Sentence(.countedPackage, ["package": .text(package), "left": left(of: tally)])
  }
  static func complete(_ tally: Tally) -> Sentence {
    Sentence(.complete, ["transfer": name(of: tally)])
  }
  static func packed(_ package: String) -> Sentence {
    Sentence(.packed, ["package": .text(package)])
  }
  static func packageOpened(_ package: String) -> Sentence {
    Sentence(.packageOpened, ["package": .text(package)])
  }
  static func weighed(_ package: String, _ weight: Quantity) -> Sentence {
    Sentence(.weighed, ["package": .text(package), "weight": .number(weight)])
  }
  static func tracked(_ tally: Tally) -> Sentence {
    Sentence(.tracked, ["transfer": name(of: tally)])
  }
  static func undone(_ tally: Tally) -> Sentence {
    Sentence(.undone, ["status": .sentence(status(tally))])
  }
  static func discarded(_ name: String) -> Sentence {
    Sentence(.discarded, ["transfer": .text(name)])
  }
  static func confirmed(_ tally: Tally) -> Sentence {
    Sentence(.confirmed, ["transfer": name(of: tally)])
  }
  static func scanLot(_ product: Product) -> Sentence {
    Sentence(
      product.tracking == .serial ? .scanSerial : .scanLot,
      ["product": .text(product.name)]
    )
  }

  static func confirmIncomplete(_ tally: Tally, _ policy: FloorPolicy) -> Sentence {
    Sentence(
      policy.incomplete == .drop ? .confirmDrop : .confirmBackorder,
      ["left": left(of: tally)]
    )
  }
  static func incomplete(_ tally: Tally) -> Sentence {
    Sentence(.incomplete, ["left": left(of: tally)])
  }

  static func countedSoFar(_ tally: Tally?) -> Sentence {
    guard let tally else { return Sentence(.nothingIsOpen) }
    return Sentence(
      .countedSoFar,
      ["counted": .number(tally.counted), "demand": .number(tally.demand)]
    )
  }
  static func doubtful(_ tally: Tally?) -> Sentence {
    Sentence(.doubtful, ["status": .sentence(countedSoFar(tally))])
  }

  private static func name(of tally: Tally) -> Sentence.Content { .text(tally.transfer.name) }

  private static func left(of tally: Tally) -> Sentence.Content {
    .number(tally.missing)
  }
}
