internal import JSON

/// Reads our own events; `docs/events.md` is the contract for those who send them.
enum CanonicalReader {
  static func event(
    _ message: inout Message,
    kind: EventKind,
    context: ReadingContext
  ) throws(Malformed) -> DecodedEvent {
    let device = try context.neededDevice()
    if kind == .scan, !startsObject(message.payload) {
      return DecodedEvent(
        device: device,
        kind: .scan,
        body: .scan(EventBody.Scan(code: try RawText.code(message.payload))),
        identity: DeviceIdentity(),
        profile: context.profile
      )
    }
    let object = try object(&message, kind: kind)
    do throws(Malformed) {
      return DecodedEvent(
        device: device,
        kind: kind,
        body: try body(of: object, kind: kind),
        identity: try identity(of: object),
        profile: context.profile
      )
    } catch {
      throw Malformed(error.reason, id: readableID(of: object))
    }
  }

  /// True if the first byte past blanks is `{`: then the payload must be JSON.
  private static func startsObject(_ payload: [UInt8]) -> Bool {
    for byte in payload {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      default: return byte == UInt8(ascii: "{")
      }
    }
    return false
  }

  private static func object(
    _ message: inout Message,
    kind: EventKind
  ) throws(Malformed) -> JSONObject {
    guard !message.payload.isEmpty else {
      throw Malformed("the payload is empty; expected a JSON object: send the event again")
    }
    switch message.json() {
    case .success(.object(let object)): return object
    case .success(let other):
      throw Malformed(
        "the payload is \(Malformed.shown(other)); expected a JSON object with the members of a"
          + " \(kind.rawValue) event"
      )
    case .failure(let error):
      throw Malformed(
        "the payload is not valid JSON (\(error)); expected a JSON object with the members of a"
          + " \(kind.rawValue) event"
      )
    }
  }

  /// The id for the answer, even where the rest is wrong.
  private static func readableID(of object: JSONObject) -> String? {
    guard let id = object["id"]?.string,
      TextRules.fault(of: id[...], longest: TextRules.longestID) == nil
    else { return nil }
    return id
  }

  private static let common: [StaticString] = ["id", "sequence", "session", "time"]

  private static func identity(of object: JSONObject) throws(Malformed) -> DeviceIdentity {
    let fields = Fields(trusted: object)
    let time = try time(of: fields)
    return DeviceIdentity(
      id: try fields.text("id", longest: TextRules.longestID),
      sequence: try sequence(of: fields),
      session: try fields.text("session", longest: TextRules.longestID),
      time: time?.milliseconds,
      timeResolution: time?.resolution ?? 1000
    )
  }

  private static func sequence(of fields: Fields) throws(Malformed) -> Int64? {
    guard let value = fields.object["sequence"] else { return nil }
    guard let sequence = value.int, sequence >= 0 else {
      throw fields.failure("sequence", "a whole number from 0")
    }
    return Int64(sequence)
  }

  private static func time(of fields: Fields) throws(Malformed) -> DeviceTime? {
    let expected = "milliseconds since 1970 as a whole number, or ISO 8601 text with an offset"
    switch fields.object["time"] {
    case nil: return nil
    case .number(let text)?:
      if let time = DeviceTime.number(text, unit: .milliseconds), !text.contains(".") {
        return time
      }
    case .string(let text)?:
      do throws(DeviceTime.ISOFailure) {
        return try DeviceTime.iso8601(text)
      } catch {
        if error == .noZone {
          throw Malformed("time \(Malformed.shown(text)) has no offset: add Z, or +hh:mm")
        }
      }
    default: break
    }
    throw fields.failure("time", expected)
  }

  private static func body(
    of object: JSONObject,
    kind: EventKind
  ) throws(Malformed) -> EventBody {
    switch kind {
    case .scan:
      .scan(try scan(try Fields(object, known: common + ["code", "symbology", "quantity"])))
    case .weight:
      .weight(
        try weight(try Fields(object, known: common + ["value", "unit", "stable", "package"]))
      )
    case .pick: .work(try work(object, step: .pick))
    case .pack: .work(try work(object, step: .pack))
    case .ship: .work(try work(object, step: .ship))
    case .receive: .work(try work(object, step: .receive))
    case .count:
      .count(
        try count(try Fields(object, known: common + ["location", "code", "quantity", "lot"]))
      )
    case .command: .command(try command(try Fields(object, known: common + ["command"])))
    }
  }

  private static var positiveQuantity: String { "a number above 0, at most \(Quantity.limit)" }

  private static func scan(_ fields: Fields) throws(Malformed) -> EventBody.Scan {
    EventBody.Scan(
      code: try fields.required("code", try fields.code("code"), "the scanned code"),
      symbology: try fields.text("symbology", longest: TextRules.longestSymbology),
      quantity: try fields.quantity("quantity", positiveQuantity) { $0 > .zero }
    )
  }

  private static func weight(_ fields: Fields) throws(Malformed) -> EventBody.Weight {
    EventBody.Weight(
      kilograms: try kilograms(fields),
      stable: try fields.flag("stable") ?? true,
      package: try fields.code("package", longest: TextRules.longestName)
    )
  }

  private static func kilograms(_ fields: Fields) throws(Malformed) -> Quantity {
    let expected = "a weight of at most \(WeightUnit.heaviest) kg, as a number or text"
    let value = try fields.required(
      "value",
      try fields.quantity("value", expected) { _ in true },
      expected
    )
    guard let unit = fields.object["unit"]?.string.flatMap({ WeightUnit(rawValue: $0) }) else {
      throw fields.failure("unit", WeightUnit.expectation)
    }
    guard let kilograms = unit.kilograms(value) else { throw fields.failure("value", expected) }
    return kilograms
  }

  private static func work(
    _ object: JSONObject,
    step: Transfer.Step
  ) throws(Malformed) -> EventBody.Work {
    let known: [StaticString] = [
      "transfer", "lines", "package", "weight", "tracking", "validate",
    ]
    let fields = try Fields(object, known: common + known)
    let work = EventBody.Work(
      step: step,
      transfer: try fields.text("transfer", longest: TextRules.longestName),
      lines: try lines(fields),
      package: try fields.code("package", longest: TextRules.longestName),
      kilograms: try grossWeight(fields),
      tracking: try fields.text("tracking", longest: TextRules.longestName),
      validate: try fields.flag("validate") ?? false
    )
    guard known.contains(where: { object[$0.description] != nil }) else {
      throw Malformed(
        "the event says nothing; expected at least one of transfer, lines, package, weight,"
          + " tracking, validate"
      )
    }
    return work
  }

  private static func grossWeight(_ fields: Fields) throws(Malformed) -> Quantity? {
    guard let value = fields.object["weight"] else { return nil }
    guard let object = value.object else {
      throw fields.failure("weight", "an object with value and unit")
    }
    let members = try Fields(object, path: "weight.", known: ["value", "unit"])
    let weight = try kilograms(members)
    guard weight > .zero else { throw members.failure("value", "a weight above 0") }
    return weight
  }

  private static func lines(_ fields: Fields) throws(Malformed) -> [EventBody.Work.Line] {
    guard let value = fields.object["lines"] else { return [] }
    let expected = "a list of 1 to \(TextRules.mostLines) objects with a code each"
    guard let elements = value.array, (1...TextRules.mostLines).contains(elements.count) else {
      throw fields.failure("lines", expected)
    }
    var lines: [EventBody.Work.Line] = []
    lines.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      guard let object = element.object else {
        throw Malformed("lines[\(index)] is \(Malformed.shown(element)); expected an object")
      }
      lines.append(try line(object, path: "lines[\(index)]."))
    }
    return lines
  }

  private static func line(
    _ object: JSONObject,
    path: String
  ) throws(Malformed) -> EventBody.Work.Line {
    let fields = try Fields(object, path: path, known: ["code", "quantity", "lot", "package"])
    return EventBody.Work.Line(
      code: try fields.required("code", try fields.code("code"), "a product or package barcode"),
      quantity: try fields.quantity("quantity", positiveQuantity) { $0 > .zero } ?? .one,
      lot: try fields.text("lot", longest: TextRules.longestName),
      package: try fields.code("package", longest: TextRules.longestName)
    )
  }

  private static func count(_ fields: Fields) throws(Malformed) -> EventBody.Count {
    let expected = "a number from 0 to \(Quantity.limit)"
    return EventBody.Count(
      location: try fields.required(
        "location",
        try fields.code("location", longest: TextRules.longestName),
        "the barcode of the location"
      ),
      code: try fields.required("code", try fields.code("code"), "the barcode of the product"),
      quantity: try fields.required(
        "quantity",
        try fields.quantity("quantity", expected) { $0 >= .zero },
        expected
      ),
      lot: try fields.text("lot", longest: TextRules.longestName)
    )
  }

  private static func command(_ fields: Fields) throws(Malformed) -> EventBody.Command {
    let text = fields.object["command"]?.string
    guard let command = text.flatMap({ EventBody.Command(rawValue: $0) }) else {
      let names = EventBody.Command.allCases.map { $0.rawValue }.joined(separator: ", ")
      throw fields.failure("command", "one of \(names)")
    }
    return command
  }
}

extension Fields {
  /// Fields whose names are checked elsewhere.
  fileprivate init(trusted object: JSONObject) {
    self.object = object
    path = ""
  }
}

extension ReadingContext {
  func neededDevice() throws(Malformed) -> String {
    guard let device else {
      throw Malformed("the topic names no device: add {device} to the profile's topic")
    }
    return device
  }
}
