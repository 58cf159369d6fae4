internal import Configuration
internal import Dispatching

/// When confirmations must be in Odoo: the site's daily cut-offs, else the scheduled date.
struct CutOffs {
  private let daily: [Settings.CutOff]

  init(_ daily: [Settings.CutOff]) { self.daily = daily }

  /// The time left for a confirmation, negative when it has passed; nil where nobody said.
  ///
  /// - Parameter now: Milliseconds since 1970 by the box's clock, which must have been set.
  func left(for entry: OutboxEntry, now: Int64) -> Duration? {
    let operation = entry.operation?.uppercased()
    let rule = daily.first { rule in operation.map { rule.operations.contains($0) } ?? false }
    let next = rule.flatMap { $0.next(after: entry.closed ?? now) }
    return entry.cutOff(daily: next).map { .milliseconds($0 - now) }
  }
}
