internal import Glibc

/// Why a helper of the test kit could not do its work.
public enum TestKitError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A call to the operating system failed.
  case system(operation: String, code: Int32)
  /// What was waited for did not come in time.
  case timedOut(waitingFor: String, after: Duration, seen: String)
  /// A program or product is not there.
  case missing(String, hint: String)
  /// The other side did something that the protocol does not allow, or refused.
  case unexpected(String)

  /// The last error of the C library, for a call that just failed.
  static func last(_ operation: String) -> TestKitError {
    .system(operation: operation, code: errno)
  }

  /// One line for the test's output.
  public var description: String {
    switch self {
    case .system(let operation, let code):
      return "\(operation) failed: \(String(cString: strerror(code)))"
    case .timedOut(let what, let after, let seen):
      return "no \(what) within \(after)\(seen.isEmpty ? "" : "; seen: \(seen)")"
    case .missing(let what, let hint): return "\(what) is missing: \(hint)"
    case .unexpected(let what): return what
    }
  }
}
