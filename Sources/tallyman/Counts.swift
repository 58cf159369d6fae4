internal import ArgumentParser
internal import Configuration
internal import Floor
internal import JSON
internal import Journal
internal import Odoo

extension Tallyman {
  /// `tallyman counts …`.
  struct Counts: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the finished counts of stock and what became of them, and decide about them.",
      subcommands: [List.self, Apply.self, Retry.self, Discard.self],
      defaultSubcommand: List.self
    )

    /// `tallyman counts list`.
    struct List: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "List the finished counts of stock and what became of them."
      )
      @OptionGroup var options: CommonOptions
      @Flag(help: "Print comma-separated values, one line per product and lot.") var csv = false
      @Flag(help: "Where and of what the stock was wrong, and how often.") var mismatches = false
      @Option(help: "Only since then: 2026-11-24, \"2026-11-24 08:00\", or the last 12h or 7d.")
      var since: String?

      func validate() throws {
        if csv, options.json { throw ValidationError("Either --json or --csv.") }
        _ = try start()
      }

      func run() throws {
        let journal = try options.journal()
        let mirror = MirrorReader(directory: try options.settings().storage.directory)
        let records = try journal.stockCounts(since: try start())
        if mismatches {
          let shorts = try journal.shortPicks(since: try start()) { id in
            mirror.location(id: id)?.name ?? "location \(id)"
          }
          let list = MismatchList(MismatchRate.all(records.flatMap(\.findings), shorts), mirror)
          return print(list.heading, list.rows, list.csv, list.json, empty: "No mismatches.")
        }
        let list = StockCountList(records, mirror)
        print(StockCountList.heading, list.rows, list.csv, list.json, empty: "No counts.")
        guard !csv, !options.json else { return }
        for record in records where record.state == .parked || record.state == .waiting {
          Output.line(
            "\(record.count.location.name) (\(record.count.uuid.prefix(8))): "
              + "\(record.reason ?? "")"
          )
        }
      }

      private func print(
        _ heading: [String],
        _ rows: [[String]],
        _ csv: [String],
        _ json: JSON,
        empty: String
      ) {
        if options.json { return Output.json(json) }
        if self.csv { return csv.forEach { Output.line($0) } }
        guard !rows.isEmpty else { return Output.line(empty) }
        Output.table(heading, rows)
      }

      private func start() throws -> Int64 {
        guard let since else { return 0 }
        guard let time = PointInTime.milliseconds(since, now: wallClock()) else {
          throw ValidationError(PointInTime.expected(since))
        }
        return time
      }
    }

    /// `tallyman counts apply`.
    struct Apply: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Correct Odoo's stock as it was counted, though much differs."
      )
      @OptionGroup var options: CommonOptions
      @Argument(help: "The count's id or its beginning.") var key: String
      @Option(help: "Why; kept in the audit trail.") var reason: String

      func validate() throws { try Counts.require(reason) }
      func run() throws { try Counts.ask(.approve, key, reason, options) }
    }

    /// `tallyman counts retry`.
    struct Retry: ParsableCommand {
      static let configuration = CommandConfiguration(abstract: "Try a count again now.")
      @OptionGroup var options: CommonOptions
      @Argument(help: "The count's id or its beginning.") var key: String
      @Option(help: "Why, for the audit trail.") var reason: String?

      func run() throws { try Counts.ask(.retry, key, reason, options) }
    }

    /// `tallyman counts discard`.
    struct Discard: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Give a count up: it will not be sent to Odoo."
      )
      @OptionGroup var options: CommonOptions
      @Argument(help: "The count's id or its beginning.") var key: String
      @Option(help: "Why; kept in the audit trail.") var reason: String

      func validate() throws { try Counts.require(reason) }
      func run() throws { try Counts.ask(.discard, key, reason, options) }
    }

    static func require(_ reason: String) throws {
      if reason.allSatisfy(\.isWhitespace) {
        throw ValidationError("--reason must say why.")
      }
    }

    static func ask(
      _ action: OperatorRequest.Action,
      _ key: String,
      _ reason: String?,
      _ options: CommonOptions
    ) throws {
      let journal = try options.journal(forRequests: true)
      let found = try journal.stockCounts(of: key).filter {
        $0.state != nil && $0.state != .applied && $0.state != .discarded
      }
      guard let record = found.first, found.count == 1 else {
        throw Problem(
          found.isEmpty
            ? "No open count has the id \(key). List them with: tallyman counts --json"
            : "Several counts begin with \(key). Give more of the id.",
          exit: .notFound
        )
      }
      try journal.request(
        action,
        CountKey.key(of: record.count.uuid),
        actor: operatorName(),
        reason: reason,
        at: wallClock()
      )
      if options.json {
        return Output.json([
          "requested": .string(action.rawValue), "id": .string(record.count.uuid),
        ])
      }
      Output.line(
        "Noted for the count of \(record.count.location.name). The agent does it at once, or when "
          + "it runs again."
      )
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

  static let heading = [
    "COUNTED", "LOCATION", "QUANTITY", "EXPECTED", "PRODUCT", "LOT", "STATION", "STATE", "ID",
  ]

  private func state(_ record: StockCountRecord) -> String { record.state?.rawValue ?? "kept" }

  /// What Odoo expected of a line; empty until it was asked.
  private func expected(_ line: CountSheet.Line, _ record: StockCountRecord) -> String {
    record.goods.first { $0.productID == line.productID && $0.lot == line.lot }
      .map { "\($0.expected)" } ?? ""
  }

  /// One row per product and lot; a location where nothing lies has one too.
  var rows: [[String]] {
    records.flatMap { record -> [[String]] in
      let start = [Output.time(record.counted), record.count.location.name]
      let end = [record.station, state(record), String(record.count.uuid.prefix(8))]
      guard !record.count.lines.isEmpty else {
        return [start + ["0", "", "nothing lies there", ""] + end]
      }
      return record.count.lines.map { line in
        start + [
          "\(line.quantity)", expected(line, record), name(line.productID), line.lot ?? "",
        ] + end
      }
    }
  }

  var csv: [String] {
    let heading = [
      "id", "counted", "station", "location_id", "location", "product_id", "reference", "barcode",
      "product", "lot", "quantity", "expected", "state",
    ]
    let rows = records.flatMap { record -> [[String]] in
      let count = record.count
      let start = [
        count.uuid, Output.time(record.counted), record.station, "\(count.location.id)",
        count.location.name,
      ]
      guard !count.lines.isEmpty else {
        return [start + ["", "", "", "", "", "0", "", state(record)]]
      }
      return count.lines.map { line in
        let product = products[line.productID]
        return start + [
          "\(line.productID)", product?.reference ?? "", product?.barcode ?? "",
          product?.name ?? "", line.lot ?? "", "\(line.quantity)", expected(line, record),
          state(record),
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
          "state": .string(state(record)), "category": .text(record.category),
          "reason": .text(record.reason), "goods": .array(record.goods.map(\.json)),
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
