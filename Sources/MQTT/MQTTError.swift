internal import CMosquitto

/// A failure of the connection to the broker.
public struct MQTTError: Error, Hashable, Sendable, CustomStringConvertible {
  /// libmosquitto's error code, or the reason code of the broker.
  public let code: Int32
  /// What was being done.
  public let operation: String
  /// What happened, in words.
  public let text: String
  /// What an operator can do.
  public let hint: String

  /// One line for a log.
  public var description: String { "\(operation): \(text) (\(code)). \(hint)" }

  init(code: Int32, operation: String, text: String? = nil, hint: String = "") {
    self.code = code
    self.operation = operation
    self.text = text ?? String(cString: mosquitto_strerror(code))
    self.hint = hint
  }

  /// Nothing answers at an address.
  public init(unreachable address: String) {
    self.init(
      code: Int32(MOSQ_ERR_CONN_LOST.rawValue),
      operation: "connect to \(address)",
      text: "nothing answers",
      hint: "Check that the broker runs and that broker.host and broker.port are right."
    )
  }

  static func check(_ code: Int32, _ operation: String) throws(MQTTError) {
    if code != 0 { throw MQTTError(code: code, operation: operation) }
  }
}
