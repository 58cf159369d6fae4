/// Everything that is wrong with a configuration, in one go.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problems in the order in which they were found; never empty.
  public let problems: [Problem]

  /// One thing that is wrong.
  public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The line, where known.
    public let line: Int?
    /// The key's path such as `broker.port`, where it is about one.
    public let key: String?
    /// What was expected, what came, and what to do.
    public let message: String

    /// A problem in a file.
    public init(file: String, line: Int? = nil, key: String? = nil, message: String) {
      self.file = file
      self.line = line
      self.key = key
      self.message = message
    }

    /// One line, such as `tallyman.toml:12: broker.port: expected …`.
    public var description: String {
      let place = line.map { "\(file):\($0)" } ?? file
      return key.map { "\(place): \($0): \(message)" } ?? "\(place): \(message)"
    }
  }

  /// An error of problems.
  public init(_ problems: [Problem]) { self.problems = problems }

  /// One line per problem.
  public var description: String { problems.map { $0.description }.joined(separator: "\n") }
}
