/// What the configuration says about the floor: policies, stations, supervisors, numbers.
public struct FloorSite: Hashable, Sendable {
  /// The policy where no rule says otherwise.
  public var policy: FloorPolicy
  /// Exceptions from it, in the order of the configuration; a later one wins.
  public var rules: [PolicyRule]
  /// What the stations are for, by name; a station that is not named here does everything.
  public var stations: [String: StationRole]
  /// Names of the people who may let unusual things pass, by the code on their badge.
  public var supervisors: [String: String]
  /// Where the numbers of new packages come from; without it a label has to be scanned.
  public var packageNumbers: SSCCRange?
  /// Beginnings of the tracking codes of carriers; a code that begins so is a tracking number.
  public var trackingPrefixes: [String]
  /// Region of variable-measure barcodes (GS1 restricted circulation numbers), such as `de`.
  public var region: String?
  /// True if the box has a clock of its own that runs on without power, so that dates are checked
  /// before a time server was heard.
  public var trustsClock = false
  /// Rules that are broken on purpose; empty outside of tests.
  package var seededBugs: Set<SeededBug> = []

  /// A site; with nothing but a policy by default.
  public init(
    policy: FloorPolicy = FloorPolicy(),
    rules: [PolicyRule] = [],
    stations: [String: StationRole] = [:],
    supervisors: [String: String] = [:],
    packageNumbers: SSCCRange? = nil,
    trackingPrefixes: [String] = [],
    region: String? = nil
  ) {
    self.policy = policy
    self.rules = rules
    self.stations = stations
    self.supervisors = supervisors
    self.packageNumbers = packageNumbers
    self.trackingPrefixes = trackingPrefixes
    self.region = region
  }

  /// The policy of an operation at a station.
  ///
  /// - Parameter operation: The operation of the transfer; nil where none is known yet, to which
  ///   only rules without steps and operations apply.
  public func policy(of operation: Transfer.Operation?, at station: String) -> FloorPolicy {
    var policy = policy
    for rule in rules where rule.applies(to: operation, at: station) { rule.change(&policy) }
    return policy
  }
}

/// An exception from the site's policy.
public struct PolicyRule: Hashable, Sendable {
  /// Steps that it is for; empty: all.
  public var steps: [Transfer.Step]
  /// Barcodes of operation types that it is for, in capitals; empty: all.
  public var operations: [String]
  /// Stations that it is for; empty: all.
  public var stations: [String]
  /// What is different there; nil: as it was.
  public var changes: PolicyChanges

  /// A rule for steps, operation types and stations.
  public init(
    steps: [Transfer.Step] = [],
    operations: [String] = [],
    stations: [String] = [],
    changes: PolicyChanges
  ) {
    self.steps = steps
    self.operations = operations
    self.stations = stations
    self.changes = changes
  }

  func applies(to operation: Transfer.Operation?, at station: String) -> Bool {
    if !stations.isEmpty, !stations.contains(station) { return false }
    if !steps.isEmpty {
      guard let operation, steps.contains(operation.step) else { return false }
    }
    if !operations.isEmpty {
      guard let barcode = operation?.barcode?.uppercased(), operations.contains(barcode) else {
        return false
      }
    }
    return true
  }

  func change(_ policy: inout FloorPolicy) { changes.apply(to: &policy) }
}

/// The parts of a policy that a rule changes; nil: as it was.
public struct PolicyChanges: Hashable, Sendable {
  /// See `FloorPolicy.incomplete`.
  public var incomplete: FloorPolicy.Incomplete?
  /// See `FloorPolicy.complete`.
  public var complete: FloorPolicy.Complete?
  /// See `FloorPolicy.overPick`.
  public var overPick: FloorPolicy.Permission?
  /// See `FloorPolicy.overPickPercent`.
  public var overPickPercent: Int?
  /// See `FloorPolicy.otherLot`.
  public var otherLot: FloorPolicy.Permission?
  /// See `FloorPolicy.expiredLot`.
  public var expiredLot: FloorPolicy.Permission?
  /// See `FloorPolicy.unknownTransfer`.
  public var unknownTransfer: FloorPolicy.UnknownTransfer?
  /// See `FloorPolicy.staleMirror`.
  public var staleMirror: FloorPolicy.StaleMirror?
  /// See `FloorPolicy.staleAfter`.
  public var staleAfter: Int64?
  /// See `FloorPolicy.secondStation`.
  public var secondStation: FloorPolicy.SecondStation?
  /// See `FloorPolicy.WeightPolicy.mismatch`.
  public var weightMismatch: FloorPolicy.Permission?
  /// See `FloorPolicy.WeightPolicy.absolute`.
  public var weightAbsolute: Quantity?
  /// See `FloorPolicy.WeightPolicy.percent`.
  public var weightPercent: Quantity?
  /// See `FloorPolicy.WeightPolicy.isRequired`.
  public var weightRequired: Bool?
  /// See `FloorPolicy.parkAfter`.
  public var parkAfter: Int64?
  /// See `FloorPolicy.confirmWithin`.
  public var confirmWithin: Int64?

  /// No change.
  public init() {}

  func apply(to policy: inout FloorPolicy) {
    if let incomplete { policy.incomplete = incomplete }
    if let complete { policy.complete = complete }
    if let overPick { policy.overPick = overPick }
    if let overPickPercent { policy.overPickPercent = overPickPercent }
    if let otherLot { policy.otherLot = otherLot }
    if let expiredLot { policy.expiredLot = expiredLot }
    if let unknownTransfer { policy.unknownTransfer = unknownTransfer }
    if let staleMirror { policy.staleMirror = staleMirror }
    if let staleAfter { policy.staleAfter = staleAfter }
    if let secondStation { policy.secondStation = secondStation }
    if let weightMismatch { policy.weight.mismatch = weightMismatch }
    if let weightAbsolute { policy.weight.absolute = weightAbsolute }
    if let weightPercent { policy.weight.percent = weightPercent }
    if let weightRequired { policy.weight.isRequired = weightRequired }
    if let parkAfter { policy.parkAfter = parkAfter }
    if let confirmWithin { policy.confirmWithin = confirmWithin }
  }
}

/// What a station is for.
public struct StationRole: Hashable, Sendable {
  /// The steps that are worked there; empty: all.
  public var steps: [Transfer.Step]
  /// Barcodes of the operation types that are worked there, in capitals; empty: all.
  public var operations: [String]
  /// Database id of its warehouse; nil: any.
  public var warehouse: Int?

  /// A station for steps and operation types; for everything by default.
  public init(steps: [Transfer.Step] = [], operations: [String] = [], warehouse: Int? = nil) {
    self.steps = steps
    self.operations = operations
    self.warehouse = warehouse
  }

  /// True if transfers of an operation are worked there.
  public func does(_ operation: Transfer.Operation) -> Bool {
    if let warehouse, operation.warehouse != warehouse { return false }
    if !steps.isEmpty, !steps.contains(operation.step) { return false }
    if !operations.isEmpty {
      guard let barcode = operation.barcode?.uppercased(), operations.contains(barcode) else {
        return false
      }
    }
    return true
  }
}

/// The site's own numbers for packages: extension digit, GS1 company prefix, serial reference.
public struct SSCCRange: Hashable, Sendable {
  /// The first digit of the code, 0 to 9.
  public var extensionDigit: Int
  /// The GS1 company prefix, 4 to 12 digits.
  public var companyPrefix: String
  /// The first serial reference that may be used.
  public var first: Int64
  /// The last one.
  public var last: Int64

  /// Numbers from `first` to `last`; the whole of the prefix by default.
  public init(extensionDigit: Int, companyPrefix: String, first: Int64 = 0, last: Int64? = nil) {
    self.extensionDigit = extensionDigit
    self.companyPrefix = companyPrefix
    self.first = first
    var whole: Int64 = 1
    for _ in 0..<max(0, 16 - companyPrefix.utf8.count) { whole *= 10 }
    self.last = last ?? whole - 1
  }
}
