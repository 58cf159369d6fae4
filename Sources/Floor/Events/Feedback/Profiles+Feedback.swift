internal import JSON

extension Profiles {
  /// Stands for the time of an answer where nobody gave one: the first of 2019, the earliest that
  /// ProGlove accepts.
  public static let earliestTime: Int64 = 1_546_300_800_000

  /// The messages that tell a device what became of its event.
  ///
  /// - Parameters:
  ///   - verdict: The answer.
  ///   - event: Our id of the event; comes back in the message where the format has room for it.
  ///   - device: Whom to tell.
  ///   - profile: Name of the profile that decoded the event; without one nobody is told.
  ///   - duplicate: True if the event had been counted before.
  ///   - language: What the worker reads.
  ///   - time: When the answer was made, in milliseconds since 1970.
  public func feedback(
    verdict: Verdict,
    event: String,
    device: String,
    profile: String,
    duplicate: Bool,
    language: Language = .english,
    time: Int64 = earliestTime
  ) -> [OutgoingMessage] {
    guard let profile = named(profile), DeviceName.isValid(device) else { return [] }
    var answer = Answer(
      verdict: verdict,
      event: event,
      device: device,
      duplicate: duplicate,
      language: language,
      time: max(time, Self.earliestTime)
    )
    var messages: [OutgoingMessage] = []
    for (index, rule) in profile.feedback.enumerated() where rule.signals.contains(verdict.signal) {
      answer.index = index
      messages.append(
        OutgoingMessage(topic: rule.topic.filled(answer), payload: rule.payload.filled(answer))
      )
    }
    return messages
  }
}

extension FeedbackRule.Payload {
  fileprivate func filled(_ answer: Answer) -> [UInt8] {
    switch self {
    case .own: answer.own.bytes
    case .text(let template): Array(template.filled(answer).utf8)
    case .json(let template): template.filled(answer).bytes
    }
  }
}
