public import JSON

extension Quantity {
  /// The quantity as an exact JSON number.
  public var json: JSON { .number(description) }

  /// A quantity from a JSON number, or from a string that holds one.
  public init?(_ json: JSON) {
    switch json {
    case .number(let text), .string(let text): self.init(text)
    default: return nil
    }
  }
}
