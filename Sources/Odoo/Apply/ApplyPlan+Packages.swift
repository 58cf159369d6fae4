internal import Floor
internal import JSON

/// Packages: made under external ids, then weighed, typed and put into each other.
extension ApplyPlan {
  /// Packages to make, in an order that follows from the confirmation alone.
  private var wantedPackages: [Confirmation.Package] {
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
    guard let first = rows.first else { return nil }
    // One call takes rows with the same columns: an empty cell would write a zero.
    let alike = rows.filter { Set($0.cells.keys) == Set(first.cells.keys) }
    let columns = Self.packageColumns.filter { first.cells[$0] != nil }
    let data = alike.map { row in columns.map { row.cells[$0] ?? "" } }
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
    for package in confirmation.packages {
      guard let id = packageID(package.name),
        let now = snapshot.packages.first(where: { $0.id == id })
      else { continue }
      var vals: JSONObject = [:]
      if fields.hasPackageWeight, let weight = package.weight, now.weight != weight {
        vals["shipping_weight"] = weight.json
      }
      if fields.hasPackageType, let type = package.typeID, now.typeID != type {
        vals["package_type_id"] = .int(type)
      }
      if fields.hasContainers, let parent = package.parent.flatMap({ packageID($0) }),
        now.containerID != parent
      {
        // The validation makes the destination the container, and would empty `parent_package_id`.
        vals["package_dest_id"] = .int(parent)
      }
      guard !vals.members.isEmpty else { continue }
      let call = OdooCall(
        fields.packageModel,
        "write",
        ids: [id],
        arguments: ["vals": .object(vals)],
        writes: true
      )
      return act(.weigh, call)
    }
    return nil
  }

  private mutating func noteWhatIsLeftOut() {
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
