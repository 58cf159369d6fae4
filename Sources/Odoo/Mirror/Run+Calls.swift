internal import JSON

extension Run {
  /// The call that a task needs; nil for a step between calls, or where nothing is to be asked.
  func call(for task: Task) -> OdooCall? {
    switch task {
    case .warehouses:
      searchRead("stock.warehouse", [], schema.warehouseFields, archived: true)
    case .types:
      searchRead("stock.picking.type", [], schema.typeFields, archived: true)
    case .units: searchRead("uom.uom", [], schema.unitFields, archived: true)
    case .companies: searchRead("res.company", [], ["nomenclature_id"])
    case .nomenclature(let id):
      searchRead("barcode.nomenclature", [term("id", "=", .int(id))], schema.nomenclatureFields)
    case .rules(let nomenclature):
      searchRead(
        "barcode.rule",
        [term("barcode_nomenclature_id", "=", .int(nomenclature.id))],
        schema.ruleFields
      )
    case .probe(let source), .ceiling(let source, _):
      searchRead(schema.model(source), [], ["write_date"], limit: 1, order: "write_date desc")
    case .poll(let source, let after, _): poll(source, after: after)
    case .load(let after):
      searchRead(
        "stock.picking",
        [Self.open, term("id", ">", .int(after))],
        schema.fields(.pickings),
        limit: Self.transfersAtOnce
      )
    case .compare(let after):
      searchRead(
        "stock.picking",
        [Self.open, term("id", ">", .int(after))],
        ["write_date"],
        limit: Self.comparedAtOnce
      )
    case .compareRows(let source, let prints):
      ofPickings(source, prints.keys.sorted(), schema.pollFields(source))
    case .pickings(let ids):
      searchRead("stock.picking", [term("id", "in", ids.json)], schema.fields(.pickings))
    case .moves(let batch): ofPickings(.moves, batch.pickingIDs, schema.fields(.moves))
    case .lines(let batch): ofPickings(.lines, batch.pickingIDs, schema.fields(.lines))
    case .names(let kind, let batch): nameCall(kind, batch.missing(kind, in: names))
    case .ancestors(let batch): ancestorCall(batch)
    case .probeTable(let table):
      searchRead(
        schema.model(table),
        [],
        ["write_date"],
        limit: 1,
        order: "write_date desc",
        archived: true
      )
    case .page(let table, let after, _): page(table, after: after)
    case .ids(let table, let after):
      OdooCall(
        schema.model(table),
        "search",
        arguments: [
          "domain": .array(schema.domain(table) + [term("id", ">", .int(after))]),
          "limit": .int(Self.pageIDs), "order": "id",
        ],
        writes: false
      )
    case .judge, .vanished, .plan, .build, .settle, .end: nil
    }
  }

  /// Transfers that are neither done nor cancelled.
  private static let open = term("state", "in", ["draft", "waiting", "confirmed", "assigned"])
  private static let notClosed = term("state", "not in", ["done", "cancel"])

  private func poll(_ source: TransferSource, after: Int) -> OdooCall {
    let watermark = state.sources?[source]?.watermark
    let isNaive = schema.asksForNewerOnly
    let floor = (isNaive ? watermark?.newest : watermark?.floor) ?? 0
    var domain = [
      term("write_date", isNaive ? ">" : ">=", .string(OdooTime.text(max(0, floor)))),
      term("id", ">", .int(after)),
    ]
    // A closed transfer shows in the picking's own date; rows of the closed ones are too many.
    if source != .pickings { domain.append(Self.notClosed) }
    return searchRead(
      schema.model(source),
      domain,
      schema.pollFields(source),
      limit: Self.pageRows
    )
  }

  private func ofPickings(
    _ source: TransferSource,
    _ ids: [Int],
    _ fields: [String]
  ) -> OdooCall? {
    guard !ids.isEmpty else { return nil }
    var domain = [term("picking_id", "in", ids.json)]
    if source == .moves { domain.append(term("state", "!=", "cancel")) }
    return searchRead(schema.model(source), domain, fields)
  }

  private func nameCall(_ kind: NameCache.Kind, _ ids: [Int]) -> OdooCall? {
    guard !ids.isEmpty else { return nil }
    let (model, field) =
      switch kind {
      case .lots: ("stock.lot", "name")
      case .packages: (schema.packageModel, "name")
      case .partners: ("res.partner", "display_name")
      case .batches: ("stock.picking.batch", "name")
      case .carriers: ("delivery.carrier", "name")
      case .orders: ("sale.order", "client_order_ref")
      case .products: ("product.product", "uom_id")
      }
    let fields = kind == .carriers ? [field, "delivery_type"] : [field]
    return searchRead(model, [term("id", "in", ids.json)], fields, archived: true)
  }

  private func ancestorCall(_ batch: TransferBatch) -> OdooCall? {
    guard !batch.ancestorsExhausted else { return nil }
    let ids = Set(batch.pickings.compactMap(batch.chain.missingAncestor)).sorted()
    guard !ids.isEmpty else { return nil }
    return searchRead("stock.picking", [term("id", "in", ids.json)], ["name", "backorder_id"])
  }

  private func page(_ table: MirrorTable, after: Int) -> OdooCall {
    var domain = schema.domain(table)
    // An archived record, or one that lost its barcode, must be seen in order to be forgotten.
    if let known = state.tables[table], known.loading == nil, kind != .masterData(.everything) {
      domain = [term("write_date", ">=", .string(OdooTime.text(max(0, known.watermark.floor))))]
    }
    domain.append(term("id", ">", .int(after)))
    return searchRead(
      schema.model(table),
      domain,
      schema.fields(table),
      limit: Self.pageRows,
      archived: true
    )
  }
}

extension [Int] {
  /// The ids as a JSON array.
  var json: JSON { .array(map { .int($0) }) }
}
