/// Work on a thread of its own beside the test, with its result.
///
/// For work that blocks: a task would take one of the few threads that tests run on.
public final class Background<Success: Sendable>: Sendable {
  private let outcome = Monitor<Result<Success, any Error>?>(nil)

  /// Starts `body` at once.
  public init(_ body: @escaping @Sendable () throws -> Success) {
    Worker.start { [outcome] in
      let result = Result { try body() }
      outcome.update { $0 = result }
    }
  }

  /// Waits for the end of the work; returns or throws what it did.
  @discardableResult
  public func finish(within duration: Duration = .seconds(60)) throws -> Success {
    try outcome.wait(for: "the end of work in the background", within: duration) { $0 }.get()
  }
}
