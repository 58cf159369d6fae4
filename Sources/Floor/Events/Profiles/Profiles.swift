/// The profiles in use: what is subscribed, how a message is read, how a device is answered.
public struct Profiles: Sendable {
  /// The profiles in the order in which they are tried.
  public let list: [Profile]
  /// The MQTT filters to subscribe to; no two of them fit one topic, so that no broker can
  /// deliver a message twice, and none fits a topic that feedback is sent to.
  public let subscriptions: [String]

  let rules: [BoundRule]

  /// A rule together with the profile that it belongs to.
  struct BoundRule: Sendable {
    let topic: TopicPattern
    let reading: Profile.Reading
    let profile: String
  }

  /// Takes profiles into use; refuses names that stand twice and topics that run into each other.
  public init(_ profiles: [Profile]) throws(ProfileError) {
    for (index, profile) in profiles.enumerated() {
      guard !profiles[..<index].contains(where: { $0.name == profile.name }) else {
        throw ProfileError("profile \"\(profile.name)\" is enabled twice; name it once")
      }
    }
    list = profiles
    rules = profiles.flatMap { profile in
      profile.rules.map {
        BoundRule(topic: $0.topic, reading: $0.reading, profile: profile.name)
      }
    }
    subscriptions = try Self.filters(of: profiles)
    try Self.checkFeedback(of: profiles, against: subscriptions)
  }

  private static func filters(of profiles: [Profile]) throws(ProfileError) -> [String] {
    var filters: [String] = []
    for profile in profiles {
      for rule in profile.rules {
        if case .ignored = rule.reading { continue }
        let filter = rule.topic.filter
        if filters.contains(where: { TopicFilter.covers($0, filter) }) { continue }
        filters.removeAll { TopicFilter.covers(filter, $0) }
        if let other = filters.first(where: { TopicFilter.overlap($0, filter) }) {
          throw ProfileError(
            "profile \"\(profile.name)\" reads \(filter), another one reads \(other), and some topics"
              + " fit both; change one of the two topics, or a broker may deliver such a message twice"
          )
        }
        filters.append(filter)
      }
    }
    return filters
  }

  private static func checkFeedback(
    of profiles: [Profile],
    against filters: [String]
  ) throws(ProfileError) {
    for profile in profiles {
      for rule in profile.feedback {
        let target = rule.topic.filter
        if let filter = filters.first(where: { TopicFilter.overlap($0, target) }) {
          throw ProfileError(
            "profile \"\(profile.name)\" sends feedback to \(rule.topic.text), which is also read as"
              + " \(filter); its own answers would come back as events: change one of the two topics"
          )
        }
      }
    }
  }

  /// The profile called `name`.
  public func named(_ name: String) -> Profile? { list.first { $0.name == name } }

  /// The device that a topic names; nil where no profile reads the topic or its name is no
  /// device name.
  public func device(ofTopic topic: String) -> String? { source(ofTopic: topic)?.device }

  /// The device that a topic names, with the profile that reads it and answers it.
  public func source(ofTopic topic: String) -> (device: String, profile: String)? {
    for rule in rules {
      guard let match = rule.topic.match(topic), let device = match.device else { continue }
      if DeviceName.isValid(device) { return (String(device), rule.profile) }
    }
    return nil
  }
}
