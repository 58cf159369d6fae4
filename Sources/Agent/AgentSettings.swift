internal import Intake
internal import JSON
internal import MQTT

/// What the agent's threads need, made of the configuration.
struct AgentSettings {
  /// Directory of the journal and the mirror.
  var directory: String
  /// Bytes that must stay free on it.
  var minimumFree: Int64
  /// Most messages of one batch.
  var batch: Int
  var broker: BrokerSettings
  var intake: IntakeSettings

  /// The payload of the retained status topic.
  func status(_ state: String) -> [UInt8] { AgentStatus.payload(state) }
}

/// The retained status on MQTT, which is also the last will.
enum AgentStatus {
  static func payload(_ state: String) -> [UInt8] {
    let json: JSON = ["state": .string(state), "version": .string(AgentVersion.text)]
    return json.bytes
  }
}

/// The agent's own version.
public enum AgentVersion {
  /// As in CHANGELOG.md.
  public static let text = "0.1.0"
}
