import Floor
import TestKit
import Testing

@Suite("Quantities")
struct QuantityTests {
  @Test(arguments: [
    ("0", 0), ("5", 5_000_000), ("5.0", 5_000_000), ("-0.5", -500_000), ("1.250", 1_250_000),
    ("1e3", 1_000_000_000), ("12e-1", 1_200_000), ("0.0000005", 1), ("0.0000004", 0),
    ("+2", 2_000_000), ("1000000000", 1_000_000_000_000_000),
  ])
  func readsDecimals(text: String, millionths: Int64) {
    #expect(Quantity(text)?.millionths == millionths)
  }

  @Test(arguments: ["", ".", "-", "1.2.3", "1,5", "0x10", "1e", "1e99", "1000000001", "NaN", " 1"])
  func refusesEverythingElse(text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test func textAndValueAgreeForAllValues() throws {
    try check(runs: 2_000, seed: 7) { choices in
      let value = Quantity(millionths: Int64(choices.draw(2_000_000_000_000)) - 1_000_000_000_000)
      guard Quantity(value.description) == value else {
        throw Failure(message: "\(value.millionths) reads back as another value")
      }
    }
  }

  @Test func scalesWithoutLosingAnything() {
    #expect(Quantity(12).times(Quantity(6)) == Quantity(72))
    #expect(Quantity(1).scaled(by: 1, over: 3) == Quantity(millionths: 333_333))
    #expect(Quantity(-1).scaled(by: 2, over: 3) == Quantity(millionths: -666_667))
  }

  @Test func largestNumbersNeverTrap() {
    #expect(Quantity.limit.times(.limit) == .limit)
    #expect((Quantity.zero - .limit).times(.limit) == .zero - .limit)
    #expect(Quantity(millionths: .max).times(Quantity(millionths: .max)) == .limit)
    #expect(Quantity(millionths: .min).times(Quantity(millionths: .max)) == .zero - .limit)
    #expect(Quantity(millionths: .max).scaled(by: 1, over: 1) == .limit)
  }

  @Test func roundsHalfAwayFromZeroToSteps() {
    let hundredth = Quantity(millionths: 10_000)
    #expect(Quantity("1.005")?.rounded(to: hundredth) == Quantity("1.01"))
    #expect(Quantity("-1.005")?.rounded(to: hundredth) == Quantity("-1.01"))
    #expect(Quantity("1.004999")?.rounded(to: hundredth) == Quantity("1"))
    #expect(Quantity("7.5")?.rounded(to: .one) == Quantity(8))
    #expect(Quantity("7.5")?.rounded(to: .zero) == Quantity("7.5"))
  }
}
