/// When something that is done once a night is due.
public enum Nightly {
  private static let day: Int64 = 86_400_000
  private static let minute: Int64 = 60_000

  /// The next time, in milliseconds since 1970, UTC.
  ///
  /// - Parameters:
  ///   - now: Milliseconds since 1970, UTC.
  ///   - minuteOfDay: The local time of day.
  ///   - zone: Milliseconds by which local time is ahead of UTC; of now, so that on the two days
  ///     of the year on which that changes it is an hour off.
  ///   - jitter: What this box adds, so that not all boxes ask Odoo at once.
  ///   - last: When it was done last; if that is more than a night ago, it is due after the jitter
  ///     alone. Nil if it was never done.
  public static func next(
    after now: Int64,
    minuteOfDay: Int,
    zone: Int64,
    jitter: Int64,
    last: Int64?
  ) -> Int64 {
    if let last, now - last > day + day / 12 + jitter { return now + jitter }
    let local = now + zone
    let midnight = local - ((local % day) + day) % day
    var due = midnight + Int64(minuteOfDay) * minute - zone
    if due <= now { due += day }
    return due + jitter
  }
}
