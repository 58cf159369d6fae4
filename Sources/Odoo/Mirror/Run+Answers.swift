internal import JSON

extension Run {
  /// Takes the answer to a task's call.
  mutating func take(_ json: JSON, for task: Task) throws(OdooFailure) {
    if case .ids(let table, let after) = task {
      guard let ids = json.array?.map(\.int), !ids.contains(nil) else {
        throw malformed("a list of ids", task)
      }
      return takeIDs(ids.compactMap { $0 }, table, after: after)
    }
    take(try rows(json, of: task), for: task)
  }

  private mutating func take(_ rows: [Row], for task: Task) {
    switch task {
    case .warehouses:
      changes.append(.warehouses(rows.map(warehouse)))
      go(
        .types(
          pick: Set(rows.compactMap { $0.id("pick_type_id") }),
          pack: Set(rows.compactMap { $0.id("pack_type_id") })
        )
      )
    case .types(let pick, let pack): takeTypes(rows, pick: pick, pack: pack)
    case .units: takeUnits(rows)
    case .companies: takeCompanies(rows)
    case .nomenclature: if let row = rows.first { go(.rules(row)) }
    case .rules(let nomenclature): take(rules: rows, of: nomenclature)
    case .probe(let source): newest[source] = rows.first?.written ?? 0
    case .poll(let source, _, let ceiling): takePoll(rows, source, ceiling: ceiling)
    case .ceiling(let source, let after):
      go(.poll(source, after: after, ceiling: rows.first?.written ?? 0))
    case .load:
      listed.formUnion(rows.map(\.id))
      if rows.count >= Self.transfersAtOnce, let last = rows.last { go(.load(after: last.id)) }
      read(rows, asked: rows.map(\.id))
    case .compare: takeCompare(rows)
    case .compareRows(let source, let prints): takeCompare(rows, source, prints)
    case .pickings(let ids): read(rows, asked: ids)
    case .moves(var batch):
      batch.moves = rows
      go(.lines(batch))
    case .lines(var batch):
      batch.lines = rows
      go(.names(.lots, batch))
    case .names(let kind, let batch): takeNames(rows, kind, batch)
    case .ancestors(var batch):
      for row in rows {
        batch.chain.ancestors[row.id] = Chain.Ancestor(
          name: row.text("name") ?? "",
          backorderOf: row.id("backorder_id")
        )
      }
      batch.ancestorsExhausted = rows.isEmpty
      go(.ancestors(batch))
    case .probeTable(let table): takeProbe(rows.first?.written ?? 0, table)
    case .page(let table, _, let newest): takePage(rows, table, newest: newest)
    case .ids, .judge, .vanished, .plan, .build, .settle, .end: break
    }
  }

  private mutating func takeNames(
    _ rows: [Row],
    _ kind: NameCache.Kind,
    _ batch: TransferBatch
  ) {
    for row in rows {
      switch kind {
      case .products: names.add(unit: row.id("uom_id"), ofProduct: row.id)
      case .partners: names.add(kind, row.id, row.text("display_name") ?? "")
      case .carriers:
        names.add(kind, row.id, row.text("name") ?? "")
        names.add(type: row.text("delivery_type"), ofCarrier: row.id)
      // An order's own name is the transfer's origin.
      case .orders: names.add(kind, row.id, row.text("client_order_ref") ?? "")
      default: names.add(kind, row.id, row.text("name") ?? "")
      }
    }
    // What was asked for and not given must not be asked for again.
    for id in batch.missing(kind, in: names) {
      if kind == .products { names.add(unit: nil, ofProduct: id) } else { names.add(kind, id, "") }
    }
    perform(.names(kind, batch))
  }

  private mutating func read(_ pickings: [Row], asked: [Int]) {
    var batch = TransferBatch(asked: asked, schema: schema)
    batch.pickings = pickings
    go(.moves(batch))
  }

  /// Does a task that needs no call, or none any more.
  mutating func perform(_ task: Task) {
    switch task {
    case .compareRows(let source, let prints): takeCompare([], source, prints)
    case .judge(let prints): judge(prints)
    case .vanished: findVanished()
    case .plan: plan()
    case .moves(let batch): go(.lines(batch))
    case .lines(let batch): go(.names(.lots, batch))
    case .names(let kind, let batch):
      let all = NameCache.Kind.allCases
      let next = all.firstIndex(of: kind).map { $0 + 1 } ?? all.endIndex
      go(next < all.endIndex ? .names(all[next], batch) : .ancestors(batch))
    case .ancestors(let batch): go(.build(batch))
    case .build(let batch): build(batch)
    case .settle: settle()
    case .end: end()
    default: break
    }
  }

  /// Takes the failure of a task's call: a table that Odoo refuses is left out, all else ends the
  /// refresh.
  mutating func take(_ failure: OdooFailure, for task: Task) throws(OdooFailure) {
    switch (failure.kind, task) {
    case (.forbidden, .probeTable(let table)), (.contract, .probeTable(let table)),
      (.forbidden, .page(let table, _, _)), (.contract, .page(let table, _, _)),
      (.forbidden, .ids(let table, _)), (.contract, .ids(let table, _)):
      summary.skipped[table] = failure
    case (.forbidden, .companies), (.contract, .companies), (.forbidden, .nomenclature),
      (.contract, .nomenclature), (.forbidden, .rules), (.contract, .rules):
      // The rules that are there go on; without any, codes are what they say themselves.
      break
    case (.forbidden, .names(let kind, let batch)), (.contract, .names(let kind, let batch)):
      // Nothing is decided by these: the floor can do without a carrier's name.
      guard [.carriers, .batches, .orders].contains(kind) else { throw failure }
      takeNames([], kind, batch)
    default: throw failure
    }
  }
}
