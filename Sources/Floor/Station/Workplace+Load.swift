internal import Barcodes

extension Workplace {
  /// Loading begins at a dock or truck.
  mutating func openLoad(at location: Location) -> Verdict {
    station.group = Station.Group(kind: .load(location.name), targets: [])
    return accept(.loadOpened, Messages.loadOpened(location.name))
  }

  /// A code while parcels are loaded.
  mutating func loadPlain(
    _ code: Barcode,
    _ question: Station.Question?
  ) throws(Refusal) -> Verdict {
    let text = code.text
    if code.sscc == nil, let location = lookup.location(text) {
      return try loadAt(location, question)
    }
    guard
      code.sscc != nil || lookup.hasPackage(named: text) || code.odooName == .package
        || !lookup.closures(naming: text).isEmpty
    else {
      guard articles(text).isEmpty else { throw Refusal(.scanParcel, Sentence(.scanParcel)) }
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(text))
    }
    return try load(code.sscc ?? text)
  }

  /// The location of the load closes it; another one is refused.
  mutating func loadAt(
    _ location: Location,
    _ question: Station.Question?
  ) throws(Refusal)
    -> Verdict
  {
    guard station.group?.name == location.name else {
      throw Refusal(.wrongLocation, Messages.loadElsewhere(station.group?.name ?? ""))
    }
    return closeGroup(confirmed: question == .closeIncomplete)
  }

  /// Loads a parcel: all that its delivery takes out of it.
  mutating func load(_ package: String) throws(Refusal) -> Verdict {
    let held = station.group?.targets.compactMap { station.tally(of: $0) } ?? []
    if held.contains(where: { $0.lines.contains { $0.sourcePackage == package } }) {
      throw Refusal(.packageTwice, Messages.packageTwice(package))
    }
    var tally: Tally
    if let own = held.first(where: { $0.expects(package) }) {
      tally = own
    } else {
      tally = try delivery(of: package)
    }
    try requireCarrier(tally, held, package)
    let isRequired = policy(of: tally.transfer.operation).weight.isRequired
    if isRequired, knownWeight(of: package, tally) == nil {
      throw Refusal(.weightMissing, Messages.weightMissing(package))
    }
    guard try countWhole(package, in: &tally) else {
      throw Refusal(.packageUnknown, Messages.packageUnknown(package))
    }
    station.tally = tally
    if station.group?.targets.contains(tally.target) == false {
      station.group?.targets.append(tally.target)
    }
    return accept(.loaded, Messages.loaded(package, tally))
  }

  /// The delivery that a parcel belongs to: one that Odoo has ready, else the step after the one
  /// that was closed here with it.
  private mutating func delivery(of package: String) throws(Refusal) -> Tally {
    let ready = lookup.openTransfers(holding: package, limit: 20).filter { transfer in
      transfer.operation.step == .ship && transfer.state == .assigned
        && role.does(transfer.operation)
        && transfer.moves.contains { $0.lines.contains { $0.package?.name == package } }
    }
    var refusal: Refusal?
    for transfer in ready {
      do throws(Refusal) {
        return try tally(for: transfer)
      } catch {
        refusal = refusal ?? error
      }
    }
    if let closure = lookup.closures(naming: package).last(where: { closure in
      closure.confirmation.lines.contains { $0.package == package }
    }) {
      return try delivery(after: closure, package)
    }
    throw refusal ?? Refusal(.packageUnknown, Messages.packageUnknown(package))
  }

  private mutating func delivery(
    after closure: Closure,
    _ package: String
  ) throws(Refusal) -> Tally {
    let done = closure.confirmation
    guard done.step != .ship else {
      throw Refusal(.packageTwice, Messages.packageShipped(package, done.transferName))
    }
    guard lookup.route(ofWarehouse: done.warehouse).next(after: done.step) == .ship else {
      throw Refusal(.notPacked, Messages.notPacked(package))
    }
    return try successor(of: closure, named: done.transferName)
  }

  private func requireCarrier(
    _ tally: Tally,
    _ held: [Tally],
    _ package: String
  ) throws(Refusal) {
    guard let carrier = tally.transfer.carrier,
      let first = held.lazy.compactMap(\.transfer.carrier).first, first != carrier
    else { return }
    throw Refusal(.wrongCarrier, Messages.wrongCarrier(package, carrier, first))
  }
}

extension Tally {
  /// True if the transfer takes goods out of a package.
  func expects(_ package: String) -> Bool {
    transfer.moves.contains { $0.lines.contains { $0.package?.name == package } }
  }
}
