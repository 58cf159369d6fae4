/// A TOML value as a value of our own; the parser's tree is left behind at once.
indirect enum Node: Hashable {
  case text(String)
  case integer(Int)
  case decimal(Double)
  case flag(Bool)
  case date
  case list([Node])
  case table([String: Node])

  /// The value for a message: what came.
  var shown: String {
    switch self {
    case .text(let text): "the text \"\(text.prefix(80))\""
    case .integer(let value): "the number \(value)"
    case .decimal(let value): "the number \(value)"
    case .flag(let value): "\(value)"
    case .date: "a date or time"
    case .list(let elements): "a list of \(elements.count)"
    case .table: "a table"
    }
  }
}
