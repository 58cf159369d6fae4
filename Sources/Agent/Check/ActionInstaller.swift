public import Configuration
internal import HTTP
internal import JSON
public import Odoo

/// Makes the server action, or brings it up to date, with an administrator's login.
///
/// The login is used for these calls only and kept nowhere.
public struct ActionInstaller {
  private let odoo: Settings.Odoo

  /// An installer for the Odoo of the configuration.
  public init(_ odoo: Settings.Odoo) { self.odoo = odoo }

  /// Why the action could not be made, as a sentence with what to do.
  public struct Problem: Error, CustomStringConvertible {
    /// The sentence.
    public let description: String
  }

  /// The external id under which the action is made: a second time it is brought up to date.
  private static let externalID = "__tallyman__.apply_action"

  /// Makes the action; answers its id.
  ///
  /// - Parameters:
  ///   - login: An administrator's login.
  ///   - password: Its password or API key.
  public func install(login: String, password: Secret) throws(Problem) -> Int {
    // A password opens JSON-RPC only.
    guard var settings = AgentSettings.OdooSettings(odoo, key: password) else {
      throw Problem(description: "No password was given.")
    }
    settings.credentials.login = login
    settings.carrier = .jsonRPC
    let client: OdooClient
    do throws(HTTPClientError) {
      client = try OdooClient(settings, OdooLink())
    } catch {
      throw Problem(description: "\(error)")
    }
    switch client.logIn() {
    case .failure(let problem): throw Problem(description: problem.sentence)
    case .success(let connected): return try Run(client, connected.session).make()
    }
  }

  private struct Run {
    private let client: OdooClient
    private let session: OdooSession

    init(_ client: OdooClient, _ session: OdooSession) {
      self.client = client
      self.session = session
    }

    func make() throws(Problem) -> Int {
      let model = try find(
        "ir.model",
        [["model", "=", "stock.picking"]],
        "id",
        "the model of transfers"
      )
      let group = try find(
        "ir.model.data",
        [["module", "=", "stock"], ["name", "=", "group_stock_user"]],
        "res_id",
        "the group Inventory / User"
      )
      let fields = OdooFields(version: session.version)
      let cells: [(column: String, cell: String)] = [
        ("id", ActionInstaller.externalID), ("name", ServerActionCode.name),
        ("model_id/.id", "\(model)"), ("state", "code"),
        (session.version.major >= 19 ? "group_ids/.id" : "groups_id/.id", "\(group)"),
        ("code", ServerActionCode.code(packageModel: fields.packageModel)),
      ]
      let answer = try call(
        OdooCall(
          "ir.actions.server",
          "load",
          arguments: [
            "fields": .array(cells.map { .string($0.column) }),
            "data": [.array(cells.map { .string($0.cell) })],
          ],
          writes: true
        )
      )
      guard let id = answer["ids"]?[0]?.int else {
        let messages = (answer["messages"]?.array ?? []).compactMap { $0["message"]?.string }
        throw Problem(
          description: "Odoo did not make the action: \(messages.joined(separator: "; "))"
        )
      }
      return id
    }

    private func find(
      _ model: String,
      _ domain: [JSON],
      _ field: String,
      _ what: String
    ) throws(Problem) -> Int {
      let answer = try call(
        OdooCall(
          model,
          "search_read",
          arguments: ["domain": .array(domain), "fields": [.string(field)], "limit": 1],
          writes: false
        )
      )
      guard let id = answer[0]?[field]?.int else {
        throw Problem(description: "Odoo has not \(what); is the app Inventory installed?")
      }
      return id
    }

    private func call(_ call: OdooCall) throws(Problem) -> JSON {
      switch client.call(call, as: session).result {
      case .success(let answer): return answer
      case .failure(let failure) where failure.kind == .forbidden:
        throw Problem(
          description: "That user may not make server actions; log in as an administrator "
            + "(Administration / Settings). Odoo says: \(failure.message)"
        )
      case .failure(let failure):
        throw Problem(description: "Odoo failed (\(failure.name)): \(failure.message)")
      }
    }
  }
}
