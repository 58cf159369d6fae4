/// What the site decided about its floor, for one operation type at one station.
public struct FloorPolicy: Hashable, Sendable {
  /// What happens to demand that was not counted when a transfer is closed.
  public var incomplete: Incomplete
  /// What happens when the last unit is counted.
  public var complete: Complete
  /// What happens to goods beyond the demand.
  public var overPick: Permission
  /// How far beyond the demand may be counted, in percent of it; nil for no limit.
  public var overPickPercent: Int?
  /// What happens to a lot that is known, but not the reserved one.
  public var otherLot: Permission
  /// What happens to an expired lot.
  public var expiredLot: Permission
  /// What happens to a transfer that the mirror does not know.
  public var unknownTransfer: UnknownTransfer
  /// What happens while the mirror is older than `staleAfter`.
  public var staleMirror: StaleMirror
  /// Age in seconds from which the mirror is stale.
  public var staleAfter: Int64
  /// What happens when a transfer that is open at another station is scanned.
  public var secondStation: SecondStation
  /// What is checked of a weight.
  public var weight: WeightPolicy
  /// How long a station may rest before its transfer is put aside, in milliseconds; nil: for ever.
  public var parkAfter: Int64?
  /// How long a `confirm` signal can be answered by the same scan, in milliseconds.
  public var confirmWithin: Int64
  /// Most transfers that may be open at once, on the whole floor.
  public var openTransfers: Int

  /// The ways of closing a transfer that is not complete.
  public enum Incomplete: String, CaseIterable, Sendable {
    /// After a second scan Odoo makes a backorder for the rest.
    case backorder
    /// After a second scan the rest is dropped.
    case drop
    /// It cannot be closed.
    case refuse
  }

  /// What happens when the last unit is counted.
  public enum Complete: String, CaseIterable, Sendable {
    /// The transfer waits for the validate command.
    case wait
    /// It is closed at once.
    case validate
  }

  /// What happens to something unusual.
  public enum Permission: String, CaseIterable, Sendable {
    /// It is refused.
    case refuse
    /// It is refused unless a supervisor lets it pass.
    case override
    /// It is accepted.
    case accept
  }

  /// What happens to a transfer that the mirror does not know.
  public enum UnknownTransfer: String, CaseIterable, Sendable {
    /// It is refused.
    case refuse
    /// While the mirror is stale it is counted without a list, and applied only if it fits.
    case blind
  }

  /// What happens while the mirror is stale.
  public enum StaleMirror: String, CaseIterable, Sendable {
    /// Work goes on; the answers say how old the mirror is.
    case accept
    /// No transfer is opened any more.
    case refuse
  }

  /// What happens when a transfer that is open at another station is scanned.
  public enum SecondStation: String, CaseIterable, Sendable {
    /// It is refused.
    case refuse
    /// Both stations count for the same transfer.
    case join
  }

  /// What is checked of a weight.
  public struct WeightPolicy: Hashable, Sendable {
    /// What happens to a weight outside the tolerance.
    public var mismatch: Permission
    /// Kilograms that a weight may differ from the expected one.
    public var absolute: Quantity
    /// Percent of the expected weight that a weight may differ from it; the larger of both counts.
    public var percent: Quantity
    /// True if a transfer cannot be closed before each of its packages is weighed.
    public var isRequired: Bool

    /// A policy; the defaults are those of the configuration.
    public init(
      mismatch: Permission = .accept,
      absolute: Quantity = Quantity(millionths: 100_000),
      percent: Quantity = Quantity(5),
      isRequired: Bool = false
    ) {
      self.mismatch = mismatch
      self.absolute = absolute
      self.percent = percent
      self.isRequired = isRequired
    }
  }

  /// A policy; the defaults are those of the configuration.
  public init(
    incomplete: Incomplete = .backorder,
    complete: Complete = .wait,
    overPick: Permission = .refuse,
    overPickPercent: Int? = nil,
    otherLot: Permission = .accept,
    expiredLot: Permission = .refuse,
    unknownTransfer: UnknownTransfer = .refuse,
    staleMirror: StaleMirror = .accept,
    staleAfter: Int64 = 900,
    secondStation: SecondStation = .refuse,
    weight: WeightPolicy = WeightPolicy(),
    parkAfter: Int64? = nil,
    confirmWithin: Int64 = 15_000,
    openTransfers: Int = 1_000
  ) {
    self.incomplete = incomplete
    self.complete = complete
    self.overPick = overPick
    self.overPickPercent = overPickPercent
    self.otherLot = otherLot
    self.expiredLot = expiredLot
    self.unknownTransfer = unknownTransfer
    self.staleMirror = staleMirror
    self.staleAfter = staleAfter
    self.secondStation = secondStation
    self.weight = weight
    self.parkAfter = parkAfter
    self.confirmWithin = confirmWithin
    self.openTransfers = openTransfers
  }
}
