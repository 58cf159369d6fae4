/// Reads `journal.db` from another process, while the agent writes it or while it is stopped.
///
/// Never writes but for requests and their audit: the agent is the only one that changes anything.
public final class JournalReader {
  let database: Database
  let path: String

  /// Opens the journal in `directory`, which must exist.
  ///
  /// - Parameter forRequests: True to add requests to the agent.
  public init(directory: String, forRequests: Bool = false) throws(JournalError) {
    path = "\(directory)/journal.db"
    do throws(SQLiteError) {
      database = try Database(path: path, mode: forRequests ? .readWrite : .readOnly)
      let found = try database.userVersion()
      guard found == Journal.schemaVersion else {
        throw SQLiteError(
          extendedCode: -1,
          operation: "open",
          path: path,
          message: "has schema \(found), this command knows \(Journal.schemaVersion)",
          hint: "Use the tallyman of the version that runs the agent."
        )
      }
    } catch {
      var failure = JournalError(error, path: path)
      if error.isUnopenable {
        failure.hint =
          "Has the agent run on this box? Check storage.directory, and that you may read it "
          + "(try with sudo)."
      }
      throw failure
    }
  }

  /// What SQLite's `quick_check` finds; empty if the file is whole.
  public func check() throws(SQLiteError) -> [String] {
    let statement = try database.prepare("PRAGMA quick_check(10)")
    var found: [String] = []
    while try statement.step() { found.append(statement.text(0)) }
    return found == ["ok"] ? [] : found
  }
}
