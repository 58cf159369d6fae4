internal import Floor
internal import JSON

/// Naming: the last reads of a plan fetch names for people; nothing depends on them.
extension ApplyPlan {
  /// A question for names, and what to do with the answer.
  enum Naming {
    case backorders
    case products(ApplyException)
    case lots(ApplyException, Names)
    case packages(ApplyException, Names)
  }

  /// Names by id, as far as they are known.
  struct Names {
    var products: [Int: String] = [:]
    var lots: [Int: String] = [:]
    var packages: [Int: String] = [:]
  }

  mutating func nameBackorders() -> Step {
    guard !snapshot.backorders.isEmpty else { return applied([:]) }
    state = .naming(.backorders)
    let ids = JSON.array(snapshot.backorders.map { .int($0) })
    return .call(search("stock.picking", [["id", "in", ids]], fields: ["name"]))
  }

  private mutating func applied(_ names: [Int: String]) -> Step {
    let done = snapshot.moves.filter { $0.state == "done" }
    return finish(
      .applied(
        .init(
          backorders: snapshot.backorders.map { .init(id: $0, name: names[$0] ?? "") },
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
      floor: floorSays(Names())
    )
    guard odoo == nil else { return finish(.exception(exception)) }
    state = .naming(.products(exception))
    let ids = Set(snapshot.lines.map(\.productID) + confirmation.lines.map(\.productID))
    return .call(names("product.product", ids, field: "display_name"))
  }

  mutating func took(_ naming: Naming, _ result: Result<JSON, OdooFailure>) -> Step {
    // Names are a courtesy: without them the ids are told.
    let rows = (try? result.get())?.array ?? []
    func names(_ field: String) -> [Int: String] {
      var out: [Int: String] = [:]
      for row in rows { if let id = row["id"]?.int { out[id] = row[field]?.string } }
      return out
    }
    switch naming {
    case .backorders: return applied(names("name"))
    case .products(let exception):
      return nameLots(exception, Names(products: names("display_name")))
    case .lots(let exception, var known):
      known.lots = names("name")
      return namePackages(exception, known)
    case .packages(let exception, var known):
      known.packages = names("name")
      return told(exception, known)
    }
  }

  private mutating func nameLots(_ exception: ApplyException, _ known: Names) -> Step {
    let ids = Set(snapshot.lines.compactMap(\.lotID))
    guard !ids.isEmpty else { return namePackages(exception, known) }
    state = .naming(.lots(exception, known))
    return .call(names("stock.lot", ids, field: "name"))
  }

  private mutating func namePackages(_ exception: ApplyException, _ known: Names) -> Step {
    let ids = Set(snapshot.lines.flatMap { [$0.packageID, $0.resultPackageID] }.compactMap(\.self))
    guard !ids.isEmpty else { return told(exception, known) }
    state = .naming(.packages(exception, known))
    return .call(names(fields.packageModel, ids, field: "name"))
  }

  private func names(_ model: String, _ ids: Set<Int>, field: String) -> OdooCall {
    let list = JSON.array(ids.sorted().map { .int($0) })
    return search(model, [["id", "in", list]], fields: [field])
  }

  private mutating func told(_ exception: ApplyException, _ names: Names) -> Step {
    var exception = exception
    exception.odoo = odooSays(names)
    exception.floor = floorSays(names)
    return finish(.exception(exception))
  }

  private func odooSays(_ names: Names) -> String {
    let lines = Comparison.doneLines(snapshot).map { line in
      describe(
        line.quantity,
        names.products[line.productID] ?? "product \(line.productID)",
        lot: line.lotID.map { names.lots[$0] ?? "\($0)" } ?? line.lotName,
        source: line.packageID.map { names.packages[$0] ?? "\($0)" },
        package: line.resultPackageID.map { names.packages[$0] ?? "\($0)" }
      )
    }
    return lines.isEmpty ? "nothing" : lines.joined(separator: "; ")
  }

  private func floorSays(_ names: Names) -> String {
    let lines = confirmation.lines.map { line in
      describe(
        line.quantity,
        names.products[line.productID] ?? "product \(line.productID)",
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
