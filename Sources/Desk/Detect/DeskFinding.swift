internal import JSON

/// Something that was found in Odoo's plans or on the floor, and that a person should look at.
public struct DeskFinding: Hashable, Sendable {
  /// What tells it from all others; the same fact has the same identity each time it is seen.
  public var identity: String
  /// What kind it is.
  public var code: ExceptionCode
  /// Name of the transfer that it is about.
  public var transfer: String?
  /// What was found, in one sentence.
  public var sentence: String
  /// What Odoo and the floor say.
  public var detail: ExceptionDetail

  /// A finding.
  public init(
    identity: String,
    code: ExceptionCode,
    transfer: String?,
    sentence: String,
    detail: ExceptionDetail
  ) {
    self.identity = identity
    self.code = code
    self.transfer = transfer
    self.sentence = sentence
    self.detail = detail
  }

  /// Most findings of one kind at a time: beyond that it is not the warehouse's day, but a setting.
  public static let limit = 200

  /// The kinds that come and go with the data; all others end by a person's decision.
  public static let detected: Set<ExceptionCode> = [
    .failedAllocation, .duplicateOrder, .stockMismatch, .countWaits, .reconciliation, .lateReceipt,
    .unknownCode, .weightRefused, .lotRefused,
  ]

  /// What to store, so that the findings that are kept are those that are true now.
  ///
  /// - Parameters:
  ///   - found: What is true now.
  ///   - known: What is kept: identities with their sentence and the JSON of their detail.
  /// - Returns: Findings that are new or otherwise than before, and identities that are over.
  public static func changes(
    _ found: [DeskFinding],
    known: [String: Kept]
  ) -> (new: [DeskFinding], over: [String]) {
    var left = known
    var new: [DeskFinding] = []
    for finding in found {
      let kept = left.removeValue(forKey: finding.identity)
      let now = Kept(sentence: finding.sentence, detail: finding.detail.json.text)
      if kept != now { new.append(finding) }
    }
    return (new, left.keys.sorted())
  }

  /// What is kept of a finding.
  public struct Kept: Hashable, Sendable {
    /// Its sentence.
    public var sentence: String
    /// Its detail as JSON.
    public var detail: String

    /// A finding as it is kept.
    public init(sentence: String, detail: String) {
      self.sentence = sentence
      self.detail = detail
    }
  }
}
