internal import JSON
internal import TestKit

/// A scanner on the floor that speaks our own events and hears its feedback.
final class Scanner {
  let device: Device
  let name: String
  private var number = 0

  /// Topic of scans.
  var topic: String { "tallyman/main/\(name)/scan" }

  init(_ name: String, _ box: Box, credentials: BrokerOptions.Credentials? = nil) {
    self.name = name
    device = Device(
      port: box.broker.port,
      clientID: "device-\(name)",
      subscriptions: ["tallyman/main/\(name)/feedback"],
      credentials: credentials
    )
  }

  /// An id that no other event of this scanner has.
  func nextID() -> String {
    number += 1
    return "\(name)-\(number)"
  }

  /// The payload of a scan.
  static func payload(_ code: String, id: String) -> [UInt8] {
    let json: JSON = ["id": .string(id), "code": .string(code)]
    return json.bytes
  }

  /// Sends a scan once and does not wait for its answer; answers its id.
  @discardableResult
  func send(_ code: String, id: String? = nil) throws -> String {
    let id = id ?? nextID()
    try device.publish(topic, Self.payload(code, id: id))
    return id
  }

  /// Sends an event until it is answered.
  @discardableResult
  func ask(_ kind: String, _ members: JSON, patience: Duration = .seconds(2)) throws -> Feedback {
    var object = members.object ?? [:]
    let id = object["id"]?.string ?? nextID()
    object["id"] = .string(id)
    let receipt = try device.publishUntilFeedback(
      "tallyman/main/\(name)/\(kind)",
      JSON.object(object).bytes,
      patience: patience,
      sendings: 10
    ) { Feedback($0)?.event == id }
    guard let feedback = Feedback(receipt.feedback) else {
      throw TestKitError.unexpected("feedback is no JSON: \(receipt.feedback.text)")
    }
    return feedback
  }

  /// Scans a code and waits for the answer, sending again as devices do.
  @discardableResult
  func scan(_ code: String, id: String? = nil) throws -> Feedback {
    try ask(
      "scan",
      id.map { ["id": .string($0), "code": .string(code)] } ?? ["code": .string(code)]
    )
  }

  /// Opens a transfer, counts codes and closes it; throws unless the end is `confirmed`.
  func work(_ transfer: String, _ codes: [String], validations: Int = 1) throws {
    try expect(scan(transfer), "opened")
    for code in codes { try expect(scan(code), "counted", "complete", "scan_lot") }
    for _ in 1..<max(1, validations) { try expect(scan(Code.validate), "confirm_incomplete") }
    try expect(scan(Code.validate), "confirmed")
  }

  private func expect(_ feedback: Feedback, _ codes: String...) throws {
    guard codes.contains(feedback.code) else {
      throw TestKitError.unexpected("expected \(codes), was told \(feedback.json.text)")
    }
  }

  /// The answers heard so far for an event.
  func answers(to id: String) -> [Feedback] {
    device.received.compactMap(Feedback.init).filter { $0.event == id }
  }
}

/// An answer as the device hears it.
struct Feedback {
  let json: JSON
  var event: String { json["event"]?.string ?? "" }
  var code: String { json["code"]?.string ?? "" }
  var signal: String { json["signal"]?.string ?? "" }
  var isDuplicate: Bool { json["duplicate"]?.bool ?? false }

  init?(_ message: Device.Received) {
    guard let json = try? JSON.parse(message.payload) else { return nil }
    self.json = json
  }
}

/// Barcodes of the simulator's demo world.
enum Code {
  /// The command that closes a transfer.
  static let validate = "OBTVALI"

  /// The EAN-13 of `TM-<1000 + number>`.
  static func product(_ number: Int) -> String {
    let digits = "2990022700" + (number <= 10 ? "0" : "") + String(number - 1)
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      sum += (digit.wholeNumberValue ?? 0) * (index % 2 == 0 ? 3 : 1)
    }
    return digits + String((10 - sum % 10) % 10)
  }
}
