extension GS1Message {
  /// What the General Specifications demand of the elements together and the code does not do.
  ///
  /// A worker with such a label in hand still has the goods, so the floor only warns.
  public struct Warning: Hashable, Sendable, CustomStringConvertible {
    /// The stable name of what is missing or too much.
    public enum Kind: String, Sendable {
      /// Another AI has to come along.
      case companionMissing = "companion_missing"
      /// Two AIs exclude one another.
      case exclusive
      /// A digital signature needs a key with a serial.
      case serialMissing = "serial_missing"
    }
    /// What is missing or too much.
    public let kind: Kind
    /// The AI that demands it.
    public let ai: String
    /// The AIs that it needs (one of them), or excludes.
    public let others: String

    /// A sentence for the operator.
    public var description: String {
      switch kind {
      case .companionMissing: "(\(ai)) is expected only together with one of: \(others)."
      case .exclusive: "(\(ai)) is not expected together with \(others)."
      case .serialMissing: "(\(ai)) is expected only with a key that has a serial."
      }
    }
  }

  /// Missing companions and exclusive AIs, in order of the elements.
  public var warnings: [Warning] {
    var warnings: [Warning] = []
    for element in elements {
      let identifier = element.identifier
      for other in identifier.excluded where isThere(other, besides: identifier) {
        warnings.append(Warning(kind: .exclusive, ai: identifier.code, others: other.text))
      }
      for group in identifier.companions where !isSatisfied(group, by: identifier) {
        let names = group.map { $0.map(\.text).joined(separator: "+") }.joined(separator: ", ")
        warnings.append(
          Warning(kind: .companionMissing, ai: identifier.code, others: names)
        )
      }
    }
    return warnings + signatureWarnings
  }

  private func isThere(_ pattern: AIPattern, besides identifier: ApplicationIdentifier) -> Bool {
    elements.contains { $0.identifier !== identifier && pattern.matches($0.identifier) }
  }

  private func isSatisfied(_ group: [[AIPattern]], by identifier: ApplicationIdentifier) -> Bool {
    group.contains { $0.allSatisfy { isThere($0, besides: identifier) } }
  }

  /// A signature (8030) is for one thing: keys with an optional serial must have it.
  private var signatureWarnings: [Warning] {
    guard self["8030"] != nil else { return [] }
    return elements.compactMap { element in
      switch element.ai {
      case "253", "255", "8003":
        let required = element.identifier.minimum
        return element.value.utf8.count > required
          ? nil : Warning(kind: .serialMissing, ai: "8030", others: element.ai)
      default: return nil
      }
    }
  }
}
