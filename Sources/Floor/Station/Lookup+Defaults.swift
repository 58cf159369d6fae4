extension MirrorLookup {
  /// Nothing: this look-up does not know references.
  public func products(reference: String) -> [Product] { [] }
  /// Nothing: this look-up does not know package types.
  public func packageType(id: Int) -> PackageType? { nil }
  /// Nothing: this look-up does not know package types.
  public func packageType(barcode: String) -> PackageType? { nil }
  /// Nothing: this look-up does not know operation types.
  public func operation(barcode: String) -> Transfer.Operation? { nil }
  /// Nothing: this look-up does not know batches.
  public func batch(named name: String) -> Batch? { nil }
  /// Nothing: this look-up does not know chains.
  public func transfers(ofChain chain: String) -> [Transfer] { [] }
  /// Nothing: this look-up has no index of products.
  public func openTransfers(asking product: Int, limit: Int) -> [Transfer] { [] }
  /// Nothing: this look-up has no index of packages.
  public func openTransfers(holding package: String, limit: Int) -> [Transfer] { [] }
  /// One step each: this look-up does not know routes.
  public func route(ofWarehouse id: Int) -> Route { Route() }
}

extension Lookup {
  /// Nothing: this look-up has no index of names.
  public func closures(naming name: String) -> [Closure] { [] }
  /// Nothing: this look-up does not know chains.
  public func closures(ofChain chain: String) -> [Closure] { [] }
}
