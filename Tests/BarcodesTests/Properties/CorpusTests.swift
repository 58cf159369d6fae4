internal import Barcodes
internal import FoundationEssentials
import Testing

/// Reads the fuzzer's kept codes: what once was a finding stays one test.
@Suite("Fuzz corpus")
struct CorpusTests {
  @Test func readsEveryKeptCode() throws {
    let folder = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/Corpus")
    #expect(names.count >= 18)
    for name in names {
      let bytes = FileManager.default.contents(atPath: folder + "/Corpus/" + name) ?? Data()
      let text = String(decoding: bytes, as: UTF8.self)
      let code = Barcode.read(text, options: Barcode.Options(year: 2026, region: .germany))
      #expect(code.raw == text && !code.explain.isEmpty, "\(name)")
      #expect((0...text.utf8.count).contains(code.error?.position ?? 0), "\(name)")
      if let message = code.message {
        let again = try GS1Message(elementString: message.elementString, year: 2026)
        #expect(again.elements == message.elements, "\(name)")
      }
      let rule = Nomenclature.Rule(
        name: name,
        type: "product",
        encoding: .any,
        pattern: text,
        sequence: 1
      )
      _ = Nomenclature(name: name, isGS1: true, rules: [rule]).match(text, year: 2026)
    }
  }
}
