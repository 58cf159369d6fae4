public import JSON

extension Verdict {
  /// The verdict as the journal stores it: the English text, and what it was made of.
  public var json: JSON {
    var object: JSONObject = [
      "signal": .string(signal.rawValue), "code": .string(code.rawValue),
      "message": .string(message),
    ]
    if !sentence.key.isEmpty { object["sentence"] = sentence.json }
    if !remarks.isEmpty { object["remarks"] = .array(remarks.map(\.json)) }
    if let transfer { object["transfer"] = .string(transfer) }
    if let left {
      var part: JSONObject = ["counted": left.counted.json, "total": left.total.json]
      if let product = left.product { part["product"] = product.json }
      object["left"] = .object(part)
    }
    if let mirrorAge { object["mirror_age"] = .int64(mirrorAge) }
    return .object(object)
  }

  /// A verdict from what `json` made; nil for anything else.
  public init?(json: JSON) {
    guard let signal = json["signal"]?.string.flatMap(Signal.init(rawValue:)),
      let code = json["code"]?.string.flatMap(VerdictCode.init(rawValue:)),
      let message = json["message"]?.string
    else { return nil }
    var left: Left?
    if let part = json["left"], let counted = part["counted"].flatMap({ Quantity($0) }),
      let total = part["total"].flatMap({ Quantity($0) })
    {
      left = Left(
        product: part["product"].flatMap { Quantity($0) },
        counted: counted,
        total: total
      )
    }
    let said = Self.said(json, message)
    self.init(
      signal: signal,
      code: code,
      sentence: said.sentence,
      remarks: said.remarks,
      transfer: json["transfer"]?.string,
      left: left,
      mirrorAge: json["mirror_age"]?.int.map { Int64($0) }
    )
  }

  /// What a stored verdict said.
  ///
  /// Rows of older versions have the text alone, and phrases may have changed since: the text that
  /// the worker was shown then is what counts.
  private static func said(
    _ json: JSON,
    _ message: String
  ) -> (sentence: Sentence, remarks: [Sentence]) {
    guard let sentence = json["sentence"].flatMap({ Sentence(json: $0) }) else {
      return (Sentence(plain: message), [])
    }
    let remarks = json["remarks"]?.array?.compactMap { Sentence(json: $0) } ?? []
    guard remarks.reduce(sentence.text, { "\($0) \($1.text)" }) == message else {
      return (Sentence(plain: message), [])
    }
    return (sentence, remarks)
  }
}
