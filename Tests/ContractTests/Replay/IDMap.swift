/// Which recorded id is which simulated one, by model; one to one.
struct IDMap {
  private var forward: [String: [Int: Int]] = [:]
  private var backward: [String: [Int: Int]] = [:]

  subscript(model: String, recorded: Int) -> Int? { forward[model]?[recorded] }

  func isBound(_ model: String, simulated: Int) -> Bool { backward[model]?[simulated] != nil }

  /// Binds the pair, or says whether it fits what is bound already.
  mutating func bind(_ model: String, _ recorded: Int, _ simulated: Int) -> Bool {
    let here = forward[model]?[recorded]
    let there = backward[model]?[simulated]
    if here == nil && there == nil {
      forward[model, default: [:]][recorded] = simulated
      backward[model, default: [:]][simulated] = recorded
      return true
    }
    return here == simulated && there == recorded
  }
}
