internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// What Odoo has at the end.
extension Box {
  /// A transfer as Odoo has it.
  func transfer(_ name: String) throws -> JSON {
    guard let transfer = odoo.admin.transfer(name) else {
      throw TestKitError.unexpected("Odoo has no transfer \(name)")
    }
    return transfer
  }

  /// Expects a transfer validated once, with these quantities per product, and nothing written to
  /// it afterwards.
  func expectValidatedOnce(
    _ name: String,
    _ quantities: [String: Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let transfer = try transfer(name)
    #expect(transfer["state"]?.string == "done", "\(name)", sourceLocation: sourceLocation)
    #expect(transfer["validated_count"]?.int == 1, "\(name)", sourceLocation: sourceLocation)
    #expect(transfer["done_edits"]?.int == 0, "\(name)", sourceLocation: sourceLocation)
    var done: [String: Double] = [:]
    for move in transfer["moves"]?.array ?? [] where move["state"]?.string == "done" {
      for line in move["lines"]?.array ?? [] {
        done[line["product"]?.string ?? "?", default: 0] += line["quantity"]?.double ?? 0
      }
    }
    #expect(done == quantities, "\(name)", sourceLocation: sourceLocation)
  }
}
