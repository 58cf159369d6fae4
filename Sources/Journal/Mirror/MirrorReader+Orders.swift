public import Floor

/// Look-ups that find transfers by what they ask for, hold, or belong to.
extension MirrorReader {
  /// All transfers of a chain that the mirror knows, oldest first.
  public func transfers(ofChain chain: String) -> [Transfer] {
    mirrored(chain: chain).map(\.transfer)
  }

  /// Open transfers that ask for a product, oldest first, at most `limit`.
  public func openTransfers(asking product: Int, limit: Int) -> [Transfer] {
    look(otherwise: []) { (reading) throws(SQLiteError) in
      try reading.openAsking.bind(1, product)
      try reading.openAsking.bind(2, limit)
      return try transfers(reading.openAsking).map(\.transfer)
    }
  }

  /// Open transfers with a line out of or into a package of that name, oldest first, at most
  /// `limit`.
  public func openTransfers(holding package: String, limit: Int) -> [Transfer] {
    look(otherwise: []) { (reading) throws(SQLiteError) in
      try reading.openHolding.bind(1, package)
      try reading.openHolding.bind(2, limit)
      return try transfers(reading.openHolding).map(\.transfer)
    }
  }

  /// The batch or wave of that name, in any letter case, with the transfers that the mirror knows
  /// of it, closed ones too; nil if it knows none.
  public func batch(named name: String) -> Batch? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      try reading.together { () throws(SQLiteError) in
        let statement = reading.batchByName
        defer { statement.reset() }
        try statement.bind(1, name)
        guard try statement.step() else { return nil }
        let id = statement.int(0)
        let ids = try transferIDs(ofBatch: id, reading)
        guard !ids.isEmpty else { return nil }
        return Batch(id: id, name: statement.text(1), transferIDs: ids)
      }
    }
  }

  private func transferIDs(
    ofBatch id: Int,
    _ reading: MirrorReading
  ) throws(SQLiteError) -> [Int] {
    let statement = reading.transfersOfBatch
    defer { statement.reset() }
    try statement.bind(1, id)
    var ids: [Int] = []
    while try statement.step() { ids.append(statement.int(0)) }
    return ids
  }

  /// The package type with that database id.
  public func packageType(id: Int) -> PackageType? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      try reading.packageTypeByID.bind(1, id)
      return try packageType(reading.packageTypeByID)
    }
  }

  /// The package type of that barcode.
  public func packageType(barcode: String) -> PackageType? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      try reading.packageTypeByBarcode.bind(1, barcode)
      return try packageType(reading.packageTypeByBarcode)
    }
  }

  private func packageType(_ statement: Statement) throws(SQLiteError) -> PackageType? {
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return PackageType(
      id: statement.int(0),
      name: statement.text(1),
      barcode: statement.optionalText(2),
      tare: Quantity(millionths: statement.int64(3)),
      heaviest: Quantity(millionths: statement.int64(4)),
      carrierType: statement.optionalText(5)
    )
  }

  /// The steps of all operation types, by their database ids.
  public var stepsOfTypes: [Int: Transfer.Step] {
    look(otherwise: [:]) { (reading) throws(SQLiteError) in
      let statement = reading.typeSteps
      defer { statement.reset() }
      var found: [Int: Transfer.Step] = [:]
      while try statement.step() {
        found[statement.int(0)] = Transfer.Step(rawValue: statement.text(1))
      }
      return found
    }
  }

  /// The name of a unit of measure.
  public func unitName(id: Int) -> String? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      let statement = reading.unitName
      defer { statement.reset() }
      try statement.bind(1, id)
      return try statement.step() ? statement.text(0) : nil
    }
  }

  /// The steps of a warehouse; one step each where the mirror does not know it.
  public func route(ofWarehouse id: Int) -> Route {
    look(otherwise: Route()) { (reading) throws(SQLiteError) in
      let statement = reading.warehouseByID
      defer { statement.reset() }
      try statement.bind(1, id)
      guard try statement.step() else { return Route() }
      return Route(delivery: steps(statement.text(0)), reception: steps(statement.text(1)))
    }
  }

  private func steps(_ text: String) -> [Transfer.Step] {
    text.split(separator: " ").compactMap { Transfer.Step(rawValue: String($0)) }
  }
}
