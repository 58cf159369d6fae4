public import Floor

/// Turns refusals on the floor that come again and again into exceptions.
///
/// The rule: the same group of refusals (unknown code; weight; lot or serial number), at least
/// `least` times for one transfer, or at one station where no transfer was open, among the newest
/// events. It is over when the transfer was closed, or when the refusals have left the window.
public struct Refusals {
  /// Refusals of one code that came for one transfer or at one station.
  public struct Count: Hashable, Sendable {
    /// Name of the transfer; nil where none was open.
    public var transfer: String?
    /// The station.
    public var station: String
    /// The verdict's code.
    public var code: String
    /// How often.
    public var count: Int

    /// A number of refusals.
    public init(transfer: String?, station: String, code: String, count: Int) {
      self.transfer = transfer
      self.station = station
      self.code = code
      self.count = count
    }
  }

  /// Refusals from which on a person should look.
  public static let least = 3
  /// Newest events that are looked at.
  public static let window = 20_000

  /// The exception that a verdict's code counts for; nil for one that is a slip of the hand.
  public static func code(of verdict: VerdictCode) -> ExceptionCode? {
    switch verdict {
    case .unknownBarcode, .unknownTransfer, .packageUnknown: .unknownCode
    case .weightMismatch, .weightImplausible, .packageTooHeavy: .weightRefused
    case .wrongLot, .otherLot, .expiredLot, .serialElsewhere, .serialTwice: .lotRefused
    default: nil
    }
  }

  /// The verdicts that count, as the journal keeps their codes.
  public static var codes: [String] {
    VerdictCode.allCases.filter { code(of: $0) != nil }.map(\.rawValue)
  }

  private struct Key: Hashable {
    var subject: String
    var code: ExceptionCode
  }

  /// What is true of these counts.
  ///
  /// - Parameter closed: Names of transfers that were closed here.
  public static func findings(_ counts: [Count], closed: Set<String>) -> [DeskFinding] {
    var sums: [Key: (transfer: String?, station: String, count: Int)] = [:]
    for item in counts {
      guard let verdict = VerdictCode(rawValue: item.code), let code = code(of: verdict),
        !(item.transfer.map { closed.contains($0) } ?? false)
      else { continue }
      let key = Key(subject: item.transfer ?? "station \(item.station)", code: code)
      var sum = sums[key] ?? (item.transfer, item.station, 0)
      sum.count += item.count
      sums[key] = sum
    }
    return sums.filter { $0.value.count >= least }.map { key, sum in
      let place = sum.transfer.map { "for \($0)" } ?? "at \(sum.station)"
      return DeskFinding(
        identity: "\(key.code.rawValue):\(key.subject)",
        code: key.code,
        transfer: sum.transfer,
        sentence: "\(key.code.rule.group.title): refused at least \(least) times \(place).",
        detail: ExceptionDetail(
          odoo: "see the verdicts: tallyman events",
          floor: "refused again and again \(place)"
        )
      )
    }.sorted { $0.identity < $1.identity }.prefix(DeskFinding.limit).map { $0 }
  }
}
