/// Where the next refresh goes on: watermarks, and what is known to exist.
///
/// A value that the driver keeps with the mirror; a restart then goes on where it stopped. Losing
/// it costs a full load and nothing else.
public struct MirrorState: Hashable, Sendable {
  /// Odoo's major version that it was made with; another one starts anew.
  var major: Int
  /// Watermarks of transfers, moves and lines; nil before the first load.
  var sources: [TransferSource: SourceState]?
  /// Fingerprints of the open transfers by id.
  var open: [Int: UInt64] = [:]
  /// Operation types by id.
  var types: [Int: Mirrored.OperationType] = [:]
  /// Ratios of units of measure, by id, in millionths.
  var ratios: [Int: Int64] = [:]
  /// Roundings of units of measure, by id, in millionths.
  var roundings: [Int: Int64] = [:]
  /// Watermarks of the master data.
  var tables: [MirrorTable: TableState] = [:]

  /// The state of an empty mirror of an Odoo of version `major`.
  public init(major: Int) { self.major = major }

  /// How many transfers are open, as far as the mirror knows.
  public var openTransfers: Int { open.count }
  /// True once transfers were loaded completely.
  public var hasTransfers: Bool { sources != nil }
  /// True once all master data was loaded completely.
  public var hasMasterData: Bool {
    MirrorTable.allCases.allSatisfy { tables[$0]?.loading == nil && tables[$0] != nil }
  }
}

/// The three models whose rows make a transfer; each has a `write_date` of its own.
enum TransferSource: String, CaseIterable, Sendable {
  case pickings, moves, lines
}

/// Up to where a model has been read.
///
/// Odoo's `write_date` is the start of the transaction and is cut to seconds, so a row may appear
/// with a date up to `overlap` below the newest seen. Reading therefore starts below the newest
/// date, until a read that began `overlap` after that date was first seen has come back: then
/// nothing below it can appear any more.
struct Watermark: Hashable, Sendable {
  /// Rows are asked for from this second on.
  var floor: Int64
  /// The newest second seen.
  var newest: Int64
  /// Monotonic time at the start of the read that saw it first; not kept over restarts.
  var since: Duration?

  /// Longest transaction that is expected to commit unseen, in seconds (hazard `missed-rows`).
  static let overlap: Int64 = 120

  init(newest: Int64, since: Duration?) {
    self.newest = newest
    self.since = since
    floor = newest - Self.overlap
  }

  init(floor: Int64, newest: Int64) {
    self.floor = floor
    self.newest = newest
  }

  /// Takes in what a read that started at `now` has found.
  mutating func advance(newest found: Int64, now: Duration?) {
    if found > newest {
      newest = found
      since = now
      floor = max(floor, found - Self.overlap)
    } else if let now {
      if let since {
        if now - since >= .seconds(Self.overlap) { floor = newest + 1 }
      } else {
        since = now
      }
    }
  }
}

/// Watermark and seen rows of one model of the transfers.
struct SourceState: Hashable, Sendable {
  var watermark: Watermark
  /// Rows at or above the watermark's floor, so that the overlap is not read again and again.
  var seen: [Int: SeenRow] = [:]

  /// Most rows that are remembered; the rest is read again.
  static let seenLimit = 20_000
}

/// A row that has been read.
struct SeenRow: Hashable, Sendable {
  /// Its write date in seconds.
  var date: Int64
  /// False while the row might change once more within the same second.
  var settled: Bool
}

/// Watermark of a table of master data.
struct TableState: Hashable, Sendable {
  var watermark: Watermark
  /// Highest id of a load that is not complete yet; nil when it is.
  var loading: Int?
}
