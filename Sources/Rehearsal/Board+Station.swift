internal import Floor

extension Board {
  /// The board of a station.
  init(_ station: Station, joined: String?, mirror: some MirrorLookup) {
    self.joined = joined
    group =
      switch station.group?.kind {
      case .batch(let name), .load(let name): name
      case nil: nil
      }
    transfers = station.tallies.map { tally in
      OpenTransfer(tally, Self.standing(tally, station), mirror)
    }
    count = station.count.map { Count($0, mirror) }
    keyed = station.keyed
  }

  private static func standing(_ tally: Tally, _ station: Station) -> Standing {
    if station.group?.targets.contains(tally.target) == true { return .grouped }
    return station.active == tally.target ? .active : .aside
  }
}

extension Board.OpenTransfer {
  init(_ tally: Tally, _ standing: Board.Standing, _ mirror: some MirrorLookup) {
    name = tally.transfer.name
    step = tally.transfer.operation.step
    self.standing = standing
    counted = tally.counted
    left = tally.missing
    var products = tally.products
    for line in tally.lines where !products.contains(line.productID) {
      products.append(line.productID)
    }
    goods = products.map { id in
      Board.Goods(
        productID: id,
        product: productName(id, mirror),
        counted: tally.counted(of: id),
        demand: tally.isBlind ? nil : tally.demand(of: id),
        places: tally.lines.filter { $0.productID == id }.map { line in
          Board.Place(quantity: line.quantity, lot: line.lot, package: line.package)
        }
      )
    }
    packages = tally.packages.map { package in
      Board.Package(
        name: package.name,
        weight: package.weight,
        type: package.typeID.flatMap { mirror.packageType(id: $0)?.name },
        parent: package.parent
      )
    }
    openPackage = tally.marks.openPackage
    awaitingLot = tally.marks.awaitingLot.map { productName($0.productID, mirror) }
    tracking = tally.marks.tracking
  }
}

extension Board.Count {
  init(_ sheet: CountSheet, _ mirror: some MirrorLookup) {
    location = sheet.location?.name
    goods = sheet.lines.map { line in
      Board.Goods(
        productID: line.productID,
        product: productName(line.productID, mirror),
        counted: line.quantity,
        demand: nil,
        places: line.lot.map { [Board.Place(quantity: line.quantity, lot: $0)] } ?? []
      )
    }
  }
}

/// A product's name, for people.
private func productName(_ product: Int, _ mirror: some MirrorLookup) -> String {
  mirror.product(id: product)?.name ?? "product \(product)"
}
