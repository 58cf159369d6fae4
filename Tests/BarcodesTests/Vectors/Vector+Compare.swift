@testable internal import Barcodes

extension Vector {
  /// How we differ from the reference; nil if we do not.
  func difference(table: AITable = .shared) -> String? {
    switch read(table) {
    case .success(let barcode):
      guard isRead || onlyWarns else { return "read, expected \(error ?? "an error")" }
      return barcode.flatMap(difference)
    case .failure(let fault):
      if isRead || onlyWarns { return "refused: \(fault.kind.rawValue)" }
      let kinds = Self.kinds[error ?? ""] ?? []
      return kinds.contains(fault.kind) || (error ?? "").hasPrefix("COUPON")
        ? nil : "\(fault.kind.rawValue) instead of \(error ?? "")"
    }
  }

  /// What the reference refuses and we only warn about.
  private var onlyWarns: Bool { error == "INVALID_AI_PAIRS" || error == "SERIAL_NOT_PRESENT" }

  private func read(_ table: AITable) -> Result<Barcode?, GS1Error> {
    switch kind {
    case "bracketed":
      Self.wrap { () throws(GS1Error) in
        try GS1Message(bracketed: input, year: 2026, table: table)
      }
    case "dl-uri":
      Self.wrap { () throws(GS1Error) in
        try GS1Message(
          link: input,
          year: 2026,
          allowsShortGTIN: settings.contains("permitZeroSuppressedGTINinDLuris")
        )
      }
    case "unbracketed": Self.wrap { () throws(GS1Error) in try fromCarets() }
    default: scan()
    }
  }

  private static func wrap(
    _ body: () throws(GS1Error) -> GS1Message
  ) -> Result<Barcode?, GS1Error> {
    Result(catching: body).map { message in
      var barcode = Barcode.read("", options: Barcode.Options(year: 2026))
      barcode.content = .gs1(message)
      return barcode
    }
  }

  /// `^` is FNC1; the reference wants it in front, and parts a composite's halves with `|`.
  private func fromCarets() throws(GS1Error) -> GS1Message {
    guard input.hasPrefix("^") else { throw GS1Error(.empty, at: 0) }
    let text = input.split(separator: "|", omittingEmptySubsequences: false).joined()
    let bytes = text.utf8.map { $0 == UInt8(ascii: "^") ? Separators.groupSeparator : $0 }
    return try GS1Message(
      elementString: String(decoding: bytes, as: UTF8.self),
      marking: .leadingSeparator,
      year: 2026
    )
  }

  private func scan() -> Result<Barcode?, GS1Error> {
    let barcode = Barcode.read(input, options: Barcode.Options(year: 2026))
    if let error = barcode.error { return .failure(error) }
    // Without an identifier the reference reads nothing; for us that is text.
    if error == "MISSING_SYMBOLOGY_IDENTIFIER" || error == "UNSUPPORTED_SYMBOLOGY_IDENTIFIER",
      !barcode.isMarkedGS1
    {
      return .failure(GS1Error(.empty, at: 0))
    }
    return .success(barcode)
  }

  private func difference(_ barcode: Barcode) -> String? {
    let elements = barcode.message?.elements ?? []
    let values = Dictionary(elements.map { ($0.ai, $0.value) }) { first, _ in first }
    if !onlyWarns, values != expected { return "read \(values), expected \(expected)" }
    if !order.isEmpty, order != elements.map({ [$0.ai, $0.value] }) {
      return "read \(elements.map { [$0.ai, $0.value] }), expected \(order)"
    }
    if let gtin, barcode.gtin != gtin { return "GTIN \(barcode.gtin ?? "none")" }
    if elements.isEmpty, let text, barcode.text != text { return "text \(barcode.text)" }
    return settings.contains("no validateRequisiteAIs")
      ? nil : difference(in: barcode.message?.warnings ?? [])
  }

  /// We warn where the reference refuses, and nowhere else.
  private func difference(in warnings: [GS1Message.Warning]) -> String? {
    let kinds = Set(warnings.map(\.kind))
    return switch error {
    case "REQUIRED_AIS_NOT_SATISFIED":
      kinds.contains(.companionMissing) ? nil : "no warning of a missing companion"
    case "INVALID_AI_PAIRS": kinds.contains(.exclusive) ? nil : "no warning of exclusive AIs"
    case "SERIAL_NOT_PRESENT": kinds.contains(.serialMissing) ? nil : "no warning of the serial"
    default: kinds.isEmpty ? nil : "warned: \(warnings.map(\.description))"
    }
  }
}
