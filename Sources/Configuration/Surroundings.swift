/// What a configuration needs of the machine: its environment and its files.
///
/// The one seam to the outside, so that tests need neither.
public struct Surroundings: Sendable {
  /// The value of an environment variable.
  public var environment: @Sendable (_ name: String) -> String?
  /// The kind and mode of a file, links followed; nil if there is none.
  public var status: @Sendable (_ path: String) -> FileStatus?
  /// The bytes of a file.
  public var read: @Sendable (_ path: String) -> Result<[UInt8], FileFailure>

  /// Surroundings of three functions.
  public init(
    environment: @escaping @Sendable (_ name: String) -> String?,
    status: @escaping @Sendable (_ path: String) -> FileStatus?,
    read: @escaping @Sendable (_ path: String) -> Result<[UInt8], FileFailure>
  ) {
    self.environment = environment
    self.status = status
    self.read = read
  }
}

/// What matters of a file before it is read.
public struct FileStatus: Hashable, Sendable {
  /// True for a regular file: no directory, device or pipe.
  public var isRegular: Bool
  /// The permission bits.
  public var mode: UInt32

  /// A status.
  public init(isRegular: Bool, mode: UInt32) {
    self.isRegular = isRegular
    self.mode = mode
  }

  /// True if others than the owner may read it.
  public var isReadableByOthers: Bool { mode & 0o044 != 0 }
}

/// Why a file could not be read, in the system's words.
public struct FileFailure: Error, Hashable, Sendable {
  /// Such as `No such file or directory`.
  public let reason: String

  /// A failure for a reason.
  public init(_ reason: String) { self.reason = reason }
}
