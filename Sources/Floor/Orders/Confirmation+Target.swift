extension Confirmation.Target {
  /// The target as one word, for an index: `t:<id>`, `r:<uuid>`, `n:<step>:<uuid>` or `b:<name>`.
  public var key: String {
    switch self {
    case .transfer(let id): "t:\(id)"
    case .remainder(let uuid): "r:\(uuid)"
    case .next(let uuid, let step): "n:\(step.rawValue):\(uuid)"
    case .named(let name): "b:\(name)"
    }
  }

  /// A target from its key; nil for anything else.
  public init?(key: String) {
    let value = String(key.dropFirst(2))
    guard !value.isEmpty else { return nil }
    switch key.prefix(2) {
    case "t:":
      guard let id = Int(value) else { return nil }
      self = .transfer(id)
    case "r:": self = .remainder(of: value)
    case "n:":
      let parts = value.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let step = Transfer.Step(rawValue: String(parts[0])) else {
        return nil
      }
      self = .next(of: String(parts[1]), step)
    case "b:": self = .named(value)
    default: return nil
    }
  }
}
