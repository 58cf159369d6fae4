/// When something was written, by every clock there is.
///
/// Order is by the journal's sequence, never by these: boxes boot in 1970 or at the last
/// shutdown's time, and NTP then jumps.
public struct Stamp: Hashable, Sendable {
  /// Row of this boot in the table `boot`.
  public var boot: Int64
  /// Monotonic milliseconds of this boot.
  public var monotonic: Int64
  /// Wall clock in milliseconds since 1970, UTC, right or wrong.
  public var wall: Int64
  /// True if the kernel says that the wall clock is synchronised.
  public var synced: Bool

  /// A stamp of these clocks.
  public init(boot: Int64, monotonic: Int64, wall: Int64, synced: Bool) {
    self.boot = boot
    self.monotonic = monotonic
    self.wall = wall
    self.synced = synced
  }
}
