extension Nomenclature {
  /// Sentences on rules that get into each other's way; empty where each can be reached.
  ///
  /// Two kinds are looked for: rules of one pattern that say different things, of which only the
  /// first is ever used, and rules behind one that takes every code.
  public var clashes: [String] {
    var sentences: [String] = []
    for (index, rule) in rules.enumerated() {
      let earlier = rules[..<index]
      if let same = earlier.first(where: {
        $0.pattern == rule.pattern && $0.encoding == rule.encoding && $0.type != rule.type
      }) {
        sentences.append(
          "The rules \"\(same.name)\" and \"\(rule.name)\" have the same pattern \(rule.pattern): "
            + "such a code is always read as \(same.type), never as \(rule.type)."
        )
      } else if let all = earlier.first(where: { $0.takesEverything(like: rule) }) {
        sentences.append(
          "The rule \"\(all.name)\" takes every code before \"\(rule.name)\" is tried: give it a "
            + "higher sequence."
        )
      }
    }
    return sentences
  }
}

extension Nomenclature.Rule {
  /// True if no code that `other` would read ever gets past this rule.
  fileprivate func takesEverything(like other: Self) -> Bool {
    let isOpen = pattern == ".*" || pattern == "(.*)" || pattern.isEmpty
    // GS1 rules are tried before all others, piece by piece.
    guard encoding != .gs1, other.encoding != .gs1 else { return false }
    return isOpen && (encoding == .any || encoding == other.encoding)
  }
}
