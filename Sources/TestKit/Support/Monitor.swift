internal import Glibc

/// A value that threads share, with waiting for it to become something.
///
/// A pthread mutex and condition: `Synchronization.Mutex` has no condition, and on Linux makes
/// false reports under ThreadSanitizer.
public final class Monitor<Value>: @unchecked Sendable {
  // Unchecked: `value` is only touched between lock and unlock.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var value: Value

  /// A monitor that holds `value`.
  public init(_ value: Value) {
    self.value = value
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Waits must not jump with the wall clock.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Reads or changes the value without waking those who wait.
  public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }

  /// Changes the value and lets those who wait look again.
  public func update<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&value)
  }

  /// Lets those who wait look again.
  public func notify() {
    pthread_cond_broadcast(condition)
  }

  /// Waits until `body` returns something, at most `duration`; nil when it never did.
  public func poll<Result>(
    within duration: Duration,
    _ body: (inout Value) throws -> Result?
  ) rethrows -> Result? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var end = duration.fromNow
    while true {
      if let result = try body(&value) { return result }
      if pthread_cond_timedwait(condition, mutex, &end) == ETIMEDOUT {
        return try body(&value)
      }
    }
  }

  /// Waits until `body` returns something, or throws that `what` did not come.
  public func wait<Result>(
    for what: String,
    within duration: Duration,
    seen: (Value) -> String = { _ in "" },
    _ body: (inout Value) throws -> Result?
  ) throws -> Result {
    if let result = try poll(within: duration, body) { return result }
    let seen = withLock { seen($0) }
    throw TestKitError.timedOut(waitingFor: what, after: duration, seen: seen)
  }
}
