import TestKit
import Testing

@Suite("Choices")
struct ChoicesTests {
  @Test func theSameSeedMakesTheSameDecisions() {
    var first = Choices(seed: 7)
    var second = Choices(seed: 7)
    let draws = (0..<100).map { _ in first.draw(1_000) }
    #expect(draws == (0..<100).map { _ in second.draw(1_000) })
    #expect(Set(draws).count > 50)
    var replay = Choices(replaying: first.recorded)
    #expect(draws == (0..<100).map { _ in replay.draw(1_000) })
    #expect(replay.isExhausted)
    #expect(replay.draw(5) == 0)
  }

  @Test func aFailureShrinksToTheSmallestCase() throws {
    let found = #expect(throws: Counterexample.self) {
      try check(runs: 500, seed: 1) { choices in
        let numbers = choices.array(0...40) { $0.int(0...1_000) }
        try require(!numbers.contains { $0 >= 100 }, "\(numbers)")
      }
    }
    #expect(found?.reason == "[100]")
  }

  @Test func aPropertyThatHoldsRunsEveryTime() throws {
    var runs = 0
    try check(runs: 300, seed: 3) { choices in
      runs += 1
      let range = choices.int(-50...0)...choices.int(0...50)
      try require(range.contains(choices.int(range)), "outside \(range)")
    }
    #expect(runs == 300)
  }

  @Test func keptSeedsAreTriedFirst() throws {
    let directory = try TemporaryDirectory()
    let kept = KeptSeeds(path: directory.path("seeds"))
    #expect(kept.seeds.isEmpty)
    try File.write("99 once lost an event\n12\n", to: kept.path)
    #expect(kept.seeds == [99, 12])
    let found = #expect(throws: Counterexample.self) {
      try check(runs: 1, seed: 5, keeping: kept) { _ in throw PropertyFailure("always") }
    }
    #expect(found?.seed == 99)
  }

  @Test func shufflingKeepsTheElements() throws {
    try check(runs: 100, seed: 9) { choices in
      let elements = Array(0..<choices.int(0...20))
      try require(choices.shuffled(elements).sorted() == elements, "lost elements")
    }
    var simplest = Choices(replaying: [])
    #expect(simplest.shuffled([1, 2, 3]) == [1, 2, 3])
  }
}
