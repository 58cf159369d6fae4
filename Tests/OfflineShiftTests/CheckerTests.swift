import OfflineShift
import Testing

/// Negative controls: what the checker is there to notice, it notices.
@Suite("The checker of an offline shift")
struct OfflineCheckerTests {
  /// One wrong thing in an account that is right otherwise.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let name: String
    let kinds: [Finding.Kind]
    /// Text that the sentence must have.
    let says: String
    let make: @Sendable (inout MadeUp) throws -> Void
    var testDescription: String { name }
  }

  @Test(arguments: [17, 18, 19], 1...2)
  func findsNothingWhereEverythingIsRight(version: Int, seed: UInt64) {
    let outcome = MadeUp(version: version, seed: seed, orders: 60).checker.run()
    #expect(outcome.findings.isEmpty, "\(outcome.findings.prefix(5).map(\.text))")
    #expect(outcome.validated == outcome.closings)
    for (mistake, count) in outcome.mistakes {
      #expect(count.planned == count.refused, "\(mistake.rawValue)")
    }
  }

  @Test(arguments: wrongs)
  func notices(_ wrong: Wrong) throws {
    var madeUp = MadeUp(orders: 60)
    try wrong.make(&madeUp)
    let outcome = madeUp.checker.run()
    #expect(!outcome.isGood)
    #expect(
      outcome.findings.contains { wrong.kinds.contains($0.kind) && $0.text.contains(wrong.says) },
      "\(outcome.findings.map(\.text))"
    )
  }

  static let wrongs: [Wrong] = answers + transfers

  private static let answers: [Wrong] = [
    Wrong(name: "a mistake accepted", kinds: [.accepted], says: "got good counted") {
      let scan = try $0.scan { $0.mistake == .overPick }
      $0.account.answers[scan] = Account.Answer(signal: "good", code: "counted")
    },
    Wrong(name: "an accepted mistake seen in the journal", kinds: [.accepted], says: "the journal")
    {
      let scan = try $0.scan { $0.mistake == .wrongProduct }
      $0.account.answers[scan]?.code = nil
      $0.account.journal[scan] = ["counted"]
    },
    Wrong(name: "another code", kinds: [.otherwise], says: "got bad unknown_barcode") {
      let scan = try $0.scan { $0.mistake == .wrongLot }
      $0.account.answers[scan]?.code = "unknown_barcode"
    },
    Wrong(name: "a refusal that was not planned", kinds: [.unplanned], says: "got bad too_many") {
      let scan = try $0.scan { $0.expects.codes == ["counted"] }
      $0.account.answers[scan] = Account.Answer(signal: "bad", code: "too_many")
    },
    Wrong(name: "a question for a receipt", kinds: [.otherwise], says: "got confirm") {
      let scan = try $0.scan { $0.expects.codes == ["confirmed"] }
      $0.account.answers[scan] = Account.Answer(signal: "confirm", code: "confirm_incomplete")
    },
    Wrong(name: "no answer", kinds: [.lost], says: "no answer came") {
      $0.account.answers[try $0.scan { $0.expects.signal == .good }] = nil
    },
    Wrong(name: "an answer to a retained message", kinds: [.otherwise], says: "nobody should") {
      let scan = try $0.scan { $0.mistake == .retained }
      $0.account.answers[scan] = Account.Answer(signal: "bad", code: "retained")
    },
    Wrong(name: "a repetition counted as new", kinds: [.otherwise], says: "a repetition") {
      $0.account.answers[try $0.scan { $0.expects.isRepeat }]?.isRepeat = false
    },
    Wrong(name: "an event lost", kinds: [.lost], says: "is not in the journal") {
      $0.account.journal[try $0.scan { $0.expects.signal == .good && !$0.expects.isRepeat }] = nil
    },
    Wrong(name: "an event kept twice", kinds: [.twice], says: "2 times") {
      let scan = try $0.scan { $0.expects.signal == .good && !$0.expects.isRepeat }
      let code = $0.shift.scans[scan].expects.codes[0]
      $0.account.journal[scan] = [code, code]
    },
  ]

  private static let transfers: [Wrong] = [
    Wrong(name: "a quantity off by one", kinds: [.twice], says: "counted") {
      let place = try $0.transfer { $0.state == "done" }
      guard let goods = $0.account.transfers[place].goods.keys.min() else { return }
      $0.account.transfers[place].goods[goods]? += 1
    },
    Wrong(name: "a lot swapped", kinds: [.lost], says: "lot") {
      let place = try $0.transfer { $0.state == "done" && $0.goods.keys.contains { $0.lot != nil } }
      guard var goods = $0.account.transfers[place].goods.keys.filter({ $0.lot != nil }).min(),
        let units = $0.account.transfers[place].goods.removeValue(forKey: goods)
      else { return }
      goods.lot = "SWAPPED"
      $0.account.transfers[place].goods[goods] = units
    },
    Wrong(name: "a package lost", kinds: [.lost], says: " in ") {
      let place = try $0.transfer { $0.state == "done" && $0.step == .pack }
      guard var goods = $0.account.transfers[place].goods.keys.min(),
        let units = $0.account.transfers[place].goods.removeValue(forKey: goods)
      else { return }
      goods.package = nil
      $0.account.transfers[place].goods[goods] = units
    },
    Wrong(name: "a weight missing", kinds: [.lost], says: "kg") {
      guard let package = $0.account.kilograms.keys.min() else { return }
      $0.account.kilograms[package] = nil
    },
    Wrong(name: "validated twice", kinds: [.twice], says: "2 times") {
      $0.account.transfers[try $0.transfer { $0.state == "done" }].validations = 2
    },
    Wrong(name: "written after it was done", kinds: [.twice], says: "after it was done") {
      $0.account.transfers[try $0.transfer { $0.state == "done" }].edits = 1
    },
    Wrong(name: "never validated", kinds: [.lost], says: "is not done in Odoo") {
      $0.account.transfers.remove(at: try $0.transfer { $0.state == "done" })
    },
    Wrong(name: "validated and not closed", kinds: [.twice], says: "nobody closed it") {
      let place = try $0.transfer { $0.state == "done" }
      $0.account.transfers.append($0.account.transfers[place])
    },
    Wrong(name: "pack before pick", kinds: [.order], says: "before it") {
      let pack = try $0.transfer { $0.state == "done" && $0.step == .pack }
      $0.account.transfers[pack].validatedAt = -1
    },
    Wrong(name: "no backorder", kinds: [.lost], says: "should be left to do") {
      $0.account.transfers.remove(at: try $0.transfer { $0.state == "assigned" })
    },
    Wrong(name: "stock that went nowhere", kinds: [.lost], says: "stock at") {
      let spot = $0.account.after.filter { $0.key.place == "Customers" }.min {
        $0.key.goods < $1.key.goods
      }
      if let spot { $0.account.after[spot.key] = spot.value - 1 }
    },
    Wrong(name: "a confirmation that waits", kinds: [.lost], says: "waits") {
      $0.account.unapplied = ["WH/OUT/1: its confirmation waits"]
    },
  ]
}

extension MadeUp {
  /// The first scan of a kind.
  func scan(where fits: (Scan) -> Bool) throws -> Int {
    let found = shift.scans.firstIndex(where: fits)
    return try #require(found)
  }

  /// The first transfer of a kind.
  func transfer(where fits: (Account.Transfer) -> Bool) throws -> Int {
    let found = account.transfers.firstIndex(where: fits)
    return try #require(found)
  }
}
