public import Barcodes
public import Floor

/// One change to the mirror, to be made in one transaction.
///
/// Every change says the whole of what it is about, so that making it twice, or again after a
/// crash, does no harm.
public enum MirrorChange: Hashable, Sendable {
  /// Transfers as Odoo has them, whatever their state; replaces earlier ones of the same id.
  ///
  /// `readStarted` is the driver's stamp of the refresh that read them: what the floor closed or
  /// applied after it wins over these.
  case transfers([Transfer], readStarted: Int64)
  /// Transfers that do not exist in Odoo any more.
  case forgetTransfers([Int])
  /// Exactly these transfers are open in Odoo; what the mirror holds as open beside them is gone.
  case keepOpenTransfers([Int])
  /// All operation types; replaces the earlier ones.
  case operationTypes([Mirrored.OperationType])
  /// All warehouses; replaces the earlier ones.
  case warehouses([Mirrored.Warehouse])
  /// Names of batches, new or changed.
  case batches([Mirrored.BatchName])
  /// All units of measure; replaces the earlier ones.
  case units([Mirrored.Unit])
  /// The barcode rules of the company; nil where it has none.
  case nomenclature(Nomenclature?)
  /// Products, new or changed.
  case products([Product])
  /// Packaging barcodes, new or changed.
  case packagings([Mirrored.Packaging])
  /// Locations, new or changed.
  case locations([Location])
  /// Lots and serial numbers, new or changed.
  case lots([Lot])
  /// Package types, new or changed.
  case packageTypes([PackageType])
  /// Packages, new or changed.
  case packages([Package])
  /// Records of a table that are archived, or lost what made them worth keeping.
  case forget(MirrorTable, [Int])
  /// Of the records of a table whose ids lie above `after`, up to and including `through` (or all
  /// above, for nil), only these exist in Odoo.
  case keepOnly(MirrorTable, after: Int, through: Int?, ids: [Int])
  /// A refresh came to its end; the mirror is as fresh as `readStarted` says.
  case refreshed(Refreshed)

  /// The end of a refresh.
  public struct Refreshed: Hashable, Sendable {
    /// What was refreshed.
    public var kind: RefreshKind
    /// The driver's stamp of its start.
    public var readStarted: Int64
    /// Where the next refresh goes on, to be kept with the mirror; nil if nothing changed.
    public var state: MirrorState?

    /// The end of a refresh of a kind.
    public init(kind: RefreshKind, readStarted: Int64, state: MirrorState? = nil) {
      self.kind = kind
      self.readStarted = readStarted
      self.state = state
    }
  }
}

/// What a refresh reads.
public enum RefreshKind: Hashable, Sendable {
  /// Open transfers with their moves and lines.
  case transfers(Depth)
  /// Everything that barcodes are looked up in.
  case masterData(Depth)

  /// How much is read.
  public enum Depth: String, Sendable {
    /// What was written since the last time; all of it the first time.
    case changes
    /// The same, and a comparison of what exists: finds deletions and rows that were missed.
    case compare
    /// All of it again.
    case everything
  }

  /// The frequent refresh: what was written to transfers since the last time.
  public static let realTime = RefreshKind.transfers(.changes)
  /// The rare refresh: what was written to master data since the last time.
  public static let batch = RefreshKind.masterData(.changes)
}
