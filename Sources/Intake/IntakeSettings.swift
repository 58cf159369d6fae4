public import Floor

/// What the intake needs to know of the configuration.
public struct IntakeSettings: Sendable {
  /// What the site decided about its floor.
  public var site: FloorSite
  /// The station of each device.
  public var stationOfDevice: [String: String]
  /// True if a device without a station is its own station; else its events are refused.
  public var unassignedDevicesAreStations: Bool
  /// Largest payload in bytes that is looked at.
  public var payloadLimit: Int
  /// Most devices without a station that are served.
  public var deviceLimit: Int
  /// Deliveries without an id of their own that are looked at for redeliveries, before and after
  /// a reconnection.
  ///
  /// More than the receive maximum: mosquitto 2.0.11 was seen to have ten times as many in flight
  /// while it worked off a queue.
  public var redeliveryWindow: Int
  /// Age in milliseconds after which an answer is worth nothing any more.
  public var feedbackExpires: Int64

  /// Bytes of a payload that is too large which are kept in the journal.
  public static let keptOfLargePayload = 4096

  /// Settings with all their parts.
  public init(
    site: FloorSite = FloorSite(),
    stationOfDevice: [String: String] = [:],
    unassignedDevicesAreStations: Bool = true,
    payloadLimit: Int = 64 << 10,
    deviceLimit: Int = 500,
    redeliveryWindow: Int = 10_000,
    feedbackExpires: Int64 = 10_000
  ) {
    self.site = site
    self.stationOfDevice = stationOfDevice
    self.unassignedDevicesAreStations = unassignedDevicesAreStations
    self.payloadLimit = payloadLimit
    self.deviceLimit = deviceLimit
    self.redeliveryWindow = redeliveryWindow
    self.feedbackExpires = feedbackExpires
  }
}
