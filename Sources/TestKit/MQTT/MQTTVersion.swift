/// A version of the protocol; the raw value is the level that CONNECT carries.
public enum MQTTVersion: UInt8, Sendable, CaseIterable {
  /// MQTT 3.1.1.
  case v311 = 4
  /// MQTT 5.0.
  case v5 = 5
}
