internal import Intake

/// The way of other threads into the journal, which only the intake thread writes.
///
/// Work is stored with the next batch, in the batch's one transaction: a single writer, so that
/// nobody waits for a lock, and one `fdatasync` for all.
final class OutboxMailbox: Sendable {
  private struct State {
    var waiting: [OutboxWork] = []
    var taken = 0
    var posted = 0
    var stored = 0
    var isClosed = false
  }

  private let state = Monitor(State())
  private let wakeUp: WakeUp

  init(_ wakeUp: WakeUp) { self.wakeUp = wakeUp }

  /// Hands work over and waits until it is on disk; false if the agent ends before.
  func store(_ work: [OutboxWork]) -> Bool {
    let ticket: Int? = state.with { state in
      guard !state.isClosed else { return nil }
      state.waiting += work
      state.posted += work.count
      return state.posted
    }
    guard let ticket else { return false }
    wakeUp.signal()
    return state.wait { state in
      if state.stored >= ticket { return true }
      return state.isClosed ? false : nil
    } ?? false
  }

  /// Hands work over that nobody waits for, such as a record for people.
  func post(_ work: [OutboxWork]) {
    state.with { state in
      guard !state.isClosed else { return }
      state.waiting += work
      state.posted += work.count
    }
    wakeUp.signal()
  }

  /// What waits, oldest first; it stays until `didStore`.
  func peek() -> [OutboxWork] {
    state.with { state in
      state.taken = state.waiting.count
      return state.waiting
    }
  }

  /// What `peek` gave is on disk.
  func didStore() {
    state.change { state in
      state.waiting.removeFirst(state.taken)
      state.stored += state.taken
      state.taken = 0
    }
  }

  /// Nothing will be stored any more.
  func close() { state.change { $0.isClosed = true } }
}
