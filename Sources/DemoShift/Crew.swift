internal import TestKit

/// All stations of a site at work, with their devices.
final class Crew: Sendable {
  let book = Book()
  let board = Board()
  let gate = PowerGate()
  let handsets: [String: Handset]
  private let running: [Background<Void>]

  /// Called with a job that was closed.
  typealias Finished = @Sendable (Job, Board) -> Void

  init(
    site: Site,
    shelf: Shelf,
    terminal: Terminal,
    seed: UInt64,
    finished: @escaping Finished
  ) throws {
    var handsets: [String: Handset] = [:]
    for device in Site.stations.flatMap(\.devices) {
      handsets[device] = try Handset(device, site, book, gate)
    }
    self.handsets = handsets
    var running: [Background<Void>] = []
    for (index, station) in Site.stations.enumerated() {
      let (book, board, devices) = (book, board, handsets)
      running.append(
        Background {
          let worker = try Worker(
            station: station.name,
            devices: devices,
            shelf: shelf,
            book: book,
            terminal: terminal,
            seed: seed &+ UInt64(index) &* 7919
          )
          while let job = board.next(for: station.name) {
            if worker.work(job) { finished(job, board) }
          }
        }
      )
    }
    self.running = running
  }

  /// Sends the people home and waits for the last one.
  func finish() throws {
    board.end()
    for worker in running { try worker.finish(within: .seconds(120)) }
    for handset in handsets.values { handset.disconnect() }
  }

  /// Waits until nothing is left to be applied; false where that takes too long.
  func waitForQueue(_ site: Site, within duration: Duration) throws -> Bool {
    let journal = try SQLiteFile(site.journal)
    let open = "SELECT count(*) FROM confirmation WHERE state NOT IN ('applied', 'parked')"
    let start = ContinuousClock.now
    while start.duration(to: .now) < duration {
      if try journal.value(open) == "0" { return true }
      pause(.milliseconds(200))
    }
    return false
  }
}
