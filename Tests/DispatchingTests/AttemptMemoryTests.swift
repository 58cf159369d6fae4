import Dispatching
import Odoo
import Testing

/// Hazard `late-write`: a parked confirmation whose last call may still be carried out.
@Suite("What is known of earlier attempts") struct AttemptMemoryTests {
  @Test func lateWriteIsNotForgottenByParking() {
    var memory = AttemptMemory(longestCall: .seconds(120))
    memory.parkedUnsettled("a", now: .seconds(10))
    #expect(memory.ended("a", .parked, now: .seconds(11)) == .parked)
    #expect(memory.isUnsettled("a", now: .seconds(12)))
    #expect(memory.begin("a", now: .seconds(12)).unsettledFor == .seconds(118))
    #expect(!memory.isUnsettled("a", now: .seconds(131)))
    #expect(memory.ended("a", .parked, now: .seconds(131)) == .parked)
    #expect(memory.begin("a", now: .seconds(132)).unsettledFor == .zero)
  }

  @Test func aSettledOneIsFreeAtOnce() {
    var memory = AttemptMemory(longestCall: .seconds(120))
    #expect(memory.ended("a", .parked, now: .seconds(1)) == .parked)
    #expect(!memory.isUnsettled("a", now: .seconds(1)))
  }
}
