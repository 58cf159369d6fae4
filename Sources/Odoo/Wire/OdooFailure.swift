/// A call that brought no result, by what it means for the caller.
public struct OdooFailure: Error, Hashable, Sendable {
  /// What the failure means.
  public var kind: Kind
  /// Odoo's exception name (`error.data.name`), or the transport's word; never translated text.
  public var name: String
  /// Text for people; may be in the language of Odoo's user.
  public var message: String
  /// Seconds after which the server asked to be tried again.
  public var retryAfter: Int?

  /// What a failure means; decisions look at this, never at the text.
  public enum Kind: Hashable, Sendable {
    /// The request did not reach Odoo: refused, no route, name not found, TLS not agreed.
    case unreachable
    /// The connection broke, or time ran out, after the request was sent: it may have been done,
    /// or may still be done up to two minutes later.
    case unanswered
    /// The server or its database cannot serve now (429, 502, 503, 504, HTML 404 of JSON-2,
    /// connection-class psycopg2 errors). A write may have been done nevertheless.
    case unavailable
    /// Concurrent transactions collided and Odoo gave up; nothing was done.
    case conflict
    /// Login or key was refused (AccessDenied, 401).
    case denied
    /// The user lacks a right (AccessError, 403).
    case forbidden
    /// A business rule or constraint (UserError, ValidationError).
    case refused
    /// A record is gone (MissingError).
    case missing
    /// The call itself was wrong (`builtins.*` and the like): a bug or a changed contract.
    case contract
  }

  /// True if a write that ended so may have been done, or may still be done.
  ///
  /// A proxy that turned the request away (429, 503) has not passed it on, and after an error of
  /// its database Odoo has rolled back before it answered.
  public var mayStillBeExecuted: Bool {
    switch kind {
    case .unanswered: true
    case .unavailable:
      name != "http.429" && name != "http.503" && !name.hasPrefix("psycopg2.")
    default: false
    }
  }

  /// A failure of a kind.
  public init(kind: Kind, name: String, message: String, retryAfter: Int? = nil) {
    self.kind = kind
    self.name = name
    self.message = message
    self.retryAfter = retryAfter
  }
}
