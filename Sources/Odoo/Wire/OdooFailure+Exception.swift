extension OdooFailure.Kind {
  /// What an exception of Odoo means, by its full name; nil for a name that is not known.
  ///
  /// - Parameter message: Looked at only to tell a database that does not exist from one that is
  ///   away: both are `psycopg2.OperationalError`, and waiting for the first would never end.
  public init?(exception name: String, message: String) {
    if name == "psycopg2.OperationalError", Self.saysNoDatabase(message) {
      self = .denied
      return
    }
    if let kind = Self.known[name] {
      self = kind
      return
    }
    // Anything else of Python, PostgreSQL or the web layer is a wrong call; `psycopg2.errors` holds both kinds,
    // so the ones to wait for are a closed list.
    let foreign = ["builtins.", "psycopg2.", "werkzeug."]
    guard foreign.contains(where: { name.hasPrefix($0) }) else { return nil }
    self = .contract
  }

  /// True for PostgreSQL's `database "x" does not exist`.
  private static func saysNoDatabase(_ message: String) -> Bool {
    message.contains("database \"") && message.contains("\" does not exist")
  }

  private static let known: [String: Self] = [
    "odoo.exceptions.AccessDenied": .denied,
    "odoo.http.SessionExpiredException": .denied,
    "werkzeug.exceptions.Unauthorized": .denied,

    "odoo.exceptions.AccessError": .forbidden,
    "werkzeug.exceptions.Forbidden": .forbidden,

    "odoo.exceptions.UserError": .refused,
    "odoo.exceptions.ValidationError": .refused,
    "odoo.exceptions.RedirectWarning": .refused,

    "odoo.exceptions.MissingError": .missing,

    "psycopg2.errors.SerializationFailure": .conflict,
    "psycopg2.errors.DeadlockDetected": .conflict,
    "psycopg2.errors.LockNotAvailable": .conflict,
    "psycopg2.extensions.TransactionRollbackError": .conflict,
    "odoo.exceptions.LockError": .conflict,
    "odoo.exceptions.ConcurrencyError": .conflict,

    "psycopg2.OperationalError": .unavailable,
    "psycopg2.InterfaceError": .unavailable,
    "psycopg2.pool.PoolError": .unavailable,
    "psycopg2.errors.AdminShutdown": .unavailable,
    "psycopg2.errors.CrashShutdown": .unavailable,
    "psycopg2.errors.CannotConnectNow": .unavailable,
    "psycopg2.errors.TooManyConnections": .unavailable,
    "psycopg2.errors.ConnectionException": .unavailable,
    "psycopg2.errors.ConnectionFailure": .unavailable,
    "psycopg2.errors.ConnectionDoesNotExist": .unavailable,
    "psycopg2.errors.SqlclientUnableToEstablishSqlconnection": .unavailable,
    "psycopg2.errors.IdleInTransactionSessionTimeout": .unavailable,
    "psycopg2.errors.QueryCanceled": .unavailable,
    "psycopg2.errors.ReadOnlySqlTransaction": .unavailable,
    "psycopg2.errors.DiskFull": .unavailable,
    "psycopg2.errors.OutOfMemory": .unavailable,
    "builtins.MemoryError": .unavailable,
    "werkzeug.exceptions.TooManyRequests": .unavailable,
    "werkzeug.exceptions.BadGateway": .unavailable,
    "werkzeug.exceptions.ServiceUnavailable": .unavailable,
    "werkzeug.exceptions.GatewayTimeout": .unavailable,
  ]
}
