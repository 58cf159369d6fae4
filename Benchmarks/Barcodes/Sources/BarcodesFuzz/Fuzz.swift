import Barcodes

/// libFuzzer's entry: everything that reads a code from outside, on arbitrary bytes.
///
/// A crash, a hang, a lost text, an error outside the text, and a message that does not read
/// again as itself are findings.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let text = String(decoding: bytes, as: UTF8.self)
  for region in [nil, VariableMeasure.Region.germany, .sweden] {
    let options = Barcode.Options(year: 2026, separators: ["|"], region: region)
    let code = Barcode.read(text, options: options)
    precondition(code.raw == text, "the text is lost")
    precondition(!code.explain.isEmpty, "nothing is explained")
    if let error = code.error {
      precondition((0...text.utf8.count).contains(error.position), "the position is outside")
    }
    if let message = code.message { readAgain(message) }
  }
  _ = Nomenclature.odooGS1.match(text, year: 2026)
  let rule = Nomenclature.Rule(
    name: "fuzz",
    type: "product",
    encoding: .any,
    pattern: text,
    sequence: 1
  )
  _ = Nomenclature(name: "fuzz", isGS1: false, rules: [rule]).plainMatch(text)
  return 0
}

private func readAgain(_ message: GS1Message) {
  let again = try? GS1Message(elementString: message.elementString, year: 2026)
  precondition(again?.elements == message.elements, "the message does not read again")
  let printed = try? GS1Message(bracketed: message.bracketed, year: 2026)
  precondition(printed?.elements == message.elements, "the brackets do not read again")
}
