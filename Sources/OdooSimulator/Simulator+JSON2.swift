internal import HTTPServer
internal import JSON

/// JSON-2 of 19: bare results, errors by status.
extension Simulator {
  func understandJSON2(_ request: HTTPRequest) -> Understood {
    if let database = request.header("X-Odoo-Database"), database != databaseName {
      return .answer(.noDatabasePage)
    }
    let parts = request.path.split(separator: "/").dropFirst(2).map(String.init)
    guard request.method == "POST", parts.count == 2 else {
      return .answer(
        json2Error(.http("NotFound", 404, "Did you mean POST /json/2/<model>/<method>?"))
      )
    }
    guard isJSON(request) else {
      return .answer(
        .html(
          415,
          "Unsupported Media Type",
          "Request inferred type is compatible with ['http'] but "
            + "'/json/2/&lt;__model__&gt;/&lt;__method__&gt;' is type='json2'."
        )
      )
    }
    var body = JSONObject()
    if !request.body.isEmpty {
      do {
        body = try JSON.parse(request.body).object ?? body
      } catch {
        return .answer(
          json2Error(.http("BadRequest", 400, "could not parse the body as json: \(error)"))
        )
      }
    }
    let call = Call(model: parts[0], method: parts[1], body: body)
    let header = request.header("Authorization")
    return .call(
      Incoming(
        name: "\(call.model).\(call.method)",
        transfers: call.transfers,
        perform: { try self.perform(call, as: self.bearer(header)) },
        render: { .json($0 ?? .null) },
        refuse: { self.json2Error($0) },
        databaseGone: .noDatabasePage
      )
    )
  }

  private func bearer(_ header: String?) throws -> Int {
    guard let header, header.lowercased().hasPrefix("bearer "), header.count > 7 else {
      throw OdooError.http(
        "Unauthorized",
        401,
        "User not authenticated, use an API Key with a Bearer Authorization header."
      )
    }
    let key = header.dropFirst(7).trimmed
    let user = locked { database, state in database.user(ofKey: key, at: state.clockShift) }
    guard let user else { throw OdooError.http("Unauthorized", 401, "Invalid apikey") }
    return user
  }

  func json2Error(_ error: OdooError) -> HTTPResponse {
    if error.name == "odoo.exceptions.AccessDenied" {
      return json2Error(.http("Unauthorized", 401, "Invalid apikey"))
    }
    let challenge = error.status == 401 ? [HTTPField("WWW-Authenticate", "Bearer")] : []
    return .json(error.data, status: error.status, headers: challenge)
  }
}
