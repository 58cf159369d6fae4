import ArgumentParser
import Floor
import Glibc
import Intake
import Journal

/// Measures the step from an event to its verdict, with the look-ups of the running agent.
@main
struct FloorBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "floor-benchmark")
  @Option(help: "Open transfers in the mirror.") var transfers = 5000
  @Option(help: "Products in the mirror.") var products = 50_000
  @Option(help: "Stations that scan in turn.") var stations = 50
  @Option(help: "Scans of one batch, as the intake takes them.") var batch = 32
  @Option(help: "A directory for the files, which must exist.") var directory: String
  @Option(help: "Works the transfers so many times; for profilers.") var rounds = 1

  private static let stamp = Stamp(boot: 1, monotonic: 0, wall: 0, synced: true)

  func run() throws {
    let site = Site(transfers: transfers, products: products)
    let store = try MirrorStore(directory: directory)
    try site.write(to: store, at: Self.stamp)
    let journal = try Journal(directory: directory)
    _ = try journal.noteBoot("benchmark", wall: 0)
    let mirror = MirrorReader(directory: directory)
    // The first reading of each page comes from the disk; a box has them in memory.
    _ = try reference(count: 20_000)
    var figures: [Work.Kind: Measurement] = [:]
    for _ in 0..<rounds { try work(site, mirror, journal, &figures) }
    report(figures, reference: try reference(count: 100_000))
  }

  /// Lets each station work its share of the transfers, one scan each in turn.
  private func work(
    _ site: Site,
    _ mirror: MirrorReader,
    _ journal: Journal,
    _ figures: inout [Work.Kind: Measurement]
  ) throws {
    var floor = Floor(policy: FloorPolicy(openTransfers: transfers))
    var queues = (0..<stations).map { station in
      stride(from: station + 1, through: transfers, by: stations).flatMap {
        Work.scans(of: $0, at: site)
      }[...]
    }
    let names = (0..<stations).map { "station\($0)" }
    let longest = queues.map(\.count).max() ?? 0
    let turns = (0..<longest).flatMap { _ in 0..<stations }
    for start in stride(from: 0, to: turns.count, by: batch) {
      // As the intake does: both files are read in one transaction per batch.
      try journal.begin()
      mirror.begin(at: Self.stamp)
      let lookup = FloorLookup(mirror: mirror, journal: journal)
      for turn in turns[start..<min(start + batch, turns.count)] {
        guard let scan = queues[turn].popFirst() else { continue }
        let time = try judge(scan, &floor, at: names[turn], lookup)
        figures[scan.kind, default: Measurement()].add(time)
      }
      mirror.end()
      try journal.commit()
    }
  }

  private func judge(
    _ scan: Work.Scan,
    _ floor: inout Floor,
    at station: String,
    _ lookup: FloorLookup<MirrorReader>
  ) throws -> Int64 {
    let event = EventBody.scan(EventBody.Scan(code: scan.code))
    let moment = Moment(monotonic: 0, wall: 1_795_514_400_000, makeUUID: { "uuid" })
    let start = Measurement.now()
    let judgement = floor.judge(event, at: station, lookup: lookup, moment: moment)
    let end = Measurement.now()
    guard judgement.verdict.code == scan.answer else {
      throw Failure(
        "\(scan.code) was answered \(judgement.verdict.code.rawValue), expected was "
          + "\(scan.answer.rawValue): \(judgement.verdict.message)"
      )
    }
    return end - start
  }

  /// The least that a look-up can cost: one prepared statement, one row by its primary key.
  private func reference(count: Int) throws -> Measurement {
    let database = try Database(path: "\(directory)/mirror.db", mode: .readOnly)
    let statement = try database.prepare("SELECT name, barcode FROM product WHERE id = ?")
    try database.begin(.deferred)
    var measurement = Measurement()
    var id = 1
    for _ in 0..<count {
      id = (id * 7919 + 13) % products + 1
      let start = Measurement.now()
      try statement.bind(1, id)
      guard try statement.step() else { throw Failure("product \(id) is missing") }
      let read = statement.text(0).utf8.count + statement.text(1).utf8.count
      statement.reset()
      let end = Measurement.now()
      guard read > 0 else { throw Failure("product \(id) is empty") }
      measurement.add(end - start)
    }
    database.rollback()
    return measurement
  }

  private func report(_ figures: [Work.Kind: Measurement], reference: Measurement) {
    var all = Measurement()
    for kind in Work.Kind.allCases { all.add(figures[kind] ?? Measurement()) }
    let least = reference.quantile(0.5)
    print(
      "\(transfers) open transfers, \(products) products, \(stations) stations, batches of \(batch)"
    )
    print("scan                 scans  median us     p99 us      ratio")
    for kind in Work.Kind.allCases { row(kind.rawValue, figures[kind] ?? Measurement(), least) }
    row("all", all, least)
    row("one row by its key", reference, least)
  }

  private func row(_ name: String, _ measurement: Measurement, _ least: Double) {
    let count = String(measurement.times.count)
    let median = measurement.quantile(0.5)
    print(
      name + String(repeating: " ", count: max(0, 26 - name.count - count.count)) + count
        + column(median, 11) + column(measurement.quantile(0.99), 11)
        + column(least > 0 ? median / least : 0, 11)
    )
  }
}

/// Why the benchmark measures nothing.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
