internal import JSON
internal import Odoo

/// A look at an Odoo that let us in; it changes nothing there.
struct OdooVisit {
  let client: OdooClient
  let connected: OdooLogin.Connected

  var session: OdooSession { connected.session }
  var major: Int { session.version.major }
  var packageModel: String { OdooFields(version: session.version).packageModel }

  /// Makes a call with the session of the log-in.
  func call(_ call: OdooCall) -> Result<JSON, OdooFailure> { client.call(call, as: session).result }

  /// The records that a domain finds; nil if Odoo did not give them.
  ///
  /// - Parameter companies: Companies to look into, in place of the agent's own.
  func rows(
    _ model: String,
    _ domain: JSON = [],
    _ fields: [String],
    limit: Int? = nil,
    order: String = "id",
    companies: [Int]? = nil
  ) -> [JSON]? {
    var arguments: JSONObject = [
      "domain": domain, "fields": .array(fields.map { .string($0) }), "order": .string(order),
    ]
    if let limit { arguments["limit"] = .int(limit) }
    var session = session
    if let companies { session.allowedCompanies = companies }
    let call = OdooCall(model, "search_read", arguments: arguments, writes: false)
    return try? client.call(call, as: session).result.get().array
  }

  /// Whether Odoo has every field that is needed.
  func contract() -> [Finding] {
    let contract = OdooContract(version: session.version)
    switch client.schema(of: contract.models, as: session) {
    case .failure(let failure):
      return [
        Finding(
          "odoo fields",
          .problem,
          "the fields cannot be read: \(failure.name): \(failure.message)"
        )
      ]
    case .success(let schema):
      let problems = contract.problems(in: schema)
      guard !problems.isEmpty else {
        return [Finding("odoo fields", .good, "Odoo \(session.version) has all that is needed")]
      }
      return problems.map {
        Finding(
          "odoo fields",
          $0.effect == .warns ? .warning : .problem,
          $0.sentence,
          hint: $0.hint
        )
      }
    }
  }
}
