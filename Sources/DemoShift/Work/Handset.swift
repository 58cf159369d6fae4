internal import TestKit

/// A device with a name, which keeps sending an event until it has feedback.
final class Handset: Sendable {
  let name: String
  private let device: Device
  private let book: Book
  private let gate: PowerGate
  private let number = Monitor(0)

  /// Time without feedback after which an event is sent again.
  private static let patience: Duration = .milliseconds(700)
  /// Sendings after which a device gives up: more than a minute.
  private static let sendings = 100
  /// Time within which a scan without an id has to be answered.
  private static let rawPatience: Duration = .seconds(20)

  init(_ name: String, _ site: Site, _ book: Book, _ gate: PowerGate) throws {
    self.name = name
    self.book = book
    self.gate = gate
    device = Device(
      port: site.port,
      clientID: name,
      clean: false,
      subscriptions: ["tallyman/\(Site.name)/\(name)/feedback"]
    )
    try device.connect()
  }

  /// Sends an event with an id of its own, the very same again and again until it is answered.
  func send(_ kind: String, _ members: [String: Value]) throws -> History.Answer {
    let id = "\(name)-\(number.update { $0 += 1; return $0 })"
    var members = members
    members["id"] = .string(id)
    let payload = Value.object(members).json
    let index = book.add(History.Event(id: id, device: name, payload: payload))
    let receipt: Device.Receipt
    do {
      receipt = try device.publishUntilFeedback(
        topic(kind),
        Array(payload.utf8),
        patience: Self.patience,
        sendings: Self.sendings
      ) { Value(parsing: $0.payload)?["event"]?.text == id }
    } catch {
      book.note(index, sendings: Self.sendings, answer: nil)
      throw error
    }
    let answer = try Self.answer(receipt.feedback)
    book.note(index, sendings: receipt.sendings, answer: answer)
    return answer
  }

  /// Scans a code as bare text, without an id, once.
  func scanRaw(_ code: String) throws -> History.Answer {
    try gate.whileUp {
      let heard = device.received.count
      let index = book.add(History.Event(id: nil, device: name, payload: code))
      try device.publish(topic("scan"), code)
      let feedback = try device.waitForMessage(within: Self.rawPatience, from: heard)
      let answer = try Self.answer(feedback)
      book.note(index, sendings: 1, answer: answer)
      return answer
    }
  }

  func disconnect() { device.disconnect() }

  private func topic(_ kind: String) -> String { "tallyman/\(Site.name)/\(name)/\(kind)" }

  private static func answer(_ message: Device.Received) throws -> History.Answer {
    guard let json = Value(parsing: message.payload), let event = json["event"]?.text,
      let signal = json["signal"]?.text, let code = json["code"]?.text
    else { throw DemoFailure("feedback that is none: \(message.text)") }
    return History.Answer(
      event: event,
      signal: signal,
      code: code,
      message: json["message"]?.text ?? ""
    )
  }
}
