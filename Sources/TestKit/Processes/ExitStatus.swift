/// How a process ended.
public enum ExitStatus: Sendable, Equatable {
  /// It left by itself with this code.
  case exited(Int32)
  /// A signal ended it.
  case signalled(Int32)

  /// The meaning of the number that `waitpid` gives.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xFF) : .signalled(signal)
  }
}
