internal import Configuration
internal import Glibc
internal import JSON
internal import Logging

/// A logger to standard error, where systemd's journal and terminals read it.
func makeLogger(_ settings: Settings.Log) -> Logger {
  var logger = Logger(label: "tallyman") { _ in LogHandlerToError(format: settings.format) }
  logger.logLevel = Logger.Level(rawValue: settings.level.rawValue) ?? .info
  return logger
}

/// One line per record: `<priority>message key=value …` for systemd, or one JSON object.
struct LogHandlerToError: LogHandler {
  let format: Settings.Log.Format
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]

  init(format: Settings.Log.Format) { self.format = format }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let line: String
    switch format {
    case .text:
      let tail = fields.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
      line = "\(Self.prefix(event.level))\(event.message)\(tail)\n"
    case .json:
      var object: JSONObject = [
        "level": .string(event.level.rawValue), "message": .string("\(event.message)"),
      ]
      for (key, value) in fields { object[key] = .string("\(value)") }
      line = JSON.object(object).text + "\n"
    }
    let bytes = Array(line.utf8)
    write(STDERR_FILENO, bytes, bytes.count)
  }

  /// Systemd's priority where its journal listens, else a word for people.
  private static func prefix(_ level: Logger.Level) -> String {
    let (number, word) =
      switch level {
      case .trace, .debug: (7, "debug")
      case .info: (6, "info")
      case .notice: (5, "notice")
      case .warning: (4, "warning")
      case .error: (3, "error")
      case .critical: (2, "critical")
      }
    return isUnderSystemd ? "<\(number)>" : "\(word): "
  }

  private static let isUnderSystemd = getenv("JOURNAL_STREAM") != nil

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == " " || $0 == "\"" || $0.isNewline }) else { return text }
    return JSON.string(text).text
  }
}
