internal import Barcodes
internal import JSON
internal import Rehearsal

extension Explanation {
  /// The explanation for scripts.
  func json(_ knowledge: Knowledge) -> JSON {
    [
      "code": .string(barcode.raw), "text": .string(barcode.text),
      "replaced": .array(
        spelled.replaced.map {
          ["spelling": .string($0.spelling), "position": .int($0.position)]
        }
      ),
      "symbology": barcode.symbology.map { symbology in
        ["id": .string(symbology.id), "name": .string(symbology.description)]
      } ?? .null,
      "kind": .string(kind), "marking": .text(barcode.message?.marking.rawValue),
      "sscc": .text(barcode.sscc), "gtin": .text(barcode.gtin), "lot": .text(barcode.lot),
      "serial": .text(barcode.serial), "elements": .array(elements),
      "warnings": .array((barcode.message?.warnings ?? []).map { .string($0.description) }),
      "hint": .text(barcode.message?.runTogether),
      "reading": .array(barcode.explain.map(JSON.string)),
      "damage": damage?.json ?? .null, "mirror": .bool(knowledge.mirror != nil),
      "source": .string(knowledge.source), "lookups": .array(trail.map(\.json)),
      "taken_for": damage?.isRefused == true ? .null : taken?.json ?? .null,
    ]
  }

  private var kind: String {
    switch barcode.content {
    case .empty: "empty"
    case .tooLong: "too_long"
    case .command: "command"
    case .gs1: "gs1"
    case .invalidGS1: "damaged_gs1"
    case .gtin: "gtin"
    case .sscc: "sscc"
    case .epc: "epc"
    case .url: "url"
    case .text: "text"
    }
  }

  private var elements: [JSON] {
    guard let message = barcode.message else { return [] }
    return message.elements.map { element in
      let meaning = ElementMeaning(element, year: message.year)
      return [
        "ai": .string(element.ai), "name": .string(element.identifier.name),
        "value": .string(element.value), "number": .text(meaning.number),
        "unit": .text(meaning.unit), "date": .text(meaning.date),
        "currency": .text(meaning.currency),
      ]
    }
  }
}

extension Damage {
  var json: JSON {
    [
      "reason": .string(reason), "message": .string(message), "position": .int(position),
      "ai": .text(ai), "refused": .bool(isRefused),
    ]
  }
}

extension LookupStep {
  var json: JSON {
    [
      "question": .string(question), "asked": .bool(unasked == nil),
      "findings": .array(findings.map(\.json)),
    ]
  }
}

extension Explanation.Finding {
  var json: JSON {
    [
      "kind": .string(kind), "name": .string(name), "id": .int(id),
      "facts": .array(facts.map(JSON.string)), "stations": .array(stations.map(JSON.string)),
    ]
  }
}
