internal import JSON

extension JSONReading {
  /// Most events of one message.
  static let mostItems = 1000

  /// The events of a message; nil where the conditions say that it is not meant.
  func events(
    _ message: inout Message,
    _ context: ReadingContext
  ) throws(Malformed) -> [DecodedEvent]? {
    let root: JSON
    switch message.json() {
    case .success(let value): root = value
    case .failure(let error):
      throw Malformed("the payload is not valid JSON (\(error)); expected the device's JSON")
    }
    let list = try elements(of: root)
    let items = list.filter { item in conditions.allSatisfy { $0.holds(in: root, item: item) } }
    guard !items.isEmpty else { return nil }
    var events: [DecodedEvent] = []
    for (index, item) in items.enumerated() {
      let reader = ItemReader(root: root, item: item, reading: self, context: context)
      var event = try reader.event()
      if items.count > 1 { tell(&event.identity, apart: index, of: message.payload) }
      events.append(event)
    }
    return events
  }

  private func elements(of root: JSON) throws(Malformed) -> [JSON] {
    guard let items else { return [root] }
    // One reading is sent bare and several as an array by some devices, so both are taken.
    guard let value = items.value(in: root, item: root) else { return [] }
    guard let list = value.array else { return [value] }
    guard list.count <= Self.mostItems else {
      throw Malformed(
        "the message holds \(list.count) readings; expected at most \(Self.mostItems): set the"
          + " reader to smaller batches"
      )
    }
    return list
  }

  /// Gives each event of a batch an identity of its own.
  ///
  /// They share the message's id or time, and without this all but one would pass for duplicates.
  private func tell(_ identity: inout DeviceIdentity, apart index: Int, of payload: [UInt8]) {
    if id?.isRelative != true, let shared = identity.id {
      identity.id = "\(shared)#\(index)"
    } else if identity.id == nil, sequence?.isRelative != true, let shared = identity.sequence {
      identity.id = "\(identity.session ?? "")/\(shared)#\(index)"
    } else if identity.id == nil, identity.sequence == nil, let time = identity.time,
      identity.timeResolution <= DeviceIdentity.finestUsefulResolution
    {
      let hash = EventHash(payload).hex
      identity.id = "\(time)/\(hash)#\(index)"
    }
  }
}

extension Profile.Ignored {
  /// True if the message is one of those to pass over.
  func takes(_ message: inout Message) throws(Malformed) -> Bool {
    guard !conditions.isEmpty else { return true }
    guard case .success(let root) = message.json() else { return false }
    return conditions.allSatisfy { $0.holds(in: root, item: root) }
  }
}

/// Reads one event out of somebody else's JSON.
struct ItemReader {
  let root: JSON
  let item: JSON
  let reading: JSONReading
  let context: ReadingContext

  func event() throws(Malformed) -> DecodedEvent {
    let id = try text(reading.id, "id", longest: TextRules.longestID)
    let device = try device(id: id)
    do throws(Malformed) {
      let time = time()
      return DecodedEvent(
        device: device,
        kind: reading.content.kind,
        body: try body(),
        identity: DeviceIdentity(
          id: id,
          sequence: value(reading.sequence)?.int.flatMap { $0 >= 0 ? Int64($0) : nil },
          session: try text(reading.session, "session", longest: TextRules.longestID),
          time: time?.milliseconds,
          timeResolution: max(time?.resolution ?? 1000, reading.timeResolution ?? 1)
        ),
        profile: context.profile
      )
    } catch {
      throw Malformed(error.reason, device: device, id: id)
    }
  }

  private func value(_ pointer: Pointer?) -> JSON? { pointer?.value(in: root, item: item) }

  private func text(
    _ pointer: Pointer?,
    _ what: String,
    longest: Int
  ) throws(Malformed) -> String? {
    guard let pointer, let value = value(pointer) else { return nil }
    let text = value.string ?? value.number
    guard let text, TextRules.fault(of: text[...], longest: longest) == nil else {
      throw Malformed(
        "the \(what) at \(pointer.text) is \(Malformed.shown(value)); expected text of 1 to"
          + " \(longest) bytes without control characters"
      )
    }
    return text
  }

  private func device(id: String?) throws(Malformed) -> String {
    guard let pointer = reading.device else { return try context.neededDevice() }
    guard let name = value(pointer)?.string, DeviceName.isValid(name) else {
      let found = value(pointer).map { Malformed.shown($0) } ?? "missing"
      throw Malformed(
        "the device at \(pointer.text) is \(found); expected \(DeviceName.expectation)",
        id: id
      )
    }
    return name
  }

  /// A time that cannot be read is left out: the scan counts all the same.
  private func time() -> DeviceTime? {
    guard let value = value(reading.time), let text = value.number ?? value.string else {
      return nil
    }
    switch reading.timeUnit {
    case .iso8601: return try? DeviceTime.iso8601(text)
    case .milliseconds, .seconds: return DeviceTime.number(text, unit: reading.timeUnit)
    }
  }

  private func body() throws(Malformed) -> EventBody {
    switch reading.content {
    case .scan(let scan):
      let symbology = try text(scan.symbology, "symbology", longest: TextRules.longestSymbology)
      return .scan(
        EventBody.Scan(
          code: try code(scan),
          symbology: symbology,
          quantity: try quantity(scan.quantity)
        )
      )
    case .weight(let weight):
      let kilograms = try kilograms(weight)
      return .weight(EventBody.Weight(kilograms: kilograms, stable: try stable(weight.stable)))
    case .command(let command): return .command(command)
    }
  }

  private func code(_ scan: JSONReading.Scan) throws(Malformed) -> String {
    let stripping = Stripping(prefix: scan.stripPrefix, suffix: scan.stripSuffix)
    for place in scan.codes {
      guard let value = value(place.pointer) else { continue }
      guard let text = value.string else {
        throw Malformed(
          "the code at \(place.pointer.text) is \(Malformed.shown(value)); expected text"
        )
      }
      switch place {
      case .text: return try stripping.code(text)
      case .base64(let pointer):
        guard let bytes = Base64.decode(text) else {
          throw Malformed("the code at \(pointer.text) is \(Malformed.shown(text)), not Base64")
        }
        return try stripping.code(try RawText.text(bytes[...]))
      }
    }
    let places = scan.codes.map { $0.pointer.text }.joined(separator: " or ")
    throw Malformed("the message has no code at \(places); expected the scanned code there")
  }

  private func quantity(_ pointer: Pointer?) throws(Malformed) -> Quantity? {
    guard let pointer, let value = value(pointer) else { return nil }
    guard let quantity = Quantity(value), quantity > .zero else {
      throw Malformed(
        "the quantity at \(pointer.text) is \(Malformed.shown(value)); expected a number above 0,"
          + " at most \(Quantity.limit)"
      )
    }
    return quantity
  }

  private func kilograms(_ weight: JSONReading.Weight) throws(Malformed) -> Quantity {
    guard let value = value(weight.value), let text = value.number ?? value.string else {
      throw Malformed("the message has no weight at \(weight.value.text); expected a number there")
    }
    let unit: WeightUnit?
    switch weight.unit {
    case .constant(let constant): unit = constant
    case .at(let pointer): unit = self.value(pointer)?.string.flatMap { WeightUnit(text: $0) }
    }
    if value.number != nil, let unit, let quantity = Quantity(text),
      let kilograms = unit.kilograms(quantity)
    {
      return kilograms
    }
    return try WeightText.kilograms(text, unit: unit)
  }

  private func stable(_ stable: JSONReading.Stable) throws(Malformed) -> Bool {
    switch stable {
    case .always(let value): return value
    case .at(let pointer):
      guard let value = value(pointer)?.bool else {
        throw Malformed("the message has no true or false at \(pointer.text); is it stable?")
      }
      return value
    }
  }
}

extension JSONReading.Content {
  var kind: EventKind {
    switch self {
    case .scan: .scan
    case .weight: .weight
    case .command: .command
    }
  }
}

extension JSONReading.Code {
  var pointer: Pointer {
    switch self {
    case .text(let pointer), .base64(let pointer): pointer
    }
  }
}
