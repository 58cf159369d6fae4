internal import ArgumentParser
internal import Configuration
internal import Floor
internal import JSON
internal import Journal

extension Tallyman {
  /// `tallyman counts`.
  struct Counts: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the finished counts of stock."
    )
    @OptionGroup var options: CommonOptions
    @Flag(help: "Print comma-separated values, one line per product and lot.") var csv = false
    @Option(help: "Only since then: 2026-11-24, \"2026-11-24 08:00\", or the last 12h or 7d.")
    var since: String?

    func validate() throws {
      if csv, options.json { throw ValidationError("Either --json or --csv.") }
      _ = try start()
    }

    func run() throws {
      let records = try options.journal().stockCounts(since: try start())
      let directory = try options.settings().storage.directory
      let list = StockCountList(records, MirrorReader(directory: directory))
      if options.json { return Output.json(list.json) }
      if csv { return list.csv.forEach { Output.line($0) } }
      guard !records.isEmpty else { return Output.line("No counts.") }
      Output.table(StockCountList.heading, list.rows)
    }

    private func start() throws -> Int64 {
      guard let since else { return 0 }
      guard let time = PointInTime.milliseconds(since, now: wallClock()) else {
        throw ValidationError(PointInTime.expected(since))
      }
      return time
    }
  }
}

/// Finished counts with the names of their products.
struct StockCountList {
  private let records: [StockCountRecord]
  private let products: [Int: Product]

  init(_ records: [StockCountRecord], _ mirror: some MirrorLookup) {
    self.records = records
    let ids = Set(records.flatMap { $0.count.lines.map(\.productID) })
    products = Dictionary(
      uniqueKeysWithValues: ids.compactMap { id in mirror.product(id: id).map { (id, $0) } }
    )
  }

  static let heading = ["COUNTED", "LOCATION", "QUANTITY", "PRODUCT", "LOT", "STATION"]

  /// One row per product and lot; a location where nothing lies has one too.
  var rows: [[String]] {
    records.flatMap { record -> [[String]] in
      let start = [Output.time(record.counted), record.count.location.name]
      guard !record.count.lines.isEmpty else {
        return [start + ["0", "nothing lies there", "", record.station]]
      }
      return record.count.lines.map { line in
        start + ["\(line.quantity)", name(line.productID), line.lot ?? "", record.station]
      }
    }
  }

  var csv: [String] {
    let heading = [
      "id", "counted", "station", "location_id", "location", "product_id", "reference", "barcode",
      "product", "lot", "quantity",
    ]
    let rows = records.flatMap { record -> [[String]] in
      let count = record.count
      let start = [
        count.uuid, Output.time(record.counted), record.station, "\(count.location.id)",
        count.location.name,
      ]
      guard !count.lines.isEmpty else { return [start + ["", "", "", "", "", "0"]] }
      return count.lines.map { line in
        let product = products[line.productID]
        return start + [
          "\(line.productID)", product?.reference ?? "", product?.barcode ?? "",
          product?.name ?? "", line.lot ?? "", "\(line.quantity)",
        ]
      }
    }
    return ([heading] + rows).map { CSV.line($0) }
  }

  var json: JSON {
    .array(
      records.map { record in
        [
          "id": .string(record.count.uuid), "counted": .int64(record.counted),
          "station": .string(record.station), "event": .int64(record.event),
          "location": record.count.location.json, "lines": .array(record.count.lines.map(json)),
        ]
      }
    )
  }

  private func json(_ line: CountSheet.Line) -> JSON {
    let product = products[line.productID]
    return [
      "product_id": .int(line.productID), "product": .text(product?.name),
      "reference": .text(product?.reference), "barcode": .text(product?.barcode),
      "lot": .text(line.lot), "quantity": line.quantity.json,
    ]
  }

  private func name(_ id: Int) -> String { products[id]?.name ?? "product \(id)" }
}
