internal import CSystem
internal import Glibc

/// An eventfd that ends a `poll` on another thread.
final class WakeUp: Sendable {
  let descriptor: Int32

  init() {
    descriptor = tm_eventfd()
    precondition(descriptor >= 0, "eventfd: \(errno)")
  }

  deinit { close(descriptor) }

  func signal() { tm_eventfd_signal(descriptor) }

  func clear() {
    tm_eventfd_clear(descriptor)
  }
}
