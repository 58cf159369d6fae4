public import Barcodes
internal import JSON
internal import Odoo

extension MirrorReader {
  /// The company's barcode rules; nil where it has none, or none were read yet.
  public var nomenclature: Nomenclature? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      let statement = reading.nomenclature
      defer { statement.reset() }
      guard try statement.step() else { return nil }
      let bytes = statement.bytes(0)
      if bytes != readNomenclature.bytes {
        let json = try? JSON.parse(bytes)
        readNomenclature = (bytes, json.flatMap { Nomenclature(json: $0) })
      }
      return readNomenclature.value
    }
  }
}
