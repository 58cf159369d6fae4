/// A workplace as the plan sees it: what is to be done there, and what is in work.
struct Desk: Sendable {
  let place: Place
  /// Milliseconds since the beginning of the shift.
  var clock = 0
  var queue: [Task] = []
  var agenda: [Act] = []
  var open: Tally?
  /// Put aside, by document.
  var parked: [String: Tally] = [:]
  var load: Load?
  var batch: Batch?
  /// Batches that wait.
  var batches: [[Int]] = []
  /// True once something was closed here.
  var hasClosed = false
  /// Documents that were closed here and have no rest.
  var finished: [String] = []
  /// The scanner that the worker has in hand.
  var scanner = 0

  /// Parcels that are being loaded.
  struct Load: Sendable {
    var tallies: [Tally] = []
    var parcels: [String] = []
    var dock: String
  }

  /// Transfers that are picked together, in the order of their numbers.
  struct Batch: Sendable {
    var name: String
    var tallies: [Tally]
  }

  var isIdle: Bool { open == nil && load == nil && batch == nil }
}

/// One thing that a worker means to do.
enum Act: Sendable {
  case open(Task)
  /// One product barcode.
  case unit(String)
  /// One barcode of a box.
  case box(String)
  /// A product, then its lot or serial number.
  case item(String, lot: String)
  /// A GS1 label with product and lot or serial number.
  case label(String, lot: String)
  /// A package that is taken whole.
  case whole(String)
  /// A label for what was counted, or for what follows.
  case fill(String)
  case weigh(String)
  /// The last change is taken back, and done again by what follows.
  case undo
  case park
  case status
  case validate
  /// Here somebody may make a mistake.
  case slip
  /// The event before is sent again.
  case resend
  /// `TM-QTY-n`, then the product, which stands for n.
  case times(String, Int)
  case openBatch(String, [Task])
  case batchUnit(String)
  case closeBatch
  case openLoad(String)
  case load(String, Task)
  case closeLoad
}
