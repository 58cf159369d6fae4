/// The barcode rules of the company whose user reads here.
extension Run {
  /// Takes the companies; of several the first that has rules decides.
  mutating func takeCompanies(_ rows: [Row]) {
    guard let id = rows.lazy.compactMap({ $0.id("nomenclature_id") }).first else {
      changes.append(.nomenclature(nil))
      return
    }
    go(.nomenclature(id))
  }

  /// Takes the rules of a nomenclature.
  mutating func take(rules rows: [Row], of nomenclature: Row) {
    changes.append(.nomenclature(OdooNomenclature.read(nomenclature, rules: rows)))
  }
}
