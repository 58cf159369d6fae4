internal import Barcodes

extension Workplace {
  /// Opens the transfer or batch of this name; nil if the mirror knows none.
  mutating func opened(
    named text: String,
    _ question: Station.Question?
  ) throws(Refusal) -> Verdict? {
    if let transfer = lookup.transfer(named: text) { return try open(transfer, question) }
    guard text.contains("/"), let batch = lookup.batch(named: text) else { return nil }
    return try open(batch)
  }

  private mutating func open(
    _ transfer: Transfer,
    _ question: Station.Question?
  ) throws(Refusal) -> Verdict {
    let target = Confirmation.Target.transfer(transfer.id)
    if let current = station.tally, current.target == target { return status() }
    if let host = host(of: target, transfer.operation), lookup.closure(of: target) == nil,
      station.tallies.isEmpty, station.group == nil
    {
      station.joined = host
      return accept(.joined, Messages.joined(transfer.name, host))
    }
    let tally = try tally(for: transfer)
    if tally.target == station.active { return status() }
    return begin(tally, wanted: transfer.name, question)
  }

  /// Makes a tally the one in work; asks first if another one is.
  mutating func begin(_ tally: Tally, wanted: String, _ question: Station.Question?) -> Verdict {
    if station.count != nil { return refuse(.countOpen, Sentence(.countOpen)) }
    let held =
      station.group.map { $0.targets.compactMap { station.tally(of: $0) } }
      ?? station.tally.map { [$0] } ?? []
    if held.contains(where: { !$0.isUntouched }) {
      guard question == .park(wanted) else {
        taken = []
        let current = station.group?.name ?? station.tally?.transfer.name ?? ""
        return ask(.park(wanted), .confirmPark, Messages.confirmPark(current, wanted: wanted))
      }
      station.group = nil
      station.active = nil
    } else {
      for untouched in held { station.remove(untouched.target) }
      station.group = nil
    }
    let isResumed = !tally.isUntouched
    station.tally = tally
    station.keyed = nil
    return isResumed
      ? accept(.resumed, Messages.resumed(tally)) : accept(.opened, Messages.opened(tally))
  }

  /// The tally that a scan of `transfer` opens: the transfer itself, what was left of it when it
  /// was closed here, or the step after it.
  mutating func tally(for transfer: Transfer) throws(Refusal) -> Tally {
    let target = Confirmation.Target.transfer(transfer.id)
    if let current = station.tally, current.target == target { return current }
    if let closure = lookup.closure(of: target), !breaks(.remainderReopens) {
      return try tally(after: closure, transfer)
    }
    try refuseIfClosedAsAnother(transfer)
    if let own = station.tallies.first(where: { $0.standsFor(transfer) }) { return own }
    if let stand = others.standIn(for: transfer, except: name),
      let resumed = try resume(stand, transfer.name)
    {
      return resumed
    }
    if let resumed = try resume(target, transfer.name) { return resumed }
    switch transfer.state {
    case .done: throw Refusal(.alreadyDone, Messages.alreadyDone(transfer.name))
    case .cancelled: throw Refusal(.cancelled, Messages.cancelled(transfer.name))
    case .draft: throw Refusal(.notReady, Messages.notReady(transfer))
    case .waiting, .confirmed:
      guard let arrived = arrival(of: transfer) else {
        throw Refusal(.notReady, Messages.notReady(transfer))
      }
      return try fresh(Tally(target: target, transfer: arrived, isArrival: true))
    case .assigned: return try fresh(Tally(target: target, transfer: transfer))
    }
  }

  /// A tally that begins now, where the station and the limits allow it.
  mutating func fresh(_ tally: Tally) throws(Refusal) -> Tally {
    if let current = station.tally, current.target == tally.target { return current }
    if let resumed = try resume(tally.target, tally.transfer.name) { return resumed }
    let operation = tally.transfer.operation
    guard role.does(operation) else {
      throw Refusal(.wrongStation, Messages.wrongStation(tally.transfer, name))
    }
    let policy = policy(of: operation)
    if policy.staleMirror == .refuse, isStale(policy), !tally.isBlind {
      throw Refusal(.mirrorStale, Sentence(.mirrorStale))
    }
    guard !tally.hasMixedUnits else {
      throw Refusal(.mixedUnits, Messages.mixedUnits(tally.transfer.name))
    }
    guard openTransfers < site.policy.openTransfers else {
      throw Refusal(.tooManyOpen, Messages.tooManyOpen(site.policy.openTransfers))
    }
    return tally
  }

  /// Transfers that stay open if another one is opened here: one that is untouched makes room.
  private var openTransfers: Int {
    let here = station.tallies.count - (others.stations[name]?.tallies.count ?? 0)
    let makesRoom = station.group == nil && isUntouchedAtFirst
    return others.openTransfers + here - (makesRoom ? 1 : 0)
  }

  private var isUntouchedAtFirst: Bool {
    guard let tally = station.tally, tally.isUntouched else { return false }
    return others.stations[name]?.active == tally.target
  }

  /// True if the mirror is older than the policy trusts.
  func isStale(_ policy: FloorPolicy) -> Bool {
    lookup.mirrorAge.map { $0 > policy.staleAfter } ?? true
  }

  /// Odoo's transfer may be what was closed or is open here before Odoo had made it.
  private func refuseIfClosedAsAnother(_ transfer: Transfer) throws(Refusal) {
    guard !breaks(.remainderReopens) else { return }
    let closed = Refusal(.alreadyClosed, Messages.alreadyClosed(transfer.name))
    if let original = transfer.backorderOf,
      let closure = lookup.closure(of: .transfer(original))
    {
      let local = Confirmation.Target.remainder(of: closure.confirmation.uuid)
      if lookup.closure(of: local) != nil { throw closed }
      if let (holder, _) = others.holder(of: local, except: name) {
        throw Refusal(.openElsewhere, Messages.openElsewhere(transfer.name, station: holder))
      }
    }
    let name = transfer.name.uppercased()
    guard lookup.closure(of: .named(name)) == nil else { throw closed }
    for closure in lookup.closures(ofChain: transfer.chain) where !closure.applied {
      if case .next(_, transfer.operation.step) = closure.confirmation.target { throw closed }
    }
  }

  /// A transfer that the mirror does not know.
  mutating func openUnknown(_ text: String) throws(Refusal) -> Verdict {
    let unknown = Refusal(.unknownTransfer, Messages.unknownTransfer(text))
    let policy = policy(of: nil)
    guard policy.unknownTransfer == .blind, isStale(policy), station.group == nil,
      station.count == nil
    else { throw unknown }
    let name = text.uppercased()
    let target = Confirmation.Target.named(name)
    if lookup.closure(of: target) != nil {
      throw Refusal(.alreadyClosed, Messages.alreadyClosed(name))
    }
    let transfer = Transfer(
      id: 0,
      name: name,
      state: .assigned,
      operation: Transfer.Operation(
        typeID: 0,
        step: Self.step(ofName: name) ?? role.steps.first ?? .move,
        warehouse: role.warehouse ?? 0
      ),
      locationID: 0,
      destinationID: 0,
      chain: name,
      moves: []
    )
    let tally = try fresh(Tally(target: target, transfer: transfer))
    if let current = station.tally, !current.isUntouched, current.target != target {
      throw Refusal(.otherTransferOpen, Messages.otherOpen(current, wanted: text))
    }
    if let current = station.tally, current.target != target { station.remove(current.target) }
    let isNew = tally.isUntouched
    station.tally = tally
    return isNew
      ? accept(.blindOpened, Messages.blindOpened(name)) : accept(.resumed, Messages.resumed(tally))
  }

  /// The step that Odoo's names tell, such as pick for `WH/PICK/00007`.
  private static func step(ofName name: String) -> Transfer.Step? {
    for word in name.split(separator: "/") {
      switch word {
      case "IN": return .receive
      case "PICK": return .pick
      case "PACK": return .pack
      case "OUT": return .ship
      case "INT": return .move
      default: continue
      }
    }
    return nil
  }
}

extension Floor {
  /// What another station holds of a transfer under the name of the step before, or under a name
  /// that the mirror did not know.
  func standIn(for transfer: Transfer, except name: String) -> Confirmation.Target? {
    let others = stations.filter { $0.key != name }.sorted { $0.key < $1.key }
    return others.lazy.flatMap(\.value.tallies).first { $0.standsFor(transfer) }?.target
  }
}

extension Tally {
  /// True if it was opened as the step after another one, before Odoo had made `transfer` of it, or
  /// by its name, before the mirror knew it.
  func standsFor(_ transfer: Transfer) -> Bool {
    switch target {
    case .next(_, transfer.operation.step): self.transfer.chain == transfer.chain
    case .named(let name): name == transfer.name.uppercased()
    case .next, .transfer, .remainder: false
    }
  }

  /// True if one product is asked for in different units.
  var hasMixedUnits: Bool {
    products.contains { product in
      Set(transfer.moves.filter { $0.productID == product }.map(\.factor)).count > 1
    }
  }
}
