internal import JSON
internal import Odoo

/// Which Odoo a journal belongs to.
///
/// What is in the outbox was done in one company's warehouse. Sent to another database (a test
/// copy, a renamed or restored one) it would move stock that nobody moved.
enum OdooBinding {
  /// Name in the journal's `meta`.
  static let name = "odoo_binding"

  /// The binding as text, to compare and to store.
  static func text(url: String, _ connected: OdooLogin.Connected) -> String {
    let fingerprint = connected.fingerprint
    let json: JSON = [
      "url": .string(url), "database": .string(fingerprint.database),
      "user": .int(fingerprint.userID), "company": .int(fingerprint.companyID),
      "company_created": .string(fingerprint.companyCreated),
    ]
    return json.text
  }
}
