/// A workplace with its devices, and the transfer of the person who works there.
public struct Station: Hashable, Sendable {
  /// The tally of the open transfer.
  public internal(set) var tally: Tally?
  /// Name of the transfer that was closed here last, so that a second validate is told so.
  public internal(set) var lastClosed: String?
  /// What has to be scanned again to be done.
  public internal(set) var pending: Pending?
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
  }

  /// A station where nothing is open.
  public init() {}

  /// A station as the journal has it.
  public init(tally: Tally?, lastClosed: String?, needsResync: Bool = false) {
    self.tally = tally
    self.lastClosed = lastClosed
    self.needsResync = needsResync
  }
}
