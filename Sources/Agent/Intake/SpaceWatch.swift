internal import Glibc

/// Watches the free space under the journal.
///
/// Intake stops before the disk is full, so that what is refused is never half stored and the
/// outbox can still be worked off.
struct SpaceWatch {
  private let directory: String
  private let minimumFree: Int64
  /// True while there is too little.
  private(set) var isShort = false
  /// Bytes that are free.
  private(set) var free: Int64 = .max

  init(directory: String, minimumFree: Int64) {
    self.directory = directory
    self.minimumFree = minimumFree
  }

  /// Looks again; true if the answer changed.
  ///
  /// Reading starts again only with a tenth more than the minimum, so that it does not flicker.
  mutating func check() -> Bool {
    var status = statvfs()
    guard statvfs(directory, &status) == 0 else { return false }
    free = Int64(status.f_bavail) * Int64(status.f_frsize)
    let before = isShort
    isShort = free < (before ? minimumFree + minimumFree / 10 : minimumFree)
    return before != isShort
  }
}
