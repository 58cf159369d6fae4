/// How each device's events are answered: in which language, and where.
///
/// A keyboard scanner cannot be answered, so a station may have a lamp or display of its own.
public struct FeedbackPlan: Sendable {
  /// The profiles that form the messages.
  public let profiles: Profiles
  private let standard: Place
  private let places: [String: Place]

  /// How a station is answered.
  public struct Place: Hashable, Sendable {
    /// What its workers read.
    public var language: Language
    /// Its lamp, buzzer or display.
    public var lamp: Lamp?
    /// Who is told; nil tells the device that was used, and the lamp where that device's profile
    /// has no feedback.
    public var route: Route?

    /// A place; without a lamp only devices can be told.
    public init(language: Language, lamp: Lamp? = nil, route: Route? = nil) {
      self.language = language
      self.lamp = lamp
      self.route = route
    }
  }

  /// A device that only shows answers.
  public struct Lamp: Hashable, Sendable {
    /// The profile that forms its messages.
    public var profile: String
    /// Its name, the `{device}` of the profile's topics.
    public var device: String

    /// A lamp of a profile.
    public init(profile: String, device: String) {
      self.profile = profile
      self.device = device
    }
  }

  /// Who is told.
  public enum Route: String, CaseIterable, Sendable {
    case device, lamp, both
  }

  /// A plan.
  ///
  /// - Parameters:
  ///   - standard: How devices without a station are answered.
  ///   - places: How the others are, by the device's name.
  public init(
    profiles: Profiles,
    standard: Place = Place(language: .english),
    places: [String: Place] = [:]
  ) {
    self.profiles = profiles
    self.standard = standard
    self.places = places
  }

  /// How a device is answered.
  public func place(of device: String) -> Place { places[device] ?? standard }

  /// The languages in use, by their codes.
  public var languages: [Language] {
    Set(places.values.map(\.language) + [standard.language]).sorted { $0.code < $1.code }
  }

  /// The messages that tell a device's worker what became of an event.
  ///
  /// - Parameters:
  ///   - verdict: The answer.
  ///   - event: Our id of the event; comes back in the message where the format has room for it.
  ///   - device: The device that the event came from.
  ///   - profile: Name of the profile that decoded the event.
  ///   - duplicate: True if the event had been counted before.
  ///   - time: When the answer was made, in milliseconds since 1970.
  public func messages(
    verdict: Verdict,
    event: String,
    device: String,
    profile: String,
    duplicate: Bool,
    time: Int64 = Profiles.earliestTime
  ) -> [OutgoingMessage] {
    let place = place(of: device)
    var targets: [Lamp] = []
    let canAnswer = profiles.named(profile)?.feedback.isEmpty == false
    let route = place.route ?? (canAnswer ? .device : .lamp)
    if route != .lamp { targets.append(Lamp(profile: profile, device: device)) }
    if route != .device, let lamp = place.lamp { targets.append(lamp) }
    return targets.flatMap { target in
      profiles.feedback(
        verdict: verdict,
        event: event,
        device: target.device,
        profile: target.profile,
        duplicate: duplicate,
        language: place.language,
        time: time
      )
    }
  }
}
