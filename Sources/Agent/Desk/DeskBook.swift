internal import Desk
internal import Floor
public import Journal
internal import Odoo

/// The exception desk as it is in the journal, for commands and for the API; only reads.
public struct DeskBook {
  private let journal: JournalReader
  private let directory: String

  /// Most exceptions of one list.
  public static let limit = 1000

  /// The desk of the journal in `directory`.
  public init(directory: String) throws(JournalError) {
    journal = try JournalReader(directory: directory)
    self.directory = directory
  }

  /// What somebody has to decide, oldest first; with `all` also what was decided.
  public func entries(all: Bool = false) throws(SQLiteError) -> [DeskEntry] {
    let records = try journal.confirmations(all: all, limit: 100_000)
    var found = records.filter { record in
      record.state == .parked || all && record.state == .accepted
    }.suffix(Self.limit).map { DeskEntry($0) }
    for index in found.indices {
      guard let own = found[index].confirmation, own.state == .parked else { continue }
      found[index].holdsUp = Self.behind(own, records)
    }
    let states: Set<FindingRecord.State> = all ? [.open, .dropped, .gone] : [.open]
    found += try journal.findings(states, limit: Self.limit).map { DeskEntry($0) }
    found.sort { ($0.since, $0.id) < ($1.since, $1.id) }
    return named(found)
  }

  /// What is called `key`: a finding by its name, a confirmation by its id, the beginning of it, or
  /// its transfer's name; open ones come first.
  public func entries(_ key: String) throws(SQLiteError) -> [DeskEntry] {
    if let number = JournalReader.findingNumber(key) {
      return named(try journal.finding(number).map { [DeskEntry($0)] } ?? [])
    }
    let open = try journal.confirmations(limit: 100_000)
    var found = try journal.confirmations(of: key).map { record -> DeskEntry in
      var entry = DeskEntry(record)
      if record.state == .parked { entry.holdsUp = Self.behind(record, open) }
      return entry
    }
    found += try journal.findings(limit: Self.limit).filter { $0.draft.transfer == key }
      .map { DeskEntry($0) }
    return named(found.filter(\.isOpen) + found.filter { !$0.isOpen })
  }

  /// The audit trail of an exception.
  public func audits(of entry: DeskEntry) throws(SQLiteError) -> [JournalReader.Audit] {
    try journal.audits(of: entry.id)
  }

  private static func behind(
    _ record: ConfirmationRecord,
    _ open: [ConfirmationRecord]
  ) -> [String] {
    open.filter {
      $0.chain == record.chain && $0.sequence > record.sequence && !$0.state.isFinished
    }.map(\.transfer)
  }

  private func named(_ entries: [DeskEntry]) -> [DeskEntry] {
    let ids = entries.reduce(into: Set<Int>()) { $0.formUnion($1.productIDs) }
    guard !ids.isEmpty else { return entries }
    let mirror = MirrorReader(directory: directory)
    mirror.begin(at: SystemClock(boot: 0).stamp())
    defer { mirror.end() }
    var names: [Int: String] = [:]
    for id in ids { names[id] = mirror.product(id: id)?.name }
    return entries.map { entry in
      var entry = entry
      for id in entry.productIDs { entry.products[id] = names[id] }
      for line in entry.detail?.versions?.lines ?? [] where entry.products[line.productID] == nil {
        entry.products[line.productID] = line.product
      }
      return entry
    }
  }
}
