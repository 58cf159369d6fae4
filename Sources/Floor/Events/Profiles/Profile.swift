/// How the messages of one kind of device are read, and how it is answered: data, not code.
///
/// Profiles are written as TOML (`hardware/profiles/*.toml`) and checked on loading.
public struct Profile: Hashable, Sendable {
  /// Name, unique in the set; stands in every event that it decoded.
  public var name: String
  /// Tried in order: the first whose topic and conditions fit reads the message.
  public var rules: [Rule]
  /// Every rule that fits the verdict's signal makes one message.
  public var feedback: [FeedbackRule]

  /// A profile of rules.
  public init(name: String, rules: [Rule], feedback: [FeedbackRule] = []) {
    self.name = name
    self.rules = rules
    self.feedback = feedback
  }

  /// How the messages on a topic are read.
  public struct Rule: Hashable, Sendable {
    /// Where the messages come.
    public var topic: TopicPattern
    /// How they are read.
    public var reading: Reading

    /// A rule for a topic.
    public init(topic: TopicPattern, reading: Reading) {
      self.topic = topic
      self.reading = reading
    }
  }

  /// How a payload becomes events.
  public enum Reading: Hashable, Sendable {
    /// Our own JSON of one kind of event (`docs/events.md`); raw text too where that is a scan.
    case canonical(EventKind)
    /// The payload is the code or the weight itself.
    case text(TextReading)
    /// Somebody else's JSON.
    case json(JSONReading)
    /// Known to carry no event; adds no subscription.
    case ignored(Ignored)
  }

  /// Messages that are known to carry no event.
  public struct Ignored: Hashable, Sendable {
    /// Which JSON messages are meant; all messages of the topic where empty.
    public var conditions: [Condition]
    /// Why they carry none.
    public var reason: String

    /// Messages to pass over for a reason.
    public init(conditions: [Condition] = [], reason: String) {
      self.conditions = conditions
      self.reason = reason
    }
  }
}

extension Profile {
  /// Name of the profile that reads our own JSON.
  public static let tallymanName = "tallyman"

  /// The profile of our own JSON; the same as `hardware/profiles/tallyman.toml`.
  ///
  /// - Parameter site: The second level of every topic.
  public static func tallyman(site: String) throws(ProfileError) -> Profile {
    var rules: [Rule] = []
    for kind in EventKind.allCases {
      let topic = try TopicPattern("tallyman/\(site)/{device}/\(kind.rawValue)")
      rules.append(Rule(topic: topic, reading: .canonical(kind)))
    }
    let answer = try FeedbackRule(
      topic: try Template("tallyman/\(site)/{device}/feedback"),
      payload: .own
    )
    return Profile(name: tallymanName, rules: rules, feedback: [answer])
  }
}
