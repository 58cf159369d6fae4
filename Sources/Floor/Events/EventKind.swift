/// What an event says; also the last level of its topic.
public enum EventKind: String, CaseIterable, Sendable {
  case scan, weight, pick, pack, ship, receive, count, command
}
