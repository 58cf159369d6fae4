internal import Glibc

/// The signals that tests send.
public enum Signal: Sendable {
  /// Asks to reload.
  case hangUp
  /// As the terminal's Ctrl-C.
  case interrupt
  /// Asks to stop.
  case terminate
  /// Ends at once; what a power cut is to a process.
  case kill
  /// Freezes.
  case stop
  /// Goes on after `stop`.
  case proceed
  /// The program's own meaning; mosquitto saves its sessions.
  case user1
  /// The program's own meaning.
  case user2

  /// The system's number.
  public var number: Int32 {
    switch self {
    case .hangUp: SIGHUP
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .kill: SIGKILL
    case .stop: SIGSTOP
    case .proceed: SIGCONT
    case .user1: SIGUSR1
    case .user2: SIGUSR2
    }
  }
}
