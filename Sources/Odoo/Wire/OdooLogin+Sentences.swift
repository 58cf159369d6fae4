extension OdooLogin {
  /// What a failure of the login means, and what to do, in words for the person who runs the box.
  func sentence(for failure: OdooFailure) -> String {
    if failure.name.hasPrefix("tallyman."), failure.kind == .contract { return failure.message }
    return switch failure.kind {
    case .unreachable:
      """
      Odoo cannot be reached: \(failure.message). Check the URL, the network, the name server \
      and the firewall.
      """
    case .unanswered:
      """
      The server accepted the connection but gave no answer: \(failure.message). Check the URL \
      and the port, and whether Odoo is overloaded.
      """
    case .unavailable: unavailable(failure)
    case .denied: denied(failure)
    case .forbidden:
      """
      The user may not read its own user or company record (\(failure.message)). Make it an \
      internal user with the group Inventory / User.
      """
    case .contract where failure.name == "builtins.KeyError":
      """
      The database "\(database)" is not an Odoo database of this server, or the server's \
      dbfilter hides it. Check the database's name in the configuration.
      """
    case .contract where failure.name == "http.413":
      "A proxy before Odoo refuses the size of the request (413). Raise its body limit."
    case .conflict, .refused, .missing, .contract:
      "Odoo answered the login with \(failure.name): \(failure.message)"
    }
  }

  private func unavailable(_ failure: OdooFailure) -> String {
    switch failure.name {
    case "http.404":
      """
      There is no Odoo with a database "\(database)" behind this URL (404). Check the URL and \
      the database's name; Odoo 19 answers the same while its PostgreSQL is down, so try again \
      before you change anything.
      """
    case "http.301", "http.302", "http.303", "http.307", "http.308":
      """
      The server redirects instead of answering (\(failure.name.dropFirst(5))). Use the URL it \
      redirects to, usually https:// instead of http://.
      """
    case "http.200":
      """
      The server answers, but not as Odoo does: \(failure.message). Is the URL that of Odoo, \
      and does a proxy or portal stand before it?
      """
    default:
      """
      Odoo cannot serve now (\(failure.name): \(failure.message)). It may be starting, or its \
      database may be down; the login is tried again.
      """
    }
  }

  private func denied(_ failure: OdooFailure) -> String {
    switch failure.name {
    case "psycopg2.OperationalError":
      """
      The database "\(database)" does not exist on this server. Check the database's name in \
      the configuration.
      """
    case "http.401", "http.407":
      "A proxy before Odoo asks for a password (\(failure.name.dropFirst(5)))."
    default:
      """
      Odoo refuses the login: wrong user, wrong or expired API key, or an archived user. Make a \
      new key under Preferences > Account Security of the user and store it again.
      """
    }
  }
}
