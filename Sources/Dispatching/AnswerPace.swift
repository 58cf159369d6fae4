/// Whether Odoo answers as fast as it did lately.
///
/// Odoo slows down before it fails: nightly jobs, a reindexing database, too many workers. The
/// measure is its own recent median, so that a slow server is no reason to hold back, and one that
/// has become slow is.
struct AnswerPace: Hashable, Sendable {
  /// Times of a call in recent attempts, the oldest first.
  private(set) var recent: [Duration] = []

  /// Answers that the median is made of.
  static let memory = 32
  /// Answers that are needed before anything is called slow.
  static let least = 8

  /// The median of the recent times; nil while there are too few.
  var median: Duration? {
    recent.count >= Self.least ? recent.sorted()[recent.count / 2] : nil
  }

  /// Takes the mean time of a call in an attempt; true if that is slow against the median before.
  mutating func note(_ time: Duration, slowFactor: Int) -> Bool {
    let isSlow = median.map { time > $0 * slowFactor } ?? false
    if recent.count >= Self.memory { recent.removeFirst() }
    recent.append(time)
    return isSlow
  }
}
