import Floor
import JSON
import Odoo
import OdooSimulator

/// A confirmation, under a name that is not Testing's.
typealias Closed = Confirmation

/// A chain of confirmations that were closed while Odoo was away, applied one after the other as
/// the outbox does: each is bound by what became of those before it.
final class ChainBench {
  let bench: ApplyBench
  private(set) var outcomes: [String: ApplyOutcome] = [:]
  private(set) var bound: [String: Int] = [:]
  var takesTheFirst = false
  private var count = 0

  init(
    _ setup: Setup,
    without absent: Set<SimulatorModule> = [],
    seed: JSON = [:]
  ) throws {
    let world = try SimulatedOdoo(version: setup.version, without: absent) { 1_800_000_000_000_000 }
    try world.admin.seed(seed)
    bench = try ApplyBench(copying: world, action: try setup.installAction(world.admin))
    try bench.learnFields()
  }

  var admin: OdooSimulatorAdmin { bench.odoo.admin }

  /// A confirmation of `quantities` by product; nothing of the transfer was known at closing but
  /// `seen`.
  func closed(
    _ target: Confirmation.Target,
    _ step: Transfer.Step,
    _ quantities: [(product: Int, quantity: Int)],
    seen: [Confirmation.SeenMove]? = nil
  ) -> Confirmation {
    count += 1
    return Confirmation(
      uuid: "00000000-0000-4000-8000-00000000000\(count)",
      target: target,
      transferName: "\(step.rawValue) \(count)",
      warehouse: 1,
      chain: "S1",
      step: step,
      lines: quantities.map { .init(productID: $0.product, quantity: Quantity($0.quantity)) },
      seen: seen
        ?? quantities.map {
          .init(moveID: nil, productID: $0.product, demand: Quantity($0.quantity))
        }
    )
  }

  /// What the transfer asks for now, as it is seen at closing.
  func seen(_ transfer: Int) throws -> [Confirmation.SeenMove] {
    (try bench.transfer(transfer)["moves"]?.array ?? []).map {
      .init(
        moveID: $0["id"]?.int,
        productID: $0["product_id"]?.int ?? 0,
        demand: $0["demand"].flatMap { Quantity($0) } ?? .zero
      )
    }
  }

  /// Binds and applies; a search that has to wait throws.
  @discardableResult
  func apply(_ confirmation: Confirmation, missedBefore: Int = 0) throws -> ApplyOutcome {
    let outcome: ApplyOutcome
    switch try target(confirmation, missedBefore) {
    case .found(let id):
      bound[confirmation.uuid] = id
      outcome = try bench.apply(confirmation, to: id)
    case .later(let later): outcome = .later(later)
    case .exception(let exception): outcome = .exception(exception)
    case .stop(let failure): outcome = .stop(failure)
    }
    outcomes[confirmation.uuid] = outcome
    return outcome
  }

  private func target(
    _ confirmation: Confirmation,
    _ missedBefore: Int
  ) throws -> TransferSearch.Outcome {
    var known = TransferSearch.Known(
      steps: try steps(),
      taken: Set(bound.values),
      companyID: 1,
      missedBefore: missedBefore
    )
    known.takesTheFirst = takesTheFirst
    switch confirmation.target {
    case .transfer(let id): return .found(id)
    case .named(let name): return try bench.search(confirmation, .named(name), known)
    case .remainder(let uuid):
      guard case .applied(let applied) = outcomes[uuid], let id = applied.backorders.first?.id
      else { throw ApplyBench.Trouble("no backorder of \(uuid)") }
      return .found(id)
    case .next(let uuid, let step):
      guard case .applied(let applied) = outcomes[uuid], let id = bound[uuid] else {
        throw ApplyBench.Trouble("\(uuid) is not applied")
      }
      return try bench.search(
        confirmation,
        .next(after: id, moves: applied.nextMoves, step: step),
        known
      )
    }
  }

  private func steps() throws -> [Int: Transfer.Step] {
    let rows =
      try admin.call(
        "stock.picking.type",
        "search_read",
        [],
        ["sequence_code"]
      )?.array ?? []
    var steps: [Int: Transfer.Step] = [:]
    let names: [String: Transfer.Step] = [
      "IN": .receive, "OUT": .ship, "PICK": .pick, "PACK": .pack, "INT": .move, "QC": .move,
      "STOR": .move,
    ]
    for row in rows {
      if let id = row["id"]?.int { steps[id] = names[row["sequence_code"]?.string ?? ""] }
    }
    return steps
  }

  /// Done transfers by kind with their quantities, such as `PACK 3+2`; and what is wrong.
  func summary() -> (done: [String: [Double]], wrongs: [String]) {
    var done: [String: [Double]] = [:]
    var wrongs: [String] = []
    for transfer in admin.state()["transfers"]?.array ?? [] {
      let name = transfer["name"]?.string ?? ""
      guard transfer["state"] == "done" else {
        wrongs.append("\(name) is \(transfer["state"]?.text ?? "")")
        continue
      }
      if transfer["validated_count"] != 1 { wrongs.append("\(name) was not validated once") }
      if transfer["done_edits"] != 0 { wrongs.append("\(name) was changed afterwards") }
      let sum = (transfer["moves"]?.array ?? []).reduce(0) { $0 + ($1["quantity"]?.double ?? 0) }
      done[transfer["type"]?.string ?? "", default: []].append(sum)
    }
    return (done, wrongs)
  }
}
