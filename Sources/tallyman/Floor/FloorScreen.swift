internal import Rehearsal

/// Shows a rehearsal: as text for people, or as JSON for scripts.
protocol FloorScreen {
  /// Says what this is and what it does not do.
  func begin(_ warehouse: String)
  /// Asks for a line.
  func prompt(_ station: String)
  /// Repeats a line that was not typed here.
  func echo(_ line: String, at station: String)
  /// A line that could not be understood.
  func fault(_ text: String, _ line: String)
  /// Something that is no answer of the floor.
  func note(_ text: String)
  /// The answer to an event.
  func show(_ answer: FloorAnswer)
  /// What is open at a station.
  func show(_ board: Board, at station: String)
  /// What there is to scan.
  func list(_ lists: [CodeList])
  /// What can be typed.
  func help()
}
