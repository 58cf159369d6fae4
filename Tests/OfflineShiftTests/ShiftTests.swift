import OfflineShift
import TestKit
import Testing

/// Small shifts with the real agent, a real broker and a simulated Odoo.
@Suite("An offline shift", .serialized)
struct ShiftTests {
  /// Orders of a small shift; with fewer some kinds of mistakes have no occasion.
  private static let orders = 24

  private static func options(_ version: Int) throws -> ShiftOptions {
    var options = ShiftOptions(
      version: version,
      tallyman: try Executable.find("tallyman"),
      simulator: try Executable.find("odoo-simulator"),
      profiles: root + "/hardware/profiles"
    )
    options.orders = orders
    options.isTalkative = false
    return options
  }

  private static let root: String = {
    var path = #filePath.split(separator: "/")
    path.removeLast(3)
    return "/" + path.joined(separator: "/")
  }()

  @Test(arguments: [17, 18, 19])
  func isAnsweredAsPlannedAndEndsInOdoo(version: Int) throws {
    let options = try Self.options(version)
    let result = try ShiftRun(options).play()
    let outcome = result.outcome
    #expect(
      outcome.isGood,
      "\(ShiftReport(options, result).lines.joined(separator: "\n"))"
    )
    #expect(outcome.orders == Self.orders && outcome.validated == outcome.closings)
    #expect(result.kills == 2)
    // The plan has nearly every kind of mistake, and each was made.
    #expect(outcome.mistakes.count >= 33)
  }

  /// A broken rule, and what must be said of it.
  struct Broken: Sendable, CustomTestStringConvertible {
    let bug: String
    let version: Int
    let kinds: Set<Finding.Kind>
    let says: String
    /// Of a plan that meets the rule.
    var seed: UInt64 = 1
    var testDescription: String { "\(bug) on Odoo \(version)" }
  }

  @Test(arguments: [
    Broken(bug: "over_pick", version: 17, kinds: [.accepted], says: Mistake.overPick.rawValue),
    Broken(bug: "undo_forgets_lot", version: 18, kinds: [.unplanned, .twice], says: ""),
    Broken(
      bug: "serial_twice",
      version: 19,
      kinds: [.accepted],
      says: Mistake.serialTwice.rawValue,
      seed: 6
    ),
    Broken(
      bug: "short_pick_forgotten",
      version: 18,
      kinds: [.accepted],
      says: Mistake.packedMoreThanPicked.rawValue
    ),
    Broken(bug: "wrong_package", version: 19, kinds: [.lost], says: " in "),
    Broken(
      bug: "remainder_reopens",
      version: 17,
      kinds: [.accepted],
      says: Mistake.alreadyClosed.rawValue
    ),
    Broken(
      bug: "weight_unchecked",
      version: 18,
      kinds: [.accepted],
      says: Mistake.weightMismatch.rawValue
    ),
  ])
  func isFoundWrongWhereTheFloorIsBroken(_ broken: Broken) throws {
    var options = try Self.options(broken.version)
    options.bug = broken.bug
    options.seed = broken.seed
    options.kills = 0
    // What devices are told shows most of it; only what is lost has to be looked for in Odoo.
    options.standstill = broken.kinds.contains(.lost) ? .seconds(15) : .zero
    let outcome = try ShiftRun(options).play().outcome
    #expect(!outcome.isGood)
    #expect(
      outcome.findings.contains {
        broken.kinds.contains($0.kind) && contains($0.text, broken.says)
      },
      "\(outcome.findings.prefix(20).map(\.text))"
    )
  }

  /// True where `part` is somewhere in `text`.
  private func contains(_ text: String, _ part: String) -> Bool {
    part.isEmpty || text.contains(part)
  }
}
