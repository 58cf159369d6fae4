internal import Dispatching
internal import Floor
internal import Odoo

/// The agent on its box: what it has on disk, and the process that works on it.
///
/// The process is the production code, `Outbox`, `AttemptMemory` and `Attempt`; what is done here
/// is what `DispatchLoop` and `ApplyWorker` do with threads, sockets and SQLite.
struct Box {
  /// How an attempt ended, with the reason for people.
  struct End {
    var outcome: Outbox.Outcome
  }

  /// What a crash takes along.
  struct Process {
    let number: Int
    var outbox = Outbox()
    var memory = AttemptMemory(longestCall: Box.longestCall)
    var flights: [String: Flight] = [:]
    var isConnected = false
    var isDenied = false
    var wakeAt: Duration?
  }

  /// An attempt under way.
  struct Flight {
    var attempt: Attempt
    /// The transfer that it is about, once that is known.
    var transfer: Int?
    var hasWritten = false
    /// Number of the last read of this attempt that Odoo carried out; nil for none.
    var lastRead: Int?
  }

  /// As configured by default.
  static let longestCall = Duration.seconds(120)
  static let validateTimeout = Duration.seconds(60)
  static let timeout = Duration.seconds(20)
  /// As in `ApplyWorker`.
  static let settling = Duration.seconds(3)
  /// Fewer than in production, so that what never gets ready is parked within a history.
  static let notReadyLimit = 6

  var disk = Disk()
  var process: Process?
  var processes = 0
}
