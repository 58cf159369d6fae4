public import Floor

/// A line that somebody types at a rehearsal: a code, or a word of the rehearsal's own.
public enum Instruction: Hashable, Sendable {
  /// Nothing, or a remark.
  case nothing
  /// A code was scanned.
  case scan(String)
  /// A scale reports, or a button is pressed.
  case event(EventBody)
  /// A handheld's event with fields: its kind and its JSON text.
  case handheld(kind: EventKind, payload: String)
  /// The next scan stands for this number.
  case key(Quantity)
  /// Time passes; in milliseconds.
  case wait(Int64)
  /// Go to another station.
  case station(String)
  /// Say what is open here.
  case show
  /// Say what there is to scan.
  case list
  /// Say what can be typed.
  case help
  /// End.
  case quit

  /// Why a line could not be understood.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was expected, what came and what to do.
    public let description: String

    /// A fault in words.
    public init(_ description: String) { self.description = description }
  }

  /// Reads a line.
  public init(_ line: String) throws(Fault) {
    var rest = line[...]
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    if rest.isEmpty || rest == "#" || rest.hasPrefix("# ") {
      self = .nothing
    } else if rest.hasPrefix("::") {
      self = .scan(SpelledCode(String(rest.dropFirst())).code)
    } else if rest.hasPrefix(":") {
      self = try Self.word(rest.dropFirst())
    } else {
      self = .scan(SpelledCode(String(rest)).code)
    }
  }

  private static func word(_ text: Substring) throws(Fault) -> Instruction {
    let word = text.prefix { !$0.isWhitespace }
    let rest = text.dropFirst(word.count).drop { $0.isWhitespace }
    let values = rest.split(whereSeparator: \.isWhitespace).map(String.init)
    switch word.lowercased() {
    case "weight": return .event(.weight(try weight(values)))
    case "qty": return .key(try quantity(values))
    case "wait": return .wait(try time(values))
    case "event": return try handheld(rest)
    case "station":
      guard values.count == 1 else { throw Fault("Write the station's name, as :station pack1.") }
      return .station(values[0])
    case "show": return .show
    case "list": return .list
    case "help": return .help
    case "quit", "exit": return .quit
    case let button:
      guard let command = EventBody.Command(rawValue: button) else {
        throw Fault("There is no word :\(button). Write :help for all of them.")
      }
      return .event(.command(command))
    }
  }

  private static func weight(_ values: [String]) throws(Fault) -> EventBody.Weight {
    let expected = "Write kilograms, as :weight 1.25 or :weight 1.25 unstable PACK0000001."
    guard let first = values.first, let kilograms = Quantity(first) else { throw Fault(expected) }
    var rest = values.dropFirst()
    let isUnstable = rest.first == "unstable"
    if isUnstable { rest = rest.dropFirst() }
    guard rest.count < 2 else { throw Fault(expected) }
    return EventBody.Weight(kilograms: kilograms, stable: !isUnstable, package: rest.first)
  }

  private static func quantity(_ values: [String]) throws(Fault) -> Quantity {
    guard values.count == 1, let quantity = Quantity(values[0]), quantity > .zero else {
      throw Fault("Write a number above 0, as :qty 3.")
    }
    return quantity
  }

  /// A time such as `20s`, in milliseconds.
  private static func time(_ values: [String]) throws(Fault) -> Int64 {
    let units: [String: Int64] = [
      "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]
    let text = values.joined()
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard digits.utf8.count <= 6, let number = Int64(digits),
      let unit = units[String(text.dropFirst(digits.count))]
    else { throw Fault("Write a time with its unit (ms, s, m, h or d), as :wait 20s.") }
    return number * unit
  }

  private static func handheld(_ rest: Substring) throws(Fault) -> Instruction {
    let name = rest.prefix { !$0.isWhitespace }
    guard let kind = EventKind(rawValue: String(name)) else {
      throw Fault("Write a kind of event and its JSON, as :event pick {\"transfer\": …}.")
    }
    return .handheld(kind: kind, payload: String(rest.dropFirst(name.count)))
  }
}
