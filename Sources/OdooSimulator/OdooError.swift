internal import JSON

/// An error as Odoo reports it: its Python class, its text.
struct OdooError: Error {
  let name: String
  let message: String
  /// The status over JSON-2.
  let status: Int
  var arguments: [JSON]
  /// `error.code` over JSON-RPC where it is not the usual one.
  var code: Int?

  init(_ name: String, _ message: String, status: Int = 500) {
    self.name = name
    self.message = message
    self.status = status
    self.arguments = [.string(message)]
  }

  static func user(_ message: String) -> OdooError {
    OdooError("odoo.exceptions.UserError", message, status: 422)
  }
  static func validation(_ message: String) -> OdooError {
    OdooError("odoo.exceptions.ValidationError", message, status: 422)
  }
  static func access(_ message: String) -> OdooError {
    OdooError("odoo.exceptions.AccessError", message, status: 403)
  }
  static var denied: OdooError {
    OdooError("odoo.exceptions.AccessDenied", "Access Denied", status: 403)
  }
  static func missing(_ model: String, _ id: Int, user: Int) -> OdooError {
    let text =
      "Record does not exist or has been deleted.\n(Record: \(model)(\(id),), User: \(user))"
    return OdooError("odoo.exceptions.MissingError", text, status: 404)
  }
  static func value(_ message: String) -> OdooError { OdooError("builtins.ValueError", message) }
  static func type(_ message: String) -> OdooError { OdooError("builtins.TypeError", message) }
  static var serialization: OdooError {
    OdooError(
      "psycopg2.errors.SerializationFailure",
      "could not serialize access due to concurrent update\n"
    )
  }
  static var databaseGone: OdooError {
    OdooError(
      "psycopg2.OperationalError",
      "connection to server at \"127.0.0.1\", port 5432 failed: Connection refused\n"
        + "\tIs the server running on that host and accepting TCP/IP connections?\n"
    )
  }
  static func noDatabase(_ name: String) -> OdooError {
    OdooError(
      "psycopg2.OperationalError",
      "connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  database \"\(name)\" does not exist\n"
    )
  }
  /// An exception of werkzeug, which JSON-2 passes on; its arguments end with the status.
  static func http(_ name: String, _ status: Int, _ message: String) -> OdooError {
    var error = OdooError("werkzeug.exceptions.\(name)", message, status: status)
    error.arguments.append(.int(status))
    return error
  }
}

extension OdooError {
  /// The server is stopped while it executes a call.
  static func interrupted(_ version: OdooVersion) -> OdooError {
    OdooError(
      "psycopg2.InterfaceError",
      "\(version < .v19 ? "connection" : "cursor") already closed",
      status: 500
    )
  }
}
