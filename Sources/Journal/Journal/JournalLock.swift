internal import Glibc

/// Keeps a second agent off the journal; the kernel gives the lock back when the process ends.
final class JournalLock {
  private let descriptor: Int32

  init(directory: String) throws(JournalError) {
    let path = "\(directory)/journal.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      throw JournalError(
        kind: .unusable,
        path: path,
        message: String(cString: strerror(errno)),
        hint: "Check that the directory exists and belongs to the agent's user."
      )
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw JournalError(
        kind: .inUse,
        path: path,
        message: "another agent uses this journal",
        hint: "Stop it first (systemctl stop tallyman), or give this one another directory."
      )
    }
  }

  deinit { close(descriptor) }
}
