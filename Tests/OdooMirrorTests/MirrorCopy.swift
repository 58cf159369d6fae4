internal import Barcodes
internal import Floor
internal import JSON
internal import Odoo

/// A mirror in memory, and the driver of its refreshes.
struct MirrorCopy {
  var transfers: [Int: Transfer] = [:]
  var stamps: [Int: Int64] = [:]
  var products: [Int: Product] = [:]
  var packagings: [Int: Mirrored.Packaging] = [:]
  var locations: [Int: Location] = [:]
  var lots: [Int: Lot] = [:]
  var packages: [Int: Package] = [:]
  var types: [Mirrored.OperationType] = []
  var units: [Mirrored.Unit] = []
  var nomenclature: Nomenclature?
  var packageTypes: [Int: PackageType] = [:]
  var warehouses: [Mirrored.Warehouse] = []
  var batches: [Int: String] = [:]
  var state: MirrorState?
  var changes = 0

  mutating func apply(_ change: MirrorChange) {
    changes += 1
    switch change {
    case .transfers(let list, let readStarted):
      for transfer in list {
        transfers[transfer.id] = transfer
        stamps[transfer.id] = readStarted
      }
    case .forgetTransfers(let ids): for id in ids { transfers[id] = nil }
    case .keepOpenTransfers(let ids):
      transfers = transfers.filter {
        $0.value.state == .done || $0.value.state == .cancelled || ids.contains($0.key)
      }
    case .operationTypes(let all): types = all
    case .warehouses(let all): warehouses = all
    case .batches(let list): for batch in list { batches[batch.id] = batch.name }
    case .units(let all): units = all
    case .nomenclature(let rules): nomenclature = rules
    case .products(let list): for record in list { products[record.id] = record }
    case .packagings(let list): for record in list { packagings[record.id] = record }
    case .locations(let list): for record in list { locations[record.id] = record }
    case .lots(let list): for record in list { lots[record.id] = record }
    case .packageTypes(let list): for record in list { packageTypes[record.id] = record }
    case .packages(let list): for record in list { packages[record.id] = record }
    case .forget(let table, let ids): keep(table) { !ids.contains($0) }
    case .keepOnly(let table, let after, let through, let ids):
      keep(table) { $0 <= after || $0 > through ?? .max || ids.contains($0) }
    case .refreshed(let refreshed): if let state = refreshed.state { self.state = state }
    }
  }

  private mutating func keep(_ table: MirrorTable, _ isKept: (Int) -> Bool) {
    switch table {
    case .products: products = products.filter { isKept($0.key) }
    case .packagings: packagings = packagings.filter { isKept($0.key) }
    case .locations: locations = locations.filter { isKept($0.key) }
    case .lots: lots = lots.filter { isKept($0.key) }
    case .packageTypes: packageTypes = packageTypes.filter { isKept($0.key) }
    case .packages: packages = packages.filter { isKept($0.key) }
    }
  }

  /// Open transfers as text, one line each, as `FakeOdoo.openText` writes them.
  func openText() -> [String] {
    transfers.values.filter { $0.state != .done && $0.state != .cancelled }
      .map { transfer in
        let moves = transfer.moves.sorted { $0.id < $1.id }.map { move in
          let lines = move.lines.sorted { $0.id < $1.id }.map { "\($0.id)=\($0.quantity)" }
          return "\(move.id):\(move.demand)\(lines)"
        }
        return "\(transfer.id) \(transfer.state.rawValue) \(moves)"
      }
      .sorted()
  }

  /// Runs a refresh to its end; `between` may change Odoo before each call.
  mutating func refresh(
    _ refresh: inout MirrorRefresh,
    _ kind: RefreshKind,
    _ odoo: inout FakeOdoo,
    startedAt: Int64 = 0,
    between: (inout FakeOdoo) -> Void = { _ in }
  ) throws -> MirrorRefresh.Summary {
    var step = refresh.start(kind, startedAt: startedAt, now: .seconds(odoo.clock))
    while true {
      switch step {
      case .call(let call):
        between(&odoo)
        step = refresh.resume(odoo.answer(call))
      case .apply(let change):
        apply(change)
        step = refresh.proceed()
      case .finished(let summary): return summary
      case .failed(let failure): throw failure
      }
    }
  }
}
