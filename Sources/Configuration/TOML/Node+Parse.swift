internal import TOMLKit

/// A TOML file that was read: its values and where they stand.
struct Document {
  let file: String
  let root: [String: Node]
  let lines: LineIndex

  typealias Problem = ConfigurationError.Problem

  /// Reads and parses a file.
  static func read(
    _ file: String,
    _ surroundings: Surroundings
  ) throws(ConfigurationError) -> Document {
    switch surroundings.read(file) {
    case .success(let bytes): return try parse(bytes, file: file)
    case .failure(let failure):
      throw ConfigurationError([
        Problem(file: file, message: "cannot be read: \(failure.reason)")
      ])
    }
  }

  /// Parses the bytes of a file.
  static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> Document {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError([
        Problem(file: file, message: "is not UTF-8; save it as UTF-8 text")
      ])
    }
    // The parser takes a C string and hands texts back as such: all behind a NUL would be lost
    // without a word.
    guard !bytes.contains(0), !text.contains("\\u0000"), !text.contains("\\U00000000") else {
      throw ConfigurationError([
        Problem(file: file, message: "holds a NUL character; remove it")
      ])
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw ConfigurationError([
        Problem(
          file: file,
          line: error.source.begin.line,
          message: "is not TOML: \(error.description) (column \(error.source.begin.column))"
        )
      ])
    } catch {
      throw ConfigurationError([Problem(file: file, message: "is not TOML: \(error)")])
    }
    return Document(file: file, root: members(of: table), lines: LineIndex(text))
  }

  private static func members(of table: TOMLTable) -> [String: Node] {
    var members: [String: Node] = [:]
    for key in table.keys {
      guard let value = table[key] else { continue }
      members[key] = node(value)
    }
    return members
  }

  private static func node(_ value: any TOMLValueConvertible) -> Node {
    switch value.type {
    case .string: value.string.map { .text($0) } ?? .text("")
    case .int: .integer(value.int ?? 0)
    case .double: .decimal(value.double ?? 0)
    case .bool: .flag(value.bool ?? false)
    case .date, .time, .dateTime: .date
    case .array: .list(elements(of: value.array))
    case .table: .table(value.table.map { members(of: $0) } ?? [:])
    }
  }

  private static func elements(of array: TOMLArray?) -> [Node] {
    guard let array else { return [] }
    return (0..<array.count).map { node(array[$0]) }
  }
}
