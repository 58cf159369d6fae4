internal import Glibc

/// Starts threads that run one closure each.
enum Worker {
  /// Runs `body` on a detached thread of its own.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    guard pthread_create(&thread, nil, runWork, box.toOpaque()) == 0 else {
      box.release()
      fatalError("no thread could be started for a test")
    }
    pthread_detach(thread)
  }
}

private final class Work {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument {
    Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
  }
  return nil
}
