internal import Glibc

/// A lock of pthreads, which ThreadSanitizer understands.
package final class Lock: @unchecked Sendable {
  // Unchecked: the mutex is what makes it safe.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  /// A lock that nobody holds.
  package init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs `body` while holding the lock.
  package func withLock<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }
}
