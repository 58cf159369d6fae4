internal import TestKit

/// The jobs that wait for the stations.
final class Board: Sendable {
  private let state = Monitor(State())

  private struct State {
    var waiting: [Job] = []
    var isOver = false
  }

  func add(_ job: Job) {
    state.update { $0.waiting.append(job) }
  }

  /// The next job of a station; nil once the shift is over.
  func next(for station: String) -> Job? {
    while true {
      let found: Job?? = state.poll(within: .seconds(3600)) { state in
        if let index = state.waiting.firstIndex(where: { $0.station == station }) {
          return .some(state.waiting.remove(at: index))
        }
        return state.isOver ? .some(nil) : nil
      }
      if let found { return found }
    }
  }

  /// No more jobs: the stations go home.
  func end() {
    state.update { state in
      state.waiting = []
      state.isOver = true
    }
  }
}
