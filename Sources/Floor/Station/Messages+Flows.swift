internal import Barcodes

/// The sentences of parking, batches, loading, packages and labels.
extension Messages {
  static func resumed(_ tally: Tally) -> Sentence {
    Sentence(
      .resumed,
      [
        "transfer": .text(tally.transfer.name), "counted": .number(tally.counted),
        "left": .number(tally.missing),
      ]
    )
  }
  static func joined(_ transfer: String, _ station: String) -> Sentence {
    Sentence(.joined, ["transfer": .text(transfer), "station": .text(station)])
  }
  static func leftTo(_ station: String, _ transfer: String) -> Sentence {
    Sentence(.leftTo, ["transfer": .text(transfer), "station": .text(station)])
  }
  static func parked(_ name: String) -> Sentence {
    Sentence(.parked, ["transfer": .text(name)])
  }
  static func confirmPark(_ current: String, wanted: String) -> Sentence {
    Sentence(.confirmPark, ["transfer": .text(current), "wanted": short(wanted)])
  }
  static func confirmDiscard(_ held: [Tally]) -> Sentence {
    Sentence(.confirmDiscard, ["counted": .number(held.reduce(into: .zero) { $0 += $1.counted })])
  }
  static func blindOpened(_ name: String) -> Sentence {
    Sentence(.blindOpened, ["transfer": .text(name)])
  }
  static func severalTransfers(_ names: some Sequence<String>) -> Sentence {
    Sentence(.severalTransfers, ["transfers": .text(names.joined(separator: ", "))])
  }
  static func wrongStation(_ transfer: Transfer, _ station: String) -> Sentence {
    Sentence(.wrongStation, ["transfer": .text(transfer.name), "station": .text(station)])
  }
  static func transferChanged(_ product: String, _ demand: Quantity) -> Sentence {
    Sentence(.transferChanged, ["demand": .number(demand), "product": .text(product)])
  }
  static func unitFraction(_ product: String) -> Sentence {
    Sentence(.unitFraction, ["product": .text(product)])
  }
  static func mixedUnits(_ name: String) -> Sentence {
    Sentence(.mixedUnits, ["transfer": .text(name)])
  }
  static func operationType(_ code: String) -> Sentence {
    Sentence(.operationType, ["code": short(code)])
  }
}

// MARK: - Batches and loads

extension Messages {
  static func batchOpened(_ name: String, _ count: Int) -> Sentence {
    Sentence(.batchOpened, ["batch": .text(name), "transfers": .number(Quantity(count))])
  }
  static func batchEmpty(_ name: String) -> Sentence {
    Sentence(.batchEmpty, ["batch": .text(name)])
  }
  static func goesTo(_ transfer: String) -> Sentence {
    Sentence(.goesTo, ["transfer": .text(transfer)])
  }
  static func groupOpen(_ name: String, wanted: String) -> Sentence {
    Sentence(.otherOpen, ["transfer": .text(name), "wanted": short(wanted)])
  }
  static func groupEmpty(_ name: String) -> Sentence {
    Sentence(.nothingCounted, ["transfer": .text(name)])
  }
  static func groupIncomplete(_ tally: Tally) -> Sentence {
    Sentence(.incomplete, ["left": .number(tally.missing)])
  }
  static func confirmGroup(_ short: [Tally]) -> Sentence {
    Sentence(
      .confirmGroup,
      [
        "left": .number(short.reduce(into: .zero) { $0 += $1.missing }),
        "transfers": .number(Quantity(short.count)),
      ]
    )
  }
  static func groupClosed(_ name: String, _ count: Int) -> Sentence {
    Sentence(.groupClosed, ["group": .text(name), "transfers": .number(Quantity(count))])
  }
  static func groupStatus(_ group: Station.Group, _ station: Station) -> Sentence {
    let held = group.targets.compactMap { station.tally(of: $0) }
    return Sentence(
      .groupStatus,
      [
        "group": .text(group.name),
        "counted": .number(held.reduce(into: .zero) { $0 += $1.counted }),
        "left": .number(held.reduce(into: .zero) { $0 += $1.missing }),
      ]
    )
  }
  static func loadOpened(_ location: String) -> Sentence {
    Sentence(.loadOpened, ["location": .text(location)])
  }
  static func loadElsewhere(_ location: String) -> Sentence {
    Sentence(.loadElsewhere, ["location": .text(location)])
  }
  static func loaded(_ package: String, _ tally: Tally) -> Sentence {
    Sentence(
      .loaded,
      [
        "package": short(package), "left": .number(tally.missing),
        "transfer": .text(tally.transfer.name),
      ]
    )
  }
  static func wrongCarton(_ type: String, _ carrier: String) -> Sentence {
    Sentence(.wrongCarton, ["type": .text(type), "carrier": .text(carrier)])
  }
  static func wrongCarrier(_ package: String, _ carrier: String, _ other: String) -> Sentence {
    Sentence(
      .wrongCarrier,
      ["package": short(package), "carrier": .text(carrier), "other": .text(other)]
    )
  }
}

// MARK: - Packages, weights and labels

extension Messages {
  static let noPackageOpen = Sentence(.noPackageOpen)

  static func nested(_ package: String, _ parent: String) -> Sentence {
    Sentence(.nested, ["package": short(package), "parent": short(parent)])
  }
  static func packageClosed(_ package: String) -> Sentence {
    Sentence(.packageClosed, ["package": short(package)])
  }
  static func packageTyped(_ package: String, _ type: String) -> Sentence {
    Sentence(.packageTyped, ["package": short(package), "type": .text(type)])
  }
  static func packageNotEmpty(_ package: String) -> Sentence {
    Sentence(.packageNotEmpty, ["package": short(package)])
  }
  static func packageUnknown(_ package: String) -> Sentence {
    Sentence(.packageUnknown, ["package": short(package)])
  }
  static func packageShipped(_ package: String, _ transfer: String) -> Sentence {
    Sentence(.packageShipped, ["package": short(package), "transfer": .text(transfer)])
  }
  static func notPacked(_ package: String) -> Sentence {
    Sentence(.notPacked, ["package": short(package)])
  }
  static func weightMismatch(
    _ package: String,
    _ weight: Quantity,
    _ expected: Quantity
  ) -> Sentence {
    Sentence(
      .weightMismatch,
      [
        "package": short(package), "weight": .number(weight),
        "expected": .number(expected),
      ]
    )
  }
  static func packageTooHeavy(_ package: String, _ limit: Quantity) -> Sentence {
    Sentence(.packageTooHeavy, ["package": short(package), "limit": .number(limit)])
  }
  static func weightMissing(_ package: String) -> Sentence {
    Sentence(.weightMissing, ["package": short(package)])
  }
  static func badBarcode(_ error: GS1Error) -> Sentence {
    let problem = error.ai.map { "(\($0)) \(error.kind.rawValue)" } ?? error.kind.rawValue
    return Sentence(.badBarcode, ["code": .text(error.found), "problem": .text(problem)])
  }
  static func tooLong(_ code: String) -> Sentence { Sentence(.tooLong) }
  static func quantityNoted(_ quantity: Quantity) -> Sentence {
    Sentence(.quantityNoted, ["quantity": .number(quantity)])
  }
  static func quantityImplausible(_ quantity: Quantity) -> Sentence {
    Sentence(.quantityImplausible, ["quantity": .number(quantity)])
  }
  static func locationNoted(_ location: String) -> Sentence {
    Sentence(.locationNoted, ["location": .text(location)])
  }
  static func wrongLocation(_ location: String, _ tally: Tally) -> Sentence {
    Sentence(
      .wrongLocation,
      ["location": .text(location), "transfer": .text(tally.transfer.name)]
    )
  }
}

// MARK: - Lots, and counts of stock

extension Messages {
  static func serialElsewhere(_ serial: String, station: String) -> Sentence {
    Sentence(.serialElsewhere, ["serial": short(serial), "place": .text(station)])
  }
  static func otherLot(_ lot: String, _ product: String) -> Sentence {
    Sentence(.otherLot, ["lot": short(lot), "product": .text(product)])
  }
  static func expiredLot(_ lot: String, _ product: String) -> Sentence {
    Sentence(.expiredLot, ["lot": short(lot), "product": .text(product)])
  }
  static func countByLot(_ product: String) -> Sentence {
    Sentence(.countByLot, ["product": .text(product)])
  }
  static func countLocation(_ location: String) -> Sentence {
    Sentence(.countLocation, ["location": .text(location)])
  }
  static func countCounted(
    _ product: String,
    _ counted: Quantity,
    _ location: String
  ) -> Sentence {
    Sentence(
      .countCounted,
      ["product": .text(product), "counted": .number(counted), "location": .text(location)]
    )
  }
  static func countStatus(_ sheet: CountSheet) -> Sentence {
    guard let location = sheet.location else { return Sentence(.countNeedsLocation) }
    return Sentence(
      .countStatus,
      [
        "location": .text(location.name),
        "counted": .number(sheet.lines.reduce(into: .zero) { $0 += $1.quantity }),
      ]
    )
  }
  static func countClosed(_ location: String) -> Sentence {
    Sentence(.countClosed, ["location": .text(location)])
  }
}
