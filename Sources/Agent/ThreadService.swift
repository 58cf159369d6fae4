internal import Logging
internal import ServiceLifecycle

/// A service that runs on a thread of its own until it is told to stop.
struct ThreadService: Service {
  let name: String
  /// Runs until `stop` was called; gives a sentence if it had to give up.
  let body: @Sendable () -> String?
  /// Makes `body` return soon.
  let stop: @Sendable () -> Void

  func run() async throws {
    let failure: String? = await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        await withCheckedContinuation { continuation in
          Thread.start(name) { continuation.resume(returning: body()) }
        }
      } onGracefulShutdown: {
        stop()
      }
    } onCancel: {
      stop()
    }
    if let failure { throw AgentFailure(sentence: failure) }
    // Two threads may share one stop; each service ends only when it is its turn.
    try? await gracefulShutdown()
  }
}

/// Why the agent gave up, for the person who runs the box.
public struct AgentFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, and what to do.
  public let sentence: String
  /// The sentence.
  public var description: String { sentence }
}
