internal import JSON
internal import Odoo
internal import TestKit
internal import Testing

struct RefreshPropertyTests {
  private static func step(_ odoo: inout FakeOdoo, _ choices: inout Choices, deletes: Bool) {
    let open = (odoo.tables["stock.picking"] ?? [:])
      .filter { !["done", "cancel"].contains($0.value["state"]?.string) }.keys.sorted()
    guard !open.isEmpty, !choices.chance(20) else {
      _ = odoo.order(moves: choices.int(0...2))
      return
    }
    let picking = choices.element(of: open)
    let moves = odoo.ids("stock.move", of: picking)
    let lines = odoo.ids("stock.move.line", of: picking)
    switch choices.int(0...6) {
    case 0, 1:
      guard !lines.isEmpty else { return }
      let line = choices.element(of: lines)
      odoo.put("stock.move.line", line, ["quantity": .int(choices.int(0...9))])
    case 2:
      guard !lines.isEmpty else { return }
      let line = choices.element(of: lines)
      let move = odoo.tables["stock.move.line"]?[line]?["move_id"]?.int ?? 0
      odoo.tables["stock.move.line"]?[line] = nil
      odoo.put("stock.move", move, [:])
    case 3:
      guard !moves.isEmpty else { return }
      _ = odoo.addLine(picking, choices.element(of: moves))
    case 4: _ = odoo.addMove(picking)
    case 5: odoo.close(picking, choices.chance(50) ? "done" : "cancel")
    default: if deletes { odoo.delete(picking) }
    }
  }

  @Test(arguments: [17, 18, 19])
  func pollsFindEveryWrite(major: Int) throws {
    #expect(throws: Never.self) {
      try check(runs: 150, seed: UInt64(major)) { choices in
        var odoo = FakeOdoo(major: major)
        odoo.clock = 5000
        var refresh = MirrorRefresh(major: major)
        var mirror = MirrorCopy()
        for _ in 0..<choices.int(1...30) {
          if choices.chance(30) { odoo.clock += Int64(choices.element(of: [1, 2, 3, 60, 200])) }
          if choices.chance(30) {
            // Somebody may write between any two calls of a refresh, even within one second.
            var inner = choices
            _ = try mirror.refresh(&refresh, .realTime, &odoo) { odoo in
              if inner.chance(30) { Self.step(&odoo, &inner, deletes: false) }
              if inner.chance(30) { odoo.clock += 1 }
            }
            choices = inner
          } else {
            Self.step(&odoo, &choices, deletes: false)
          }
        }
        for _ in 0..<2 {
          odoo.clock += 2
          _ = try mirror.refresh(&refresh, .realTime, &odoo)
        }
        try require(
          mirror.openText() == odoo.openText(),
          "mirror \(mirror.openText()) odoo \(odoo.openText())"
        )
      }
    }
  }

  @Test func comparisonsFindEverythingElse() throws {
    #expect(throws: Never.self) {
      try check(runs: 150, seed: 77) { choices in
        var odoo = FakeOdoo(major: 18)
        odoo.clock = 5000
        var refresh = MirrorRefresh(major: 18)
        var mirror = MirrorCopy()
        for _ in 0..<choices.int(1...30) {
          if choices.chance(30) { odoo.clock += Int64(choices.element(of: [1, 2, 3, 60, 200])) }
          if choices.chance(30) {
            let kind: RefreshKind = choices.chance(50) ? .realTime : .transfers(.compare)
            _ = try mirror.refresh(&refresh, kind, &odoo)
          } else {
            let now = odoo.clock
            if choices.chance(20) { odoo.clock = max(0, now - 1000) }
            Self.step(&odoo, &choices, deletes: true)
            odoo.clock = now
          }
        }
        odoo.clock += 2
        _ = try mirror.refresh(&refresh, .transfers(.compare), &odoo)
        try require(
          mirror.openText() == odoo.openText(),
          "mirror \(mirror.openText()) odoo \(odoo.openText())"
        )
      }
    }
  }
}
