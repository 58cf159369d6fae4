internal import CSystem
internal import Glibc
public import Journal

/// The clocks of the machine.
public struct SystemClock: Sendable {
  /// Row of this boot in the journal.
  public var boot: Int64

  /// The clocks as seen from a boot's row.
  public init(boot: Int64) { self.boot = boot }

  /// Now, by every clock.
  public func stamp() -> Stamp {
    Stamp(
      boot: boot,
      monotonic: Self.monotonic(),
      wall: Self.wall(),
      synced: Self.isSynced()
    )
  }

  /// Milliseconds since boot, also while suspended.
  public static func monotonic() -> Int64 { read(CLOCK_BOOTTIME) }

  /// Milliseconds since 1970, UTC, by a clock that may be wrong.
  public static func wall() -> Int64 { read(CLOCK_REALTIME) }

  /// True if the kernel says that NTP holds the wall clock.
  public static func isSynced() -> Bool {
    tm_clock_is_synced() == 1
  }

  /// The kernel's random id of this boot; a constant where there is none.
  public static func bootID() -> String {
    readFile("/proc/sys/kernel/random/boot_id")?.trimmed ?? "unknown"
  }

  /// The machine's id, to tell a cloned card from its original.
  public static func machineID() -> String { readFile("/etc/machine-id")?.trimmed ?? "unknown" }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension String {
  /// The text without blanks and line ends around it.
  var trimmed: String {
    var rest = Substring(self)
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    return String(rest)
  }
}

/// A small file's text; nil if it cannot be read.
func readFile(_ path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var buffer = [UInt8](repeating: 0, count: 4096)
  let count = read(descriptor, &buffer, buffer.count)
  guard count >= 0 else { return nil }
  return String(decoding: buffer.prefix(count), as: UTF8.self)
}
