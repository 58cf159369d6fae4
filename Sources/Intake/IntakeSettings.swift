public import Floor

/// What the intake needs to know of the configuration.
public struct IntakeSettings: Sendable {
  /// What the site decided about its floor.
  public var policy: FloorPolicy
  /// The station of each device.
  public var stationOfDevice: [String: String]
  /// True if a device without a station is its own station; else its events are refused.
  public var unassignedDevicesAreStations: Bool
  /// Largest payload in bytes that is looked at.
  public var payloadLimit: Int
  /// Most devices without a station that are served.
  public var deviceLimit: Int
  /// Unacknowledged deliveries that the broker may have in flight: MQTT 5's receive maximum.
  public var receiveMaximum: Int
  /// Age in milliseconds after which an answer is worth nothing any more.
  public var feedbackExpires: Int64

  /// Bytes of a payload that is too large which are kept in the journal.
  public static let keptOfLargePayload = 4096

  /// Settings with all their parts.
  public init(
    policy: FloorPolicy = FloorPolicy(),
    stationOfDevice: [String: String] = [:],
    unassignedDevicesAreStations: Bool = true,
    payloadLimit: Int = 64 << 10,
    deviceLimit: Int = 500,
    receiveMaximum: Int = 1000,
    feedbackExpires: Int64 = 10_000
  ) {
    self.policy = policy
    self.stationOfDevice = stationOfDevice
    self.unassignedDevicesAreStations = unassignedDevicesAreStations
    self.payloadLimit = payloadLimit
    self.deviceLimit = deviceLimit
    self.receiveMaximum = receiveMaximum
    self.feedbackExpires = feedbackExpires
  }
}
