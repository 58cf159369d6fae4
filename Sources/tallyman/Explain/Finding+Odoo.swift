internal import Floor

/// What is told of the things that a code stands for.
extension Explanation.Finding {
  /// Most transfers that are named.
  static let mostTransfers = 5

  init(_ transfer: Transfer, _ knowledge: Knowledge) {
    self.init(kind: "transfer", name: transfer.name, id: transfer.id)
    facts = ["\(transfer.operation.step.rawValue), \(transfer.state.rawValue) in Odoo"]
    if let partner = transfer.partner { facts.append("for \(partner)") }
    facts.append("\(transfer.moves.count) products asked for")
    stations = knowledge.holders(of: [transfer])
  }

  init(_ batch: Batch, _ mirror: any MirrorLookup) {
    self.init(kind: "batch", name: batch.name, id: batch.id)
    let names = batch.transferIDs.compactMap { mirror.transfer(id: $0)?.name }
    facts = ["transfers \(names.prefix(Self.mostTransfers).joined(separator: ", "))"]
  }

  init(_ location: Location) {
    self.init(kind: "location", name: location.name, id: location.id)
    facts = location.barcode.map { ["barcode \($0)"] } ?? []
  }

  init(_ package: Package, _ open: [Transfer], _ knowledge: Knowledge) {
    self.init(package: package.name, in: open, knowledge)
    id = package.id
    facts.insert(package.locationID == nil ? "empty in Odoo" : "has goods in Odoo", at: 0)
  }

  init(package: String, in open: [Transfer], _ knowledge: Knowledge) {
    self.init(kind: "package", name: package)
    if !open.isEmpty { facts = ["in \(Self.names(open))"] }
    stations = knowledge.holders(of: open)
  }

  init(_ article: Article, _ knowledge: Knowledge, _ mirror: any MirrorLookup) {
    let product = article.product
    self.init(
      kind: article.quantity == .one ? "product" : "packaging",
      name: product.name,
      id: product.id
    )
    if article.quantity != .one { facts.append("stands for \(article.quantity)") }
    if let barcode = product.barcode { facts.append("barcode \(barcode)") }
    if let reference = product.reference { facts.append("reference \(reference)") }
    switch product.tracking {
    case .none: break
    case .lot: facts.append("kept by lot")
    case .serial: facts.append("kept by serial number")
    }
    let open = mirror.openTransfers(asking: product.id, limit: Self.mostTransfers)
    if !open.isEmpty { facts.append("asked for by \(Self.names(open))") }
    stations = knowledge.holders(of: open)
  }

  init(_ lot: Lot, _ mirror: any MirrorLookup) {
    self.init(kind: "lot", name: lot.name, id: lot.id)
    let product = mirror.product(id: lot.productID)?.name ?? "product \(lot.productID)"
    facts = ["of \(product)"]
    if let expires = lot.expires { facts.append("expires \(Output.day(expires))") }
  }

  init(_ type: PackageType) {
    self.init(kind: "package_type", name: type.name, id: type.id)
    facts = ["\(type.tare) kg empty"]
  }

  private static func names(_ transfers: [Transfer]) -> String {
    transfers.map(\.name).joined(separator: ", ")
      + (transfers.count == mostTransfers ? " and perhaps more" : "")
  }
}
