internal import HTTP
internal import JSON
internal import Odoo

extension HealthCheck {
  /// Version, login and rights.
  func odoo() -> [Finding] {
    guard let odoo = settings.odoo else {
      return [
        Finding(
          "odoo",
          .warning,
          "not configured; events are kept and nothing is sent",
          hint: "Add the section [odoo] to the configuration."
        )
      ]
    }
    let link = OdooLink()
    let client: OdooClient
    do throws(HTTPClientError) {
      client = try OdooClient(odoo, link)
    } catch {
      return [Finding("odoo", .problem, "\(error)")]
    }
    switch client.logIn() {
    case .failure(let problem): return [Finding("odoo", .problem, problem.sentence)]
    case .success(let connected):
      var fields = OdooFields(version: connected.session.version)
      if case .success(let learned) = client.fields(as: connected.session) { fields = learned }
      link.loggedIn(connected, fields)
      return [
        Finding(
          "odoo",
          .good,
          "\(odoo.http.baseURL) is Odoo \(connected.session.version); logged in as "
            + "\(connected.userName), company \(connected.companyName)"
        )
      ] + email(connected) + missing(fields) + rights(client, connected)
        + action(client, odoo)
    }
  }

  private func action(_ client: OdooClient, _ odoo: AgentSettings.OdooSettings) -> [Finding] {
    guard let action = odoo.action else { return [] }
    if let problem = ServerActionCode.problem(
      action,
      client.call(ServerActionCode.probe(action)).result
    ) {
      return [
        Finding("odoo action", .warning, problem, hint: "Until then plain calls are made.")
      ]
    }
    return [Finding("odoo action", .good, "server action \(action) works")]
  }

  private func missing(_ fields: OdooFields) -> [Finding] {
    guard !fields.missing.isEmpty else { return [] }
    return [
      Finding(
        "odoo fields",
        .problem,
        "missing \(fields.missing.joined(separator: ", "))",
        hint: "Is the module Inventory installed, and may the user read it?"
      )
    ]
  }

  private func email(_ connected: OdooLogin.Connected) -> [Finding] {
    guard !connected.hasEmail, connected.session.version.major < 19 else { return [] }
    return [
      Finding(
        "odoo user",
        .warning,
        "\(connected.userName) has no e-mail address",
        hint: "Odoo 17 and 18 refuse every backorder of such a user: set one on the user."
      )
    ]
  }

  /// Reads a row of each model, and writes nothing to no record, which tells the right to write.
  private func rights(_ client: OdooClient, _ connected: OdooLogin.Connected) -> [Finding] {
    let major = connected.session.version.major
    let package = major >= 19 ? "stock.package" : "stock.quant.package"
    let read = [
      "stock.picking", "stock.move", "stock.move.line", "stock.picking.type", "stock.location",
      "product.product", "stock.lot", package,
    ]
    var missing: [String] = []
    for model in read {
      let call = OdooCall(
        model,
        "search_read",
        arguments: ["domain": [], "fields": ["id"], "limit": 1],
        writes: false
      )
      if case .failure(let failure) = client.call(call).result {
        missing.append("read \(model) (\(failure.name))")
      }
    }
    for model in ["stock.picking", "stock.move.line", package] {
      let call = OdooCall(model, "write", ids: [], arguments: ["vals": [:]], writes: true)
      if case .failure(let failure) = client.call(call).result {
        missing.append("write \(model) (\(failure.name))")
      }
    }
    guard missing.isEmpty else {
      return [
        Finding(
          "odoo rights",
          .problem,
          "may not " + missing.joined(separator: ", "),
          hint: "Give \(connected.userName) the group Inventory / User in Odoo: Settings > Users."
        )
      ]
    }
    return [Finding("odoo rights", .good, "may read and write transfers")]
  }
}
