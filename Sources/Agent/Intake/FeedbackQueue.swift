internal import Floor
internal import Intake
internal import MQTT

/// Answers on their way to the devices.
///
/// Bounded in number and in age: a beep that comes late misleads. What was not confirmed by the
/// broker before the connection broke is sent again only while it is young.
struct FeedbackQueue {
  private struct Pending {
    var answer: Answer
    var until: Int64
  }

  /// Answers that wait at most; the oldest give way.
  static let limit = 10_000
  /// Messages that may be unconfirmed by the broker; the rest waits here, where it can expire.
  static let window = 1000

  private var waiting: [Pending] = []
  /// What the broker has not confirmed, by packet identifier.
  private var inFlight: [Int32: Pending] = [:]
  let expires: Int64
  /// Answers that were dropped because they were too old or too many.
  private(set) var dropped = 0

  init(expires: Int64) { self.expires = expires }

  /// Takes the answers of a committed batch.
  mutating func add(_ answers: [Answer], now: Int64) {
    for answer in answers { waiting.append(Pending(answer: answer, until: now + expires)) }
    if waiting.count > Self.limit {
      dropped += waiting.count - Self.limit
      waiting.removeFirst(waiting.count - Self.limit)
    }
  }

  /// Publishes what waits and is young.
  mutating func send(
    over connection: IntakeConnection,
    _ plan: FeedbackPlan,
    now: Int64,
    wall: Int64
  ) throws(MQTTError) {
    var taken = 0
    defer { waiting.removeFirst(taken) }
    while taken < waiting.count, inFlight.count < Self.window {
      let pending = waiting[taken]
      guard pending.until > now else {
        dropped += 1
        taken += 1
        continue
      }
      let answer = pending.answer
      let messages = plan.messages(
        verdict: answer.verdict,
        event: answer.eventID,
        device: answer.device,
        profile: answer.profile,
        duplicate: answer.isRepeat,
        time: wall
      )
      let seconds = Int((pending.until - now + 999) / 1000)
      for message in messages {
        let packet = try connection.publish(message.topic, message.payload, expires: seconds)
        inFlight[packet] = pending
      }
      taken += 1
    }
  }

  /// The broker has a message.
  mutating func published(_ packet: Int32) { inFlight[packet] = nil }

  /// The connection is gone: what is young waits again.
  mutating func connectionLost(now: Int64) {
    var again: [Int64: Pending] = [:]
    for pending in inFlight.values { again[pending.answer.sequence] = pending }
    inFlight.removeAll()
    waiting = again.values.sorted { $0.answer.sequence < $1.answer.sequence } + waiting
    expire(now: now)
  }

  /// Drops what became too old while nothing could be sent.
  mutating func expire(now: Int64) {
    let young = waiting.filter { $0.until > now }
    dropped += waiting.count - young.count
    waiting = young
  }

  /// All events up to this one are answered, or it is too late to.
  ///
  /// - Parameter last: The last event in the journal.
  func answeredThrough(_ last: Int64) -> Int64 {
    var open = Int64.max
    for pending in inFlight.values where !pending.answer.isRepeat {
      open = min(open, pending.answer.sequence)
    }
    for pending in waiting where !pending.answer.isRepeat {
      open = min(open, pending.answer.sequence)
    }
    return open == .max ? last : open - 1
  }
}
