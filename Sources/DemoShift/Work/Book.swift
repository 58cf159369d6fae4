internal import TestKit

/// What all devices note together.
final class Book: Sendable {
  private let content = Monitor(Content())

  private struct Content {
    var history = History()
    var problems: [String] = []
  }

  var history: History { content.withLock { $0.history } }
  var problems: [String] { content.withLock { $0.problems } }

  /// Notes an event before it is sent; answers its place.
  func add(_ event: History.Event) -> Int {
    content.update { content in
      content.history.events.append(event)
      return content.history.events.count - 1
    }
  }

  func note(_ index: Int, sendings: Int, answer: History.Answer?) {
    content.update { content in
      content.history.events[index].sendings = sendings
      content.history.events[index].answer = answer
    }
  }

  func close(_ closing: History.Closing) {
    content.update { $0.history.closings.append(closing) }
  }

  func fail(_ problem: String) {
    content.update { $0.problems.append(problem) }
  }

  /// Transfers that were closed so far.
  var closings: Int { content.withLock { $0.history.closings.count } }

  /// Waits until so many transfers are closed; false where that took too long.
  func waitForClosings(_ count: Int, within duration: Duration) -> Bool {
    content.poll(within: duration) { $0.history.closings.count >= count ? true : nil } ?? false
  }
}
