internal import JSON

/// What was called, for those who check afterwards.
struct CallLog {
  /// Entries kept; older ones are forgotten.
  static let limit = 20_000

  private var entries: [JSON] = []
  private(set) var total = 0

  mutating func note(_ call: Call, user: Int, outcome: String, at time: Int64) {
    append([
      "seq": .int(total), "time": .int64(time), "model": .string(call.model),
      "method": .string(call.method),
      "ids": .array(call.ids), "user": .int(user), "outcome": .string(outcome),
    ])
  }

  mutating func note(fault: String, name: String, at time: Int64) {
    append([
      "seq": .int(total), "time": .int64(time), "fault": .string(fault), "call": .string(name),
    ])
  }

  private mutating func append(_ entry: JSON) {
    total += 1
    if entries.count >= Self.limit { entries.removeFirst(Self.limit / 4) }
    entries.append(entry)
  }

  var json: JSON { .array(entries) }
}
