internal import JSON
internal import Odoo

/// Something that is due at a time.
enum Event {
  /// A person closes the next tally of an order.
  case close(order: Int)
  /// The process starts again.
  case restart
  /// The mirror logs in.
  case logIn(process: Int)
  /// The outbox looks again.
  case tick(process: Int)
  /// An attempt's end reaches the outbox.
  case finished(process: Int, uuid: String, Box.End)
  /// A wait of an attempt is over.
  case woke(process: Int, uuid: String)
  /// The answer of a call arrives.
  case answer(process: Int, uuid: String, Result<JSON, OdooFailure>)
  /// A slow call is carried out, and answered.
  case slow(process: Int, uuid: String, OdooCall)
  /// A call is carried out that nobody waits for any more.
  case late(uuid: String, OdooCall)
}

/// What is due, in order of time and then of coming in.
struct Timeline {
  private var entries: [(time: Duration, number: Int, event: Event)] = []
  private var count = 0

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ time: Duration, _ event: Event) {
    count += 1
    entries.append((time, count, event))
  }

  mutating func next() -> (time: Duration, event: Event)? {
    guard
      let index = entries.indices.min(by: {
        (entries[$0].time, entries[$0].number) < (entries[$1].time, entries[$1].number)
      })
    else { return nil }
    let entry = entries.remove(at: index)
    return (entry.time, entry.event)
  }
}
