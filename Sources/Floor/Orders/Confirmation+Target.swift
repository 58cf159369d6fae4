extension Confirmation.Target {
  /// The target as one word, for an index: `t:<id>` or `r:<uuid>`.
  public var key: String {
    switch self {
    case .transfer(let id): "t:\(id)"
    case .remainder(let uuid): "r:\(uuid)"
    }
  }

  /// A target from its key; nil for anything else.
  public init?(key: String) {
    let value = String(key.dropFirst(2))
    if key.hasPrefix("t:"), let id = Int(value) {
      self = .transfer(id)
    } else if key.hasPrefix("r:"), !value.isEmpty {
      self = .remainder(of: value)
    } else {
      return nil
    }
  }
}
