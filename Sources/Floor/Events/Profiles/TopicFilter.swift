/// Relations between MQTT filters, level by level; `+` is the only wildcard used here.
enum TopicFilter {
  /// True if some topic fits both filters.
  static func overlap(_ a: String, _ b: String) -> Bool {
    compare(a, b) { left, right in left == "+" || right == "+" || left == right }
  }

  /// True if every topic that fits `b` also fits `a`.
  static func covers(_ a: String, _ b: String) -> Bool {
    compare(a, b) { left, right in left == "+" || left == right }
  }

  private static func compare(
    _ a: String,
    _ b: String,
    by fits: (Substring, Substring) -> Bool
  ) -> Bool {
    let left = a.split(separator: "/", omittingEmptySubsequences: false)
    let right = b.split(separator: "/", omittingEmptySubsequences: false)
    return left.count == right.count && zip(left, right).allSatisfy(fits)
  }
}
