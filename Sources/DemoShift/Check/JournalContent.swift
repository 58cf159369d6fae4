public import TestKit

/// What the agent has on disk, read without its code.
public struct JournalContent: Sendable {
  /// Everything that came over MQTT.
  public var events: [Event]
  /// Everything that was closed.
  public var confirmations: [Confirmation]

  /// One message in the journal.
  public struct Event: Sendable, Hashable {
    /// Its number.
    public var sequence: Int
    /// The device's own id.
    public var id: String?
    /// The device.
    public var device: String?
    /// The payload.
    public var payload: String
    /// The verdict's code.
    public var code: String

    /// A message in the journal.
    public init(sequence: Int, id: String?, device: String?, payload: String, code: String) {
      self.sequence = sequence
      self.id = id
      self.device = device
      self.payload = payload
      self.code = code
    }
  }

  /// One confirmation in the journal.
  public struct Confirmation: Sendable, Hashable {
    /// Number of the event that closed the transfer.
    public var event: Int
    /// The transfer's name.
    public var transfer: String
    /// `applied` once it is true in Odoo.
    public var state: String
    /// Why it is not, where the agent knows.
    public var reason: String?

    /// A confirmation in the journal.
    public init(event: Int, transfer: String, state: String, reason: String? = nil) {
      self.event = event
      self.transfer = transfer
      self.state = state
      self.reason = reason
    }
  }

  /// A journal of these parts.
  public init(events: [Event], confirmations: [Confirmation]) {
    self.events = events
    self.confirmations = confirmations
  }

  /// Reads a journal, whether an agent has it open or was killed over it.
  public init(_ file: SQLiteFile) throws {
    events = try file.rows("SELECT seq, id, device, payload, code FROM event ORDER BY seq").map {
      Event(
        sequence: $0["seq"].flatMap { Int($0) } ?? 0,
        id: $0["id"],
        device: $0["device"],
        payload: $0["payload"] ?? "",
        code: $0["code"] ?? ""
      )
    }
    confirmations = try file.rows(
      "SELECT event, transfer, state, reason FROM confirmation ORDER BY seq"
    ).map {
      Confirmation(
        event: $0["event"].flatMap { Int($0) } ?? 0,
        transfer: $0["transfer"] ?? "",
        state: $0["state"] ?? "",
        reason: $0["reason"]
      )
    }
  }
}
