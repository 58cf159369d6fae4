internal import JSON

@testable internal import Barcodes

extension Biip {
  private var region: VariableMeasure.Region? {
    settings.string("rcn_region").flatMap(VariableMeasure.Region.init)
  }

  private var code: String { ScannedCode(input).text }

  /// The article, and the weight, price or count of an in-store code.
  var gtin: Bool? {
    if settings["rcn_verify_variable_measure"] != nil || settings.string("rcn_region") == "foo" {
      return nil
    }
    guard let region else { return (GTIN.canonical(code) != nil) == isValid }
    do throws(VariableMeasure.ReadError) {
      let measure = try VariableMeasure.read(code, region: region)
      guard isValid else { return false }
      let amount = expected.string("weight") ?? expected.string("price") ?? count
      return measure?.amount == amount.flatMap(Self.decimal)
        && (measure == nil || measure?.itemReference == expected.string("item_reference"))
        && measure?.currency
          == expected.string("money")?.split(separator: " ").last
          .map(String.init)
    } catch {
      return !isValid
    }
  }

  private var count: String? {
    if case .number(let text) = expected["count"] { text } else { nil }
  }

  /// The in-store code with its amount zeroed.
  var base: Bool? {
    guard let region, isValid else { return nil }
    let measure = (try? VariableMeasure.read(code, region: region)) ?? nil
    return (measure?.baseCode ?? code) == item.string("expect")
  }

  var upc: Bool? {
    // Six and seven digits are never scanned.
    guard code.utf8.count == 8 || code.utf8.count == 12 else { return nil }
    let long = code.utf8.count == 8 ? UPCE.expanded(code) : code
    return long == expected.string("upc_a")
      && long.flatMap { UPCE.compressed($0) } == expected.string("upc_e")
  }

  var symbology: Bool? {
    let id = Barcode.read(input, options: Barcode.Options(year: 2026)).symbology?.id
    return isValid ? id == expected.string("value")?.prefix(3).description : id == nil
  }
}
