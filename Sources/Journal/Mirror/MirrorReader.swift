internal import Barcodes
public import Floor

/// Looks things up in the mirror, for the thread that judges events.
///
/// Never fails and never waits: a mirror that is missing or damaged reads as empty, or as its last
/// good copy was, and `problem` says why. `begin` belongs before each batch of events: it tells the
/// time, and finds a file that was replaced or has come back.
public final class MirrorReader {
  /// Which file is read.
  public private(set) var source: Source = .none
  /// Why it is not the mirror itself, or what went wrong in the last look-up that failed.
  public private(set) var problem: JournalError?
  private let directory: String
  private var reading: MirrorReading?
  private var identity: UInt64?
  /// Identity of a main file that proved damaged, so that it is not opened again for every batch.
  private var damaged: UInt64?
  private var now: Stamp?
  var decoded = DecodedTransfers()
  /// The barcode rules that were read last, by the bytes of their row.
  var readNomenclature: (bytes: [UInt8], value: Nomenclature?) = ([], nil)

  /// What was looked up since the mirror changed last; nil outside of a batch's transaction.
  private var memory: MirrorMemory?
  private var lastMemory: MirrorMemory?
  /// Look-ups that failed; what they answered is not remembered.
  private var failures = 0

  /// Which file is read.
  public enum Source: Hashable, Sendable {
    /// The mirror itself.
    case main
    /// The last good copy, because the mirror is missing or damaged.
    case lastGood
    /// Neither could be opened: every look-up finds nothing.
    case none
  }

  /// A reader of the mirror in `directory`.
  public init(directory: String) {
    self.directory = directory
    open()
  }

  /// Tells the time of the look-ups that follow, and opens the file anew if it was replaced.
  public func begin(at stamp: Stamp) {
    end()
    now = stamp
    let found = MirrorFile.identity(MirrorFile.main(directory))
    let isCurrent =
      source == .main
      ? found == identity : (found == nil || found == damaged) && reading != nil
    if !isCurrent { open() }
    // One read transaction for the batch: taking SQLite's lock costs more than finding a row. If
    // it cannot be had, each look-up takes its own and finds out why.
    try? reading?.database.begin(.deferred)
    memory = currentMemory()
    lastMemory = memory
  }

  /// The memory of the state that the batch's transaction reads; nil if there is no transaction.
  private func currentMemory() -> MirrorMemory? {
    guard reading?.database.isInTransaction == true else { return nil }
    let found = look(otherwise: nil) { (reading) throws(SQLiteError) in try reading.version() }
    guard let version = found else { return nil }
    return lastMemory?.version == version ? lastMemory : MirrorMemory(version: version)
  }

  /// Answers as the memory does, else looks, and remembers what is worth it.
  func remembered<Key: Hashable, Value>(
    _ key: Key,
    in memo: (MirrorMemory) -> Memo<Key, Value>,
    if isWorthIt: (Value) -> Bool = { _ in true },
    _ look: () -> Value
  ) -> Value {
    guard let memo = memory.map(memo) else { return look() }
    if let known = memo[key] { return known }
    let before = failures
    let found = look()
    if failures == before, isWorthIt(found) { memo.remember(found, for: key) }
    return found
  }

  /// Ends what `begin` began, so that the mirror's log can be cut.
  public func end() {
    memory = nil
    reading?.database.rollback()
  }

  /// Seconds since the last complete refresh of the open transfers; nil if there never was one.
  ///
  /// Across a restart of the machine only the wall clock is left to tell, right or wrong.
  public var mirrorAge: Int64? {
    guard let now, let last = lastRefresh("transfers") else { return nil }
    let milliseconds =
      last.boot == now.boot ? now.monotonic - last.monotonic : now.wall - last.wall
    return max(0, milliseconds / 1000)
  }

  /// When the open transfers were last refreshed.
  public var lastTransferRefresh: Stamp? { lastRefresh("transfers") }

  /// When the master data was last refreshed.
  public var lastMasterDataRefresh: Stamp? { lastRefresh("master_data") }

  private func lastRefresh(_ kind: String) -> Stamp? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      let statement = reading.refresh
      defer { statement.reset() }
      try statement.bind(1, kind)
      guard try statement.step() else { return nil }
      return Stamp(
        boot: statement.int64(0),
        monotonic: statement.int64(1),
        wall: statement.int64(2),
        synced: statement.bool(3)
      )
    }
  }

  /// Runs a look-up; after damage once more, on the other file.
  func look<Result>(
    otherwise: Result,
    _ body: (MirrorReading) throws(SQLiteError) -> Result
  ) -> Result {
    while let reading {
      do throws(SQLiteError) {
        return try body(reading)
      } catch {
        failures += 1
        problem = JournalError(error, path: reading.database.path)
        guard error.isDamage || error.isStorageFailure else { return otherwise }
        switch source {
        case .main:
          damaged = identity
          open(after: .main)
        case .lastGood, .none: close()
        }
      }
    }
    return otherwise
  }

  private func open(after failed: Source = .none) {
    close()
    let main = MirrorFile.main(directory)
    if failed != .main {
      identity = MirrorFile.identity(main)
      if let opened = opening(main) {
        reading = opened
        source = .main
        problem = nil
        return
      }
      damaged = identity
    }
    guard MirrorFile.exists(MirrorFile.good(directory)) else { return }
    let why = problem
    if let opened = opening(MirrorFile.good(directory)) {
      reading = opened
      source = .lastGood
      problem = why
    }
  }

  private func close() {
    // Another file has other answers, under the same number perhaps.
    memory = nil
    lastMemory = nil
    reading = nil
    source = .none
  }

  private func opening(_ path: String) -> MirrorReading? {
    do throws(JournalError) {
      return try MirrorReading(path: path)
    } catch {
      problem = error
      return nil
    }
  }
}

/// A transfer as the mirror holds it.
public struct MirroredTransfer: Hashable, Sendable {
  /// The transfer.
  public var transfer: Transfer
  /// The stamp of the refresh that read it: what the floor closed or applied later wins
  /// (hazard `resurrection`).
  public var readStarted: Int64
}
