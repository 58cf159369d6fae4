internal import Glibc
internal import JSON

/// Keeps the state between runs: one line of JSON for each committed transaction.
///
/// A line holds the rows that the transaction changed (null for a removed one), the next ids of
/// their models, and the small rest as a whole. A line is written by one `write`; a line that a
/// kill has cut short is the last one, and is dropped when the file is read.
final class StateFile {
  private let descriptor: Int32
  private let path: String

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw SimulatorError(name: "state file", message: "cannot open \(path) for writing")
    }
  }

  deinit { close(descriptor) }

  func append(_ database: Database) {
    var seen: Set<String> = []
    var rows: [JSON] = []
    var next = JSONObject()
    for (model, id) in database.store.changedRows where seen.insert("\(model) \(id)").inserted {
      let row = database.store.get(model, id)
      rows.append([.string(model), .int(id), row.map { StateText.json($0) } ?? .null])
      next[model] = .int(database.store.nextID(model))
    }
    guard !rows.isEmpty else { return }
    let line: JSON = [
      "version": .int(database.version.rawValue), "now": .int(Int(database.now)),
      "next": .object(next), "rest": StateText.rest(database), "rows": .array(rows),
    ]
    write(line.bytes + [UInt8(ascii: "\n")])
  }

  private func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Reads what is kept; false where nothing is.
  func load(into database: Database) throws -> Bool {
    var end = 0
    for line in readAll().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      guard let json = try? JSON.parse(Array(line), limits: .init(bytes: 1 << 30)) else { break }
      guard json["version"]?.int == database.version.rawValue else {
        throw SimulatorError(
          name: "state file",
          message: "\(path) is of another version; give each version a file of its own"
        )
      }
      StateText.apply(json, to: database)
      end += line.count + 1
    }
    ftruncate(descriptor, end)
    lseek(descriptor, 0, Int32(SEEK_END))
    return end > 0
  }

  private func readAll() -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }
}
