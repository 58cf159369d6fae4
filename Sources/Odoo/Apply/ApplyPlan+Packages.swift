internal import Floor
internal import JSON

/// Packages: made under external ids, then weighed, typed and put into each other.
extension ApplyPlan {
  /// Packages to make, in an order that follows from the confirmation alone.
  var wantedPackages: [Confirmation.Package] {
    var out: [Confirmation.Package] = []
    func add(_ name: String) {
      guard !out.contains(where: { $0.name == name }) else { return }
      out.append(confirmation.packages.first { $0.name == name } ?? .init(name: name))
    }
    for line in confirmation.lines where line.quantity > .zero {
      if let name = line.package { add(name) }
    }
    // A container holds no goods of its own.
    if fields.hasContainers { for name in confirmation.packages.compactMap(\.parent) { add(name) } }
    return out
  }

  mutating func loadPackages() -> Step? {
    let missing = wantedPackages.enumerated().filter {
      snapshot.packageIDs($0.element.name).isEmpty
    }
    let rows = missing.map { index, package in
      LineRow(cells: cells(of: package, externalID("p\(index)")))
    }
    guard !rows.isEmpty else { return nil }
    // An empty cell is no weight and no type, as a new package has none.
    let columns = Self.packageColumns.filter { column in
      rows.contains { $0.cells[column] != nil }
    }
    let data = rows.map { row in columns.map { row.cells[$0] ?? "" } }
    return act(.loadPackages, load(fields.packageModel, columns, data))
  }

  private static let packageColumns = ["id", "name", "shipping_weight", "package_type_id/.id"]

  private func cells(of package: Confirmation.Package, _ id: String) -> [String: String] {
    var cells = ["id": id, "name": package.name]
    if fields.hasPackageWeight { cells["shipping_weight"] = package.weight?.description }
    if fields.hasPackageType { cells["package_type_id/.id"] = package.typeID.map { "\($0)" } }
    return cells
  }

  /// Writes what a package is not yet: its weight, its type, what it is in.
  mutating func tendPackages() -> Step? {
    noteWhatIsLeftOut()
    guard let edit = confirmation.packages.compactMap({ edit(of: $0) }).first else {
      return nil
    }
    let call = OdooCall(
      fields.packageModel,
      "write",
      ids: [edit.id],
      arguments: ["vals": .object(edit.vals)],
      writes: true
    )
    return act(.weigh, call)
  }

  /// What a package that Odoo has is not yet; nil if nothing.
  func edit(of package: Confirmation.Package) -> (id: Int, vals: JSONObject)? {
    guard let id = packageID(package.name),
      let now = snapshot.packages.first(where: { $0.id == id })
    else { return nil }
    var vals = ownVals(of: package)
    if now.weight == package.weight { vals["shipping_weight"] = nil }
    if now.typeID == package.typeID { vals["package_type_id"] = nil }
    if fields.hasContainers, let parent = package.parent.flatMap({ packageID($0) }),
      now.containerID != parent
    {
      // The validation makes the destination the container, and would empty `parent_package_id`.
      vals["package_dest_id"] = .int(parent)
    }
    return vals.members.isEmpty ? nil : (id, vals)
  }

  /// Weight and type of a package, as far as this Odoo keeps them.
  func ownVals(of package: Confirmation.Package) -> JSONObject {
    var vals: JSONObject = [:]
    if fields.hasPackageWeight { vals["shipping_weight"] = package.weight?.json }
    if fields.hasPackageType { vals["package_type_id"] = package.typeID.map { .int($0) } }
    return vals
  }

  mutating func noteWhatIsLeftOut() {
    if !fields.hasTracking, let tracking = confirmation.tracking {
      note("The tracking reference \(tracking) was not written: Odoo has no field for it.")
    }
    if !fields.hasExpiry, confirmation.lines.contains(where: { $0.expires != nil }) {
      note("Expiration dates were not written: this Odoo does not keep them.")
    }
    let packages = confirmation.packages
    if !fields.hasPackageWeight, packages.contains(where: { $0.weight != nil }) {
      note("Weights were not written: packages of this Odoo have no shipping weight.")
    }
    if !fields.hasPackageType, packages.contains(where: { $0.typeID != nil }) {
      note("Package types were not written: packages of this Odoo have none.")
    }
    if !fields.hasContainers, packages.contains(where: { $0.parent != nil }) {
      note("Which package is in which was not written: Odoo keeps that only since version 19.")
    }
  }

  /// Adds a note, once.
  mutating func note(_ text: String) {
    if !memory.notes.contains(text) { memory.notes.append(text) }
  }
}
