internal import CSystem
internal import Glibc

/// A named POSIX thread.
///
/// Own threads rather than Swift's pool: SQLite and libmosquitto block, and the pool of a
/// Raspberry Pi has four threads.
enum Thread {
  /// Starts `body` on a new thread, whose name is at most 15 bytes.
  static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Body(name: name, run: body))
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, threadMain, box.toOpaque())
    precondition(code == 0, "pthread_create: \(code)")
    pthread_detach(thread)
  }

  /// Lets all other threads of the box go first when there is not enough processor for all.
  static func stepBack() {
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.background)
  }

  /// As `nice` has it; what the floor waits for runs at 0.
  private static let background: Int32 = 10

  final class Body: Sendable {
    let name: String
    let run: @Sendable () -> Void
    init(name: String, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }
}

private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  let body = Unmanaged<Thread.Body>.fromOpaque(context).takeRetainedValue()
  tm_set_thread_name(body.name)
  body.run()
  return nil
}
