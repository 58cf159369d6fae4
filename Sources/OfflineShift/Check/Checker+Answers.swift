/// Each scan and its answer.
extension Checker {
  mutating func checkAnswers() {
    for (index, scan) in shift.scans.enumerated() {
      let name = name(of: index)
      let answer = account.answers[index]
      guard let signal = scan.expects.signal else {
        if let answer {
          note(.otherwise, "\(name): nobody should be answered, and \(Self.text(answer)) came")
        }
        continue
      }
      guard let answer else {
        note(.lost, "\(name): no answer came, expected \(Self.text(scan.expects))")
        continue
      }
      compare(answer, signal, scan, name)
    }
  }

  private mutating func compare(
    _ answer: Account.Answer,
    _ signal: Expectation.Signal,
    _ scan: Scan,
    _ name: String
  ) {
    let isCodeRight = answer.code.map { scan.expects.codes.contains($0) } ?? true
    if answer.signal == signal.rawValue, isCodeRight {
      if answer.isRepeat != scan.expects.isRepeat {
        let text = scan.expects.isRepeat ? "a repetition" : "new"
        note(.otherwise, "\(name): should be taken for \(text), and was not")
      }
      return
    }
    let text =
      "\(name): expected \(Self.text(scan.expects)), got \(Self.text(answer))"
      + (answer.message.isEmpty ? "" : " (\(answer.message))")
    if signal == .bad, answer.signal != "bad" {
      note(.accepted, text)
    } else if signal != .bad, answer.signal == "bad" {
      note(.unplanned, text)
    } else {
      note(.otherwise, text)
    }
  }

  /// Each scan and its row in the journal.
  mutating func checkJournal() {
    for (index, scan) in shift.scans.enumerated() {
      if case .again = scan.content { continue }
      let rows = account.journal[index] ?? []
      let name = name(of: index)
      if rows.isEmpty {
        note(.lost, "\(name): is not in the journal")
      } else if rows.count > 1 {
        note(.twice, "\(name): is in the journal \(rows.count) times")
      }
      for code in rows where !scan.expects.codes.contains(code) {
        // Where the device was told the code, it has been compared.
        guard account.answers[index]?.code == nil else { continue }
        note(
          scan.mistake == nil ? .otherwise : Self.isGood(code) ? .accepted : .otherwise,
          "\(name): expected \(Self.text(scan.expects)), the journal has \(code)"
        )
      }
    }
  }

  private static func isGood(_ code: String) -> Bool {
    ["counted", "complete", "opened", "confirmed", "packed", "weighed"].contains(code)
  }

  /// A scan as people find it: its number, time, station, and what it was for.
  func name(of index: Int) -> String {
    let scan = shift.scans[index]
    let minutes = 8 * 60 + scan.time / 60_000
    let clock = "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    return "scan \(index) at \(clock), \(scan.station), \(scan.device), \(scan.about)"
  }

  static func text(_ expects: Expectation) -> String {
    let codes = expects.codes.joined(separator: " or ")
    return expects.signal.map { "\($0.rawValue) \(codes)" } ?? "no answer"
  }

  static func text(_ answer: Account.Answer) -> String {
    answer.signal + (answer.code.map { " \($0)" } ?? "")
  }
}
