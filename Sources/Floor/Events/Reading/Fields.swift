internal import JSON

/// The members of one object of our own JSON, read strictly: what is not known is refused.
///
/// Absent is nil; a null is refused like any other wrong type, so that each fact has one spelling.
struct Fields {
  let object: JSONObject
  /// Where the object stands, in front of member names: `lines[1].` or empty.
  let path: String

  init(_ object: JSONObject, path: String = "", known: [StaticString]) throws(Malformed) {
    self.object = object
    self.path = path
    for member in object.members where !known.contains(where: { $0.description == member.name }) {
      let names = known.map { $0.description }.joined(separator: ", ")
      throw Malformed(
        "unknown member \(path)\(Malformed.shown(member.name)); expected only \(names): correct its"
          + " name or leave it out"
      )
    }
  }

  func failure(_ name: String, _ expected: String) -> Malformed {
    guard let value = object[name] else {
      return Malformed("\(path)\(name) is missing; expected \(expected): add it")
    }
    return Malformed(
      "\(path)\(name) is \(Malformed.shown(value)); expected \(expected): correct what the device"
        + " sends"
    )
  }

  /// Text without control characters.
  func text(_ name: String, longest: Int) throws(Malformed) -> String? {
    guard let value = object[name] else { return nil }
    let expected = "text of 1 to \(longest) bytes without control characters"
    guard let text = value.string else { throw failure(name, expected) }
    guard let fault = TextRules.fault(of: text[...], longest: longest) else { return text }
    throw faulty(name, fault, expected)
  }

  /// A barcode.
  func code(_ name: String, longest: Int = TextRules.longestCode) throws(Malformed) -> String? {
    guard let value = object[name] else { return nil }
    let expected = "a code of 1 to \(longest) bytes; of control characters only GS, RS and EOT"
    guard let text = value.string else { throw failure(name, expected) }
    let code = TextRules.trimmed(text)
    guard let fault = TextRules.fault(ofCode: code, longest: longest) else { return String(code) }
    throw faulty(name, fault, expected)
  }

  private func faulty(_ name: String, _ fault: String, _ expected: String) -> Malformed {
    Malformed("\(path)\(name) \(fault); expected \(expected): correct what the device sends")
  }

  func flag(_ name: String) throws(Malformed) -> Bool? {
    guard let value = object[name] else { return nil }
    guard let flag = value.bool else { throw failure(name, "true or false") }
    return flag
  }

  /// A number, or text that holds one; within `bounds`.
  func quantity(
    _ name: String,
    _ expected: String,
    where fits: (Quantity) -> Bool
  ) throws(Malformed) -> Quantity? {
    guard let value = object[name] else { return nil }
    guard let quantity = Quantity(value), fits(quantity) else { throw failure(name, expected) }
    return quantity
  }

  /// A required member that some other method has read.
  func required<T>(_ name: String, _ value: T?, _ expected: String) throws(Malformed) -> T {
    guard let value else { throw failure(name, expected) }
    return value
  }
}
