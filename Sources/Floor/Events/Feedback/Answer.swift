internal import JSON

/// A verdict together with what it answers; the values of the placeholders.
struct Answer {
  var verdict: Verdict
  var event: String
  var device: String
  var duplicate: Bool
  var language: Language
  var time: Int64
  /// Position of the feedback rule; two messages of one answer have two UUIDs.
  var index = 0

  func text(_ placeholder: Placeholder) -> String {
    switch placeholder {
    case .event: event
    case .uuid: uuid
    case .device: device
    case .signal: verdict.signal.rawValue
    case .code: verdict.code.rawValue
    case .message: language.message(of: verdict)
    case .messageASCII: ASCII.spelling(of: language.message(of: verdict))
    case .transfer: verdict.transfer ?? ""
    case .left: verdict.left?.total.description ?? ""
    case .leftProduct: verdict.left?.product?.description ?? ""
    case .counted: verdict.left?.counted.description ?? ""
    case .timeMilliseconds: String(time)
    }
  }

  /// A UUID of version 8 (RFC 9562: a layout of our own) from the event's id.
  ///
  /// A duplicate is answered under another one: the device would drop a second message of the
  /// same id, and the worker, who scanned again because nothing was heard, must hear this one.
  private var uuid: String {
    let seed = Array("\(device)/\(event)#\(index)\(duplicate ? "+" : "")".utf8)
    var digits = Array((EventHash(seed).hex + EventHash(seed, seed: 0x5DEE_CE66).hex).utf8)
    digits[12] = UInt8(ascii: "8")
    digits[16] = Array("89ab".utf8)[Int(digits[16] & 3)]
    for position in [20, 16, 12, 8] { digits.insert(UInt8(ascii: "-"), at: position) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Our own JSON: everything that is known, what is not known left out.
  var own: JSON {
    var object: JSONObject = [
      "event": .string(event),
      "signal": .string(verdict.signal.rawValue),
      "code": .string(verdict.code.rawValue),
      "message": .string(language.message(of: verdict)),
      "language": .string(language.code),
    ]
    if !verdict.sentence.key.isEmpty { object["sentence"] = .string(verdict.sentence.key) }
    object["transfer"] = verdict.transfer.map { .string($0) }
    object["left"] = verdict.left.map { left in
      var members = JSONObject()
      members["product"] = left.product?.json
      members["counted"] = left.counted.json
      members["total"] = left.total.json
      return .object(members)
    }
    object["mirror_age"] = verdict.mirrorAge.map { .number(String($0)) }
    object["duplicate"] = .bool(duplicate)
    return .object(object)
  }
}

/// Text for displays that know no letters beyond ASCII.
enum ASCII {
  static func spelling(of text: String) -> String {
    guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return text }
    var out = ""
    for character in text {
      if let value = character.asciiValue {
        out.append((0x20..<0x7F).contains(value) ? character : " ")
      } else {
        out += spellings[character] ?? "?"
      }
    }
    return out
  }

  private static let spellings: [Character: String] = {
    let groups: [(String, String)] = [
      ("àáâãåāăą", "a"), ("çćĉčċ", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"),
      ("ìíîïĩīĭįı", "i"), ("ķ", "k"), ("ĺļľł", "l"), ("ñńņň", "n"), ("òóôõōŏő", "o"),
      ("ŕŗř", "r"), ("śŝşš", "s"), ("ţťț", "t"), ("ùúûũūŭůűų", "u"), ("ýÿ", "y"), ("źżž", "z"),
      ("äæ", "ae"), ("öøœ", "oe"), ("ü", "ue"), ("ß", "ss"), ("þ", "th"),
    ]
    var table: [Character: String] = [
      "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": "\"", "”": "\"", "…": "...",
      "×": "x", "·": ".", "\u{A0}": " ", "→": "->", "≤": "<=", "≥": ">=", "€": "EUR",
    ]
    for (letters, plain) in groups {
      for letter in letters {
        table[letter] = plain
        let capital = letter.uppercased()
        if capital.count == 1, let character = capital.first, character.asciiValue == nil {
          table[character] = plain.prefix(1).uppercased() + plain.dropFirst()
        }
      }
    }
    return table
  }()
}
