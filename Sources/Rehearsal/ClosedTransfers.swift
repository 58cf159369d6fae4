public import Floor

/// The confirmations that closed transfers, in the order of their closing, as the journal would
/// tell them.
public struct ClosedTransfers: Sendable {
  private var entries: [(closure: Closure, transfer: Int?)] = []

  /// Nothing is closed.
  public init() {}

  /// Remembers a closure.
  ///
  /// - Parameter transfer: The transfer that the confirmation was bound to, where it is known.
  public mutating func add(_ closure: Closure, transfer: Int? = nil) {
    entries.append((closure, transfer))
  }

  /// The last closure of a target, also of a transfer that it was bound to.
  public func closure(of target: Confirmation.Target) -> Closure? {
    if let found = entries.last(where: { $0.closure.confirmation.target == target }) {
      return found.closure
    }
    guard case .transfer(let id) = target else { return nil }
    return entries.last { $0.transfer == id }?.closure
  }

  /// The closures of a chain.
  public func closures(ofChain chain: String) -> [Closure] {
    entries.map(\.closure).filter { $0.confirmation.chain == chain }
  }

  /// The closures that name a package, lot or serial number.
  public func closures(naming name: String) -> [Closure] {
    entries.map(\.closure).filter { closure in
      closure.confirmation.lines.contains {
        $0.lot == name || $0.package == name || $0.sourcePackage == name
      } || closure.confirmation.packages.contains { $0.name == name }
    }
  }
}
