/// A workplace with its devices, and what the person who works there has open.
///
/// Invariants: no two of `tallies` have the same target; `active` names one of them or none; the
/// targets of `group` are among them.
public struct Station: Hashable, Sendable {
  /// All transfers that are held here, in the order of their opening: the one in work, those of
  /// the open batch or load, and those that were put aside.
  public internal(set) var tallies: [Tally] = []
  /// The target of the tally in work; nil if nothing is in work.
  public internal(set) var active: Confirmation.Target?
  /// The open batch or load.
  public internal(set) var group: Group?
  /// The open count of stock.
  public internal(set) var count: CountSheet?
  /// The station at whose tally this one counts; nil if it works by itself.
  public internal(set) var joined: String?
  /// Name of the transfer that was closed here last, so that a second validate is told so.
  public internal(set) var lastClosed: String?
  /// What has to be scanned again to be done.
  public internal(set) var pending: Pending?
  /// How many the next scan stands for, where a number was keyed in or scanned before it.
  public internal(set) var keyed: Quantity?
  /// Monotonic milliseconds of the last event; nil before the first one since the agent started.
  public internal(set) var lastEvent: Int64?
  /// True until the next answer has told what is counted: feedback was lost, and the worker may
  /// not know whether the last scans count.
  public internal(set) var needsResync = false

  /// A question that the same scan answers; never a product scan.
  public struct Pending: Hashable, Sendable {
    /// What was asked.
    public var question: Question
    /// Monotonic milliseconds after which the scan means nothing.
    public var until: Int64
  }

  /// The questions.
  public enum Question: Hashable, Sendable {
    /// Close although not everything is counted?
    case closeIncomplete
    /// Forget what is counted?
    case discard
    /// Put what is in work aside, and open this?
    case park(String)
    /// Does a supervisor let this pass? The code of the refusal, and what it was about.
    case letPass(EventBody, VerdictCode, String)
  }

  /// Several transfers that are open together.
  public struct Group: Hashable, Sendable {
    /// What holds them together.
    public var kind: Kind
    /// Their targets, in the order in which goods are given to them.
    public var targets: [Confirmation.Target]
    /// The targets that were changed, oldest first, so that the last change can be taken back.
    public var trail: [Confirmation.Target] = []

    /// What holds transfers together.
    public enum Kind: Hashable, Sendable {
      /// A batch or wave of this name.
      case batch(String)
      /// Loading at the location of this name.
      case load(String)
    }
  }

  /// A station where nothing is open.
  public init() {}

  /// A station as the journal has it.
  public init(tally: Tally?, lastClosed: String?, needsResync: Bool = false) {
    if let tally {
      tallies = [tally]
      active = tally.target
    }
    self.lastClosed = lastClosed
    self.needsResync = needsResync
  }

  /// The tally in work.
  public internal(set) var tally: Tally? {
    get {
      guard let active else { return nil }
      return tallies.first { $0.target == active }
    }
    set {
      guard let newValue else {
        if let active { remove(active) }
        return
      }
      active = newValue.target
      if let index = tallies.firstIndex(where: { $0.target == newValue.target }) {
        tallies[index] = newValue
      } else {
        tallies.append(newValue)
      }
    }
  }

  /// The tally of a target that is held here.
  func tally(of target: Confirmation.Target) -> Tally? { tallies.first { $0.target == target } }

  /// Lets go of a tally.
  mutating func remove(_ target: Confirmation.Target) {
    tallies.removeAll { $0.target == target }
    if active == target { active = nil }
    group?.targets.removeAll { $0 == target }
    group?.trail.removeAll { $0 == target }
    if group?.targets.isEmpty == true, case .batch = group?.kind { group = nil }
  }

  /// True if somebody works on `target` here: it is in work, or part of the open batch or load.
  func works(on target: Confirmation.Target) -> Bool {
    active == target || group?.targets.contains(target) == true
  }
}
