internal import HTTPServer
internal import JSON

/// XML-RPC, as much of it as clients of Odoo use: the same calls as over JSON-RPC, in other clothes.
extension Simulator {
  func understandXML(_ request: HTTPRequest) -> Understood {
    let service = request.path.hasSuffix("/common") ? "common" : "object"
    guard let call = XMLCall(request.body) else {
      return .answer(
        XMLText.response(XMLText.fault(1, "Traceback (most recent call last): syntax error"))
      )
    }
    let body: JSON = [
      "params": [
        "service": .string(service), "method": .string(call.method),
        "args": .array(call.arguments),
      ]
    ]
    let same = HTTPRequest(
      method: "POST",
      path: "/jsonrpc",
      headers: [HTTPField("Content-Type", "application/json")],
      body: body.bytes
    )
    guard case .call(let incoming) = understandRPC(same) else { return .answer(.notFoundPage) }
    return .call(
      Incoming(
        name: incoming.name,
        transfers: incoming.transfers,
        perform: incoming.perform,
        render: { XMLText.response(XMLText.answer($0 ?? .null)) },
        refuse: { XMLText.response(XMLText.fault(of: $0)) }
      )
    )
  }
}

/// A `methodCall` as values.
private struct XMLCall {
  let method: String
  let arguments: [JSON]

  init?(_ bytes: [UInt8]) {
    var reader = XMLReader(String(decoding: bytes, as: UTF8.self))
    guard reader.open("methodCall"), reader.open("methodName") else { return nil }
    method = reader.text()
    guard reader.close("methodName") else { return nil }
    var arguments: [JSON] = []
    if reader.open("params") {
      while reader.open("param") {
        guard let value = reader.value(), reader.close("param") else { return nil }
        arguments.append(value)
      }
      guard reader.close("params") else { return nil }
    }
    guard reader.close("methodCall") else { return nil }
    self.arguments = arguments
  }
}

/// Reads the little of XML that XML-RPC consists of: elements without attributes, and text.
private struct XMLReader {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
    // The declaration.
    if rest.hasPrefix("<?"), let end = rest.firstIndex(of: ">") {
      rest = rest[rest.index(after: end)...]
    }
  }

  private mutating func take(_ tag: String) -> Bool {
    let trimmed = rest.drop { $0.isWhitespace }
    guard trimmed.hasPrefix(tag) else { return false }
    rest = trimmed.dropFirst(tag.count)
    return true
  }

  mutating func open(_ name: String) -> Bool { take("<\(name)>") }
  mutating func close(_ name: String) -> Bool { take("</\(name)>") }

  mutating func text() -> String {
    let text = rest.prefix { $0 != "<" }
    rest = rest.dropFirst(text.count)
    return XMLText.unescape(String(text))
  }

  /// One `value`; nil for anything else.
  mutating func value() -> JSON? {
    guard open("value") else { return nil }
    let value = content()
    return close("value") ? value : nil
  }

  private mutating func content() -> JSON? {
    if take("<nil/>") { return .null }
    if open("array") { return array() }
    if open("struct") { return structure() }
    for name in ["int", "i4", "double", "boolean", "string"] where open(name) {
      let text = text()
      guard close(name) else { return nil }
      switch name {
      case "int", "i4": return .int(Int(text))
      case "double": return Double(text).map { .double($0) }
      case "boolean": return .bool(text == "1")
      default: return .string(text)
      }
    }
    // A value without a type is a string.
    return .string(text())
  }

  private mutating func array() -> JSON? {
    guard open("data") else { return nil }
    var elements: [JSON] = []
    while let element = value() { elements.append(element) }
    return close("data") && close("array") ? .array(elements) : nil
  }

  private mutating func structure() -> JSON? {
    var object = JSONObject()
    while open("member") {
      guard open("name") else { return nil }
      let name = text()
      guard close("name"), let value = value(), close("member") else { return nil }
      object[name] = value
    }
    return close("struct") ? .object(object) : nil
  }
}

/// Writes answers.
private enum XMLText {
  static func response(_ inner: String) -> HTTPResponse {
    HTTPResponse(
      type: "text/xml; charset=utf-8",
      text: "<?xml version='1.0'?>\n<methodResponse>\n\(inner)\n</methodResponse>\n"
    )
  }

  static func answer(_ json: JSON) -> String {
    "<params>\n<param>\n<value>\(typed(json))</value>\n</param>\n</params>"
  }

  /// XML-RPC knows four classes of errors and everything else.
  static func fault(of error: OdooError) -> String {
    switch error.name {
    case "odoo.exceptions.AccessDenied": fault(3, error.message)
    case "odoo.exceptions.AccessError": fault(4, error.message)
    case _ where error.name.hasPrefix("odoo.exceptions."): fault(2, error.message)
    default: fault(1, "Traceback (most recent call last):\n\(error.name): \(error.message)")
    }
  }

  static func fault(_ code: Int, _ text: String) -> String {
    "<fault>\n<value>\(typed(["faultCode": .int(code), "faultString": .string(text)]))</value>\n</fault>"
  }

  private static func typed(_ json: JSON) -> String {
    switch json {
    case .null: "<nil/>"
    case .bool(let value): "<boolean>\(value ? 1 : 0)</boolean>"
    case .number(let text): json.int != nil ? "<int>\(text)</int>" : "<double>\(text)</double>"
    case .string(let text): "<string>\(escape(text))</string>"
    case .array(let elements):
      "<array><data>\n" + elements.map { "<value>\(typed($0))</value>\n" }.joined()
        + "</data></array>"
    case .object(let object):
      "<struct>\n"
        + object.members.map {
          "<member>\n<name>\(escape($0.name))</name>\n<value>\(typed($0.value))</value>\n</member>\n"
        }.joined() + "</struct>"
    }
  }

  private static func escape(_ text: String) -> String {
    text.reduce(into: "") { out, character in
      switch character {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      default: out.append(character)
      }
    }
  }

  static func unescape(_ text: String) -> String {
    var text = text
    for (name, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      text = text.split(separator: name, omittingEmptySubsequences: false).joined(
        separator: character
      )
    }
    return text
  }
}
