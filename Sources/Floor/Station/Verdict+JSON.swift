public import JSON

extension Verdict {
  /// The verdict as the journal stores it and as our own feedback carries it.
  public var json: JSON {
    var object: JSONObject = [
      "signal": .string(signal.rawValue), "code": .string(code.rawValue),
      "message": .string(message),
    ]
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
    self.init(
      signal: signal,
      code: code,
      message: message,
      transfer: json["transfer"]?.string,
      left: left,
      mirrorAge: json["mirror_age"]?.int.map { Int64($0) }
    )
  }
}
