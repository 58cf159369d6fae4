internal import JSON

/// Finds out which Odoo this is and who we are there: version, protocol, user, company.
///
/// A state machine: `start` and `resume` hand out requests until `finished`. Nothing it asks for
/// changes anything in Odoo.
public struct OdooLogin: Sendable {
  /// What to log in with.
  public struct Credentials: Hashable, Sendable {
    /// The database's name.
    public var database: String
    /// The user's login; JSON-2 takes the user from the key.
    public var login: String
    /// The user's API key.
    public var key: Secret

    /// Credentials with all their parts.
    public init(database: String, login: String, key: Secret) {
      self.database = database
      self.login = login
      self.key = key
    }
  }

  /// Which Odoo a journal belongs to, but for the URL, which the caller knows.
  ///
  /// A copy or a restored backup of a database keeps its name; the company's creation tells
  /// different databases of one name apart.
  public struct Fingerprint: Hashable, Sendable {
    /// The database's name.
    public var database: String
    /// Database id of the user.
    public var userID: Int
    /// Database id of the user's company.
    public var companyID: Int
    /// When the company's record was made, as Odoo writes it.
    public var companyCreated: String

    /// A fingerprint with all its parts.
    public init(database: String, userID: Int, companyID: Int, companyCreated: String) {
      self.database = database
      self.userID = userID
      self.companyID = companyID
      self.companyCreated = companyCreated
    }
  }

  /// A login that worked.
  public struct Connected: Hashable, Sendable {
    /// For all further calls.
    public var session: OdooSession
    /// Which Odoo it is.
    public var fingerprint: Fingerprint
    /// The user's name.
    public var userName: String
    /// True if the user has an e-mail address; 17 and 18 need one to make backorders.
    public var hasEmail: Bool
    /// The company's name.
    public var companyName: String
    /// Companies that the user may work for.
    public var companyIDs: [Int]
  }

  /// A login that failed.
  public struct Problem: Error, Hashable, Sendable {
    /// What happened, and what to do about it, for the person who runs the box.
    public var sentence: String
    /// The failure behind it.
    public var failure: OdooFailure
  }

  /// What to do next.
  public enum Step: Hashable, Sendable {
    /// Send the request and give its outcome to `resume`.
    case send(HTTPRequest)
    /// The login is over.
    case finished(Result<Connected, Problem>)
  }

  private enum State {
    case idle, version, webVersion
    case login(OdooVersion, OdooProtocol)
    case user(OdooSession)
    case company(OdooSession, JSON)
    case over
  }

  private let credentials: Credentials
  var database: String { credentials.database }
  private let forced: OdooProtocol?
  private let allowedCompanies: [Int]?
  private var state = State.idle

  /// A login with `credentials`.
  ///
  /// - Parameters:
  ///   - carrier: The protocol to use; nil to choose by version.
  ///   - allowedCompanies: Companies that later calls are restricted to; nil for the user's own.
  public init(
    _ credentials: Credentials,
    carrier: OdooProtocol? = nil,
    allowedCompanies: [Int]? = nil
  ) {
    self.credentials = credentials
    forced = carrier
    self.allowedCompanies = allowedCompanies
  }

  /// The first request.
  public mutating func start() -> Step {
    state = .version
    return .send(JSONRPC.version())
  }

  /// Takes the outcome of the last request.
  public mutating func resume(_ outcome: HTTPOutcome) -> Step {
    switch state {
    case .idle, .over: return start()
    case .version:
      if case .answer(404, _, _, _) = outcome {
        // JSON-RPC is announced to go with Odoo 22; the newer probe has been there since 19.
        state = .webVersion
        return .send(HTTPRequest(method: "GET", path: "/web/version"))
      }
      return result(outcome, .jsonRPC).map { probed($0["server_version_info"]) }.merged
    case .webVersion:
      return result(outcome, .json2).map { probed($0["version_info"]) }.merged
    case .login(let version, let carrier):
      return result(outcome, carrier).map { loggedIn($0, version, carrier) }.merged
    case .user(let session):
      return result(outcome, session.carrier).map { readUser($0, session) }.merged
    case .company(let session, let user):
      return result(outcome, session.carrier).map { readCompany($0, user, session) }.merged
    }
  }

  private mutating func result(
    _ outcome: HTTPOutcome,
    _ carrier: OdooProtocol
  ) -> Result<JSON, Stopped> {
    switch OdooAnswer.decode(outcome, as: carrier) {
    case .success(let json): return .success(json)
    case .failure(let failure): return .failure(Stopped(step: fail(failure)))
    }
  }

  private mutating func probed(_ info: JSON?) -> Step {
    guard let version = info.flatMap({ OdooVersion(versionInfo: $0) }) else {
      return fail(
        OdooFailure(
          kind: .contract,
          name: "tallyman.no_version",
          message: "The server told no Odoo version."
        )
      )
    }
    if let refusal = version.refusal {
      return fail(
        OdooFailure(kind: .contract, name: "tallyman.old_version", message: refusal)
      )
    }
    let carrier = forced ?? OdooProtocol(for: version)
    state = .login(version, carrier)
    let (database, login, key) = (credentials.database, credentials.login, credentials.key)
    switch carrier {
    case .jsonRPC: return .send(JSONRPC.login(database: database, login: login, key: key))
    case .json2: return .send(JSON2.contextGet(database: database, key: key))
    }
  }

  private mutating func loggedIn(
    _ answer: JSON,
    _ version: OdooVersion,
    _ carrier: OdooProtocol
  ) -> Step {
    guard let uid = carrier == .json2 ? answer["uid"]?.int : answer.int else {
      // `common.login` answers false, without an error, for a wrong login or key.
      return fail(
        OdooFailure(kind: .denied, name: "tallyman.login_refused", message: "Access Denied")
      )
    }
    let session = OdooSession(
      carrier: carrier,
      database: credentials.database,
      uid: uid,
      key: credentials.key,
      allowedCompanies: allowedCompanies,
      version: version
    )
    state = .user(session)
    return .send(
      session.request(
        for: read("res.users", uid, ["name", "login", "email", "company_id", "company_ids"])
      )
    )
  }

  private mutating func readUser(_ answer: JSON, _ session: OdooSession) -> Step {
    guard let user = answer[0], let company = user["company_id"]?.int ?? user["company_id"]?[0]?.int
    else {
      return fail(
        OdooFailure(
          kind: .contract,
          name: "tallyman.no_user",
          message: "Odoo did not show the user's own record."
        )
      )
    }
    state = .company(session, user)
    return .send(
      session.request(for: read("res.company", company, ["name", "create_date"]))
    )
  }

  private mutating func readCompany(
    _ answer: JSON,
    _ user: JSON,
    _ session: OdooSession
  ) -> Step {
    guard let company = answer[0], let id = company["id"]?.int else {
      return fail(
        OdooFailure(
          kind: .contract,
          name: "tallyman.no_company",
          message: "Odoo did not show the user's company."
        )
      )
    }
    state = .over
    var session = session
    // Else Odoo would show the transfers of every company that the user may work for.
    session.allowedCompanies = allowedCompanies ?? [id]
    let connected = Connected(
      session: session,
      fingerprint: Fingerprint(
        database: session.database,
        userID: session.uid,
        companyID: id,
        companyCreated: company["create_date"]?.string ?? ""
      ),
      userName: user["name"]?.string ?? "",
      hasEmail: !(user["email"]?.string ?? "").isEmpty,
      companyName: company["name"]?.string ?? "",
      companyIDs: (user["company_ids"]?.array ?? []).compactMap(\.int)
    )
    return .finished(.success(connected))
  }

  private func read(_ model: String, _ id: Int, _ fields: [String]) -> OdooCall {
    OdooCall(
      model,
      "search_read",
      arguments: [
        "domain": [["id", "=", .int(id)]],
        "fields": .array(fields.map { .string($0) }),
        "load": .null,
      ],
      writes: false
    )
  }

  private mutating func fail(_ failure: OdooFailure) -> Step {
    let sentence = sentence(for: failure)
    state = .over
    return .finished(.failure(Problem(sentence: sentence, failure: failure)))
  }
}

/// A step that ends the login, carried as an error so that it can be mapped around.
private struct Stopped: Error {
  var step: OdooLogin.Step
}

extension Result<OdooLogin.Step, Stopped> {
  /// The step, whichever way it came.
  fileprivate var merged: OdooLogin.Step {
    switch self {
    case .success(let step): step
    case .failure(let stopped): stopped.step
    }
  }
}
