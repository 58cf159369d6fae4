/// Tries a pattern on a text, backtracking, within a number of steps.
struct PatternMatcher {
  let text: [UInt32]
  private(set) var captures: [Range<Int>?]
  private var steps = 0
  /// Nested calls, so that the stack stays small.
  private var depth = 0
  private static let deepest = 800

  init(text: [UInt32], groups: Int) {
    self.text = text
    captures = Array(repeating: nil, count: groups)
  }

  /// Where the match from `start` ends; nil if there is none.
  mutating func run(_ root: Pattern.Node, from start: Int) -> Int? {
    match(root, start) { _, end in end }
  }

  /// What comes after a node; returns the end of the whole match.
  private typealias Rest = (inout PatternMatcher, Int) -> Int?

  private mutating func match(_ node: Pattern.Node, _ place: Int, _ rest: Rest) -> Int? {
    steps += 1
    depth += 1
    defer { depth -= 1 }
    guard steps <= Pattern.mostSteps, depth <= Self.deepest else { return nil }
    switch node {
    case .character, .any, .set:
      guard place < text.count, Self.accepts(node, text[place]) else { return nil }
      return rest(&self, place + 1)
    case .start: return place == 0 ? rest(&self, place) : nil
    case .end: return place == text.count ? rest(&self, place) : nil
    case .sequence(let nodes): return matchAll(nodes[...], place, rest)
    case .choice(let nodes):
      for node in nodes {
        if let end = match(node, place, rest) { return end }
      }
      return nil
    case .repeated(let node, let least, let most):
      return repeated(node, least, most, place, rest)
    case .group(let node, let number): return group(node, number, place, rest)
    }
  }

  private mutating func matchAll(
    _ nodes: ArraySlice<Pattern.Node>,
    _ place: Int,
    _ rest: Rest
  ) -> Int? {
    guard let first = nodes.first else { return rest(&self, place) }
    return match(first, place) { matcher, next in
      matcher.matchAll(nodes.dropFirst(), next, rest)
    }
  }

  private mutating func group(
    _ node: Pattern.Node,
    _ number: Int?,
    _ place: Int,
    _ rest: Rest
  ) -> Int? {
    guard let number else { return match(node, place, rest) }
    let before = captures[number]
    let end = match(node, place) { matcher, end in
      let inner = matcher.captures[number]
      matcher.captures[number] = place..<end
      if let found = rest(&matcher, end) { return found }
      matcher.captures[number] = inner
      return nil
    }
    if end == nil { captures[number] = before }
    return end
  }

  private mutating func repeated(
    _ node: Pattern.Node,
    _ least: Int,
    _ most: Int,
    _ place: Int,
    _ rest: Rest
  ) -> Int? {
    if node.isSingle { return repeatedSingle(node, least, most, place, rest) }
    if most > 0 {
      let end = match(node, place) { matcher, next in
        // An empty turn would go on for ever.
        guard next > place || least > 0 else { return nil }
        return matcher.repeated(node, max(0, least - 1), most == .max ? most : most - 1, next, rest)
      }
      if let end { return end }
    }
    return least == 0 ? rest(&self, place) : nil
  }

  /// One character repeated needs no recursion: take all, then give back.
  private mutating func repeatedSingle(
    _ node: Pattern.Node,
    _ least: Int,
    _ most: Int,
    _ place: Int,
    _ rest: Rest
  ) -> Int? {
    var count = 0
    while count < most, place + count < text.count, Self.accepts(node, text[place + count]) {
      count += 1
    }
    while count >= least {
      steps += 1
      guard steps <= Pattern.mostSteps else { return nil }
      if let end = rest(&self, place + count) { return end }
      count -= 1
    }
    return nil
  }

  private static func accepts(_ node: Pattern.Node, _ character: UInt32) -> Bool {
    switch node {
    case .character(let expected): expected == character
    case .any: character != 10
    case .set(let set): set.contains(character)
    default: false
    }
  }
}

extension Pattern.Node {
  /// True for nodes that take exactly one character.
  var isSingle: Bool {
    switch self {
    case .character, .any, .set: true
    default: false
    }
  }
}
