public import JSON

/// A logged-in user of one database: turns calls into requests and answers into results.
public struct OdooSession: Hashable, Sendable {
  /// How calls are carried.
  public var carrier: OdooProtocol
  /// The database's name.
  public var database: String
  /// Database id of the user.
  public var uid: Int
  /// The user's API key.
  public var key: Secret
  /// Companies that calls are restricted to; nil for the user's own choice.
  public var allowedCompanies: [Int]?
  /// The server's version.
  public var version: OdooVersion

  /// A session with all its parts; the carrier follows from the version unless given.
  public init(
    carrier: OdooProtocol? = nil,
    database: String,
    uid: Int,
    key: Secret,
    allowedCompanies: [Int]? = nil,
    version: OdooVersion
  ) {
    self.carrier = carrier ?? OdooProtocol(for: version)
    self.database = database
    self.uid = uid
    self.key = key
    self.allowedCompanies = allowedCompanies
    self.version = version
  }

  /// The request that makes a call.
  ///
  /// - Parameter id: Number of the request in JSON-RPC; comes back in the answer.
  public func request(for call: OdooCall, id: Int = 1) -> HTTPRequest {
    var context = call.context
    if let allowedCompanies {
      context["allowed_company_ids"] = .array(allowedCompanies.map { .int($0) })
    }
    switch carrier {
    case .jsonRPC:
      var named = call.arguments
      if !context.members.isEmpty { named["context"] = .object(context) }
      let ids = call.ids.map { [JSON.array($0.map { .int($0) })] } ?? []
      let arguments: [JSON] = key.reveal { key in
        [
          .string(database), .int(uid), .string(key), .string(call.model), .string(call.method),
          .array(ids), .object(named),
        ]
      }
      return JSONRPC.request(service: "object", method: "execute_kw", arguments, id: id)
    case .json2:
      return JSON2.request(call, context: context, database: database, key: key)
    }
  }

  /// What an outcome means for the call.
  public func decode(_ outcome: HTTPOutcome) -> Result<JSON, OdooFailure> {
    OdooAnswer.decode(outcome, as: carrier)
  }
}
