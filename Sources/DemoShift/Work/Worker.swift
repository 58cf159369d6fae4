internal import TestKit

/// A person at a station, who does one job after the other.
final class Worker {
  let station: String
  let scanner: Handset
  /// Scale and terminal; at the stations that have none, nil.
  let scale: Handset?
  let terminal: Handset?
  let shelf: Shelf
  let book: Book
  let terminals: Terminal
  var random: SplitMix64

  /// Time after which an unknown or unready transfer is tried again.
  private static let again: Duration = .milliseconds(700)
  /// Tries of it: more than a minute.
  private static let tries = 100
  /// A person's pause between two events, at most, in milliseconds.
  private static let pauseMilliseconds: UInt64 = 90

  init(
    station: String,
    devices: [String: Handset],
    shelf: Shelf,
    book: Book,
    terminal: Terminal,
    seed: UInt64
  ) throws {
    self.station = station
    let names = Site.stations.first { $0.name == station }?.devices ?? []
    guard let scanner = names.first.flatMap({ devices[$0] }) else {
      throw DemoFailure("station \(station) has no device")
    }
    self.scanner = scanner
    scale = names.first { $0.hasPrefix("scale") }.flatMap { devices[$0] }
    self.terminal = names.first { $0.hasPrefix("terminal") }.flatMap { devices[$0] }
    self.shelf = shelf
    self.book = book
    terminals = terminal
    random = SplitMix64(state: seed)
  }

  /// Does a job and notes what became of it; true where it was closed.
  func work(_ job: Job) -> Bool {
    do {
      let tally = try job.style == .smart ? report(job) : scan(job)
      book.close(tally.closing)
      show(job, tally.closing.goods.isEmpty ? "nothing" : "confirmed", tally.trouble)
      return true
    } catch {
      book.fail("\(job.transfer.name) at \(station): \(error)")
      show(job, "FAILED: \(error)", "")
      // Whatever is still open here must not stand in the way of the next job.
      if job.style != .raw { _ = try? scanner.send("command", ["command": "discard"]) }
      return false
    }
  }

  private func show(_ job: Job, _ outcome: String, _ trouble: String) {
    let units = Checker.text(job.units)
    terminals.report(
      Terminal.left(scanner.name, 10) + "  "
        + Terminal.left(job.transfer.name + (job.part > 0 ? " (rest)" : ""), 20) + "  "
        + Terminal.left(job.transfer.step.rawValue, 5) + "  "
        + Terminal.left(job.transfer.origin, 7)
        + Terminal.right(units, 3) + (job.units == 1 ? " unit   " : " units  ") + outcome + trouble
    )
  }

  func breathe() {
    pause(.milliseconds(Int(random.next() % Self.pauseMilliseconds)))
  }

  /// Sends `event` again, as a new one, while the agent does not know the transfer yet or cannot
  /// start it; answers the first other answer.
  func untilKnown(_ event: () throws -> History.Answer) throws -> History.Answer {
    for _ in 0..<Self.tries {
      let answer = try event()
      guard answer.code == "unknown_transfer" || answer.code == "not_ready" else { return answer }
      pause(Self.again)
    }
    throw DemoFailure("the transfer never became known and ready to the agent")
  }

  /// Throws unless the answer is good.
  @discardableResult
  func expectGood(_ answer: History.Answer, _ what: String) throws -> History.Answer {
    guard answer.signal == "good" else {
      throw DemoFailure("\(what) was refused: \(answer.code): \(answer.message)")
    }
    return answer
  }

  /// Throws unless the answer is a refusal with that code.
  func expectRefusal(_ answer: History.Answer, _ code: String, _ what: String) throws {
    guard answer.signal == "bad", answer.code == code else {
      throw DemoFailure("\(what) should be refused as \(code), and was answered \(answer.code)")
    }
  }
}

/// What a worker has counted for a job.
struct Tally {
  var closing: History.Closing
  /// What was refused on the way, for the line on the terminal.
  var refusals = 0

  init(_ job: Job) {
    closing = History.Closing(transfer: job.transfer.name, part: job.part, event: "", goods: [])
  }

  var trouble: String { refusals == 0 ? "" : ", \(refusals) wrong scans refused" }

  mutating func count(_ line: OdooTransfer.Line, _ quantity: Double) {
    var line = line
    line.quantity = quantity
    // What comes in a package stays in it.
    line.resultPackage = line.resultPackage ?? line.package
    line.package = nil
    closing.goods.append(line)
  }

  mutating func pack(_ package: String) {
    for index in closing.goods.indices where closing.goods[index].resultPackage == nil {
      closing.goods[index].resultPackage = package
    }
  }
}
