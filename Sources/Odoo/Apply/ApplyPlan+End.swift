internal import Floor
internal import JSON

/// The end of a plan: what it tells people.
///
/// An exception that shows the lines of Odoo first asks for the names of their products, as a
/// courtesy; nothing depends on them.
extension ApplyPlan {
  mutating func applied() -> Step {
    let done = snapshot.moves.filter { $0.state == "done" }
    return finish(
      .applied(
        .init(
          backorders: snapshot.backorders,
          wasAlreadyDone: !memory.hasWritten,
          nextMoves: Set(done.flatMap(\.next)).sorted(),
          notes: memory.notes
        )
      )
    )
  }

  /// Ends the plan with an exception.
  ///
  /// - Parameter odoo: What Odoo says; nil for the lines that were read last, with their names.
  mutating func except(
    _ category: ApplyException.Category,
    _ sentence: String,
    odoo: String? = ""
  ) -> Step {
    let exception = ApplyException(
      category: category,
      sentence: sentence,
      odoo: odoo ?? "",
      floor: floorSays([:]),
      versions: versions([:]),
      transferID: transferID,
      isUnsettled: memory.isUnsettled
    )
    guard odoo == nil else { return finish(.exception(exception)) }
    state = .naming(exception)
    let ids = Set(snapshot.lines.map(\.productID) + confirmation.lines.map(\.productID))
    let list = JSON.array(ids.sorted().map { .int($0) })
    return .call(search("product.product", [["id", "in", list]], fields: ["display_name"]))
  }

  mutating func named(_ exception: ApplyException, _ result: Result<JSON, OdooFailure>) -> Step {
    var products: [Int: String] = [:]
    for row in (try? result.get())?.array ?? [] {
      if let id = row["id"]?.int { products[id] = row["display_name"]?.string }
    }
    var exception = exception
    exception.odoo = odooSays(products)
    exception.floor = floorSays(products)
    exception.versions = versions(products)
    return finish(.exception(exception))
  }

  private func odooSays(_ products: [Int: String]) -> String {
    func package(_ id: Int?) -> String? {
      id.map { id in snapshot.packages.first { $0.id == id }?.name ?? "\(id)" }
    }
    let lines = Comparison.doneLines(snapshot).map { line in
      describe(
        line.quantity,
        products[line.productID] ?? "product \(line.productID)",
        lot: line.lotID.map { id in snapshot.lots.first { $0.id == id }?.name ?? "\(id)" }
          ?? line.lotName,
        source: package(line.packageID),
        package: package(line.resultPackageID)
      )
    }
    return lines.isEmpty ? "nothing" : lines.joined(separator: "; ")
  }

  private func floorSays(_ products: [Int: String]) -> String {
    let lines = confirmation.lines.map { line in
      describe(
        line.quantity,
        products[line.productID] ?? "product \(line.productID)",
        lot: line.lot,
        source: line.sourcePackage,
        package: line.package
      )
    }
    return lines.isEmpty ? "nothing" : lines.joined(separator: "; ")
  }

  private func describe(
    _ quantity: Quantity,
    _ product: String,
    lot: String?,
    source: String?,
    package: String?
  ) -> String {
    var text = "\(quantity) × \(product)"
    if let lot { text += ", lot \(lot)" }
    if let source, source != package { text += ", from \(source)" }
    if let package { text += ", in \(package)" }
    return text
  }
}
