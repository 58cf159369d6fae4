internal import Glibc

extension Settings.CutOff {
  /// The first time after `wall` at which the clock on the wall shows the cut-off, both in
  /// milliseconds since 1970; nil for a time that no calendar has.
  ///
  /// The box's time zone counts, with its summer time.
  public func next(after wall: Int64) -> Int64? {
    var seconds = time_t(wall / 1000)
    var local = tm()
    guard localtime_r(&seconds, &local) != nil else { return nil }
    local.tm_hour = Int32(minute / 60)
    local.tm_min = Int32(minute % 60)
    local.tm_sec = 0
    local.tm_isdst = -1
    var today = local
    let found = mktime(&today)
    if found > seconds { return Int64(found) * 1000 }
    local.tm_mday += 1
    return Int64(mktime(&local)) * 1000
  }
}
