internal import JSON

extension Comparison {
  /// Compares the answer of one step: status, kind of body, error, result.
  mutating func compare(_ step: Recording.Step, _ answer: PlainClient.Answer?) {
    guard let status = step.status else {
      if answer != nil { differences.append("answered, though the recorded client got nothing") }
      return
    }
    guard let answer else {
      differences.append("no answer, recorded \(status)")
      return
    }
    if answer.status != status {
      differences.append("status: recorded \(status), simulated \(answer.status)")
    }
    let types = [step.contentType, answer.header("Content-Type")].map { $0.prefix { $0 != ";" } }
    if !types[0].isEmpty, types[0] != types[1] {
      differences.append("media type: recorded \(types[0]), simulated \(types[1])")
    }
    if step.path.hasPrefix("/xmlrpc/") { return xml(step.answer, answer.body) }
    guard step.answer.string == nil else { return }
    guard let body = try? JSON.parse(answer.body) else {
      differences.append("recorded JSON, simulated \(String(decoding: answer.body, as: UTF8.self))")
      return
    }
    if step.path.hasPrefix("/json/2/") {
      if status >= 400 { return errors(step.answer, body) }
      return result(step, step.answer, body)
    }
    guard step.answer["jsonrpc"] != nil else { return compare(step.answer, body, "", "body") }
    compare(step.answer["id"] ?? .null, body["id"] ?? .null, "", "id")
    switch (step.answer["error"], body["error"]) {
    case (let recorded?, let own?):
      compare(recorded["code"] ?? .null, own["code"] ?? .null, "", "error.code")
      compare(recorded["message"] ?? .null, own["message"] ?? .null, "", "error.message")
      errors(recorded["data"] ?? .null, own["data"] ?? .null)
    case (let recorded?, nil):
      differences.append(
        "recorded error \(recorded["data"]?["name"]?.string ?? ""), simulated \(body.text.prefix(300))"
      )
    case (nil, let own?):
      differences.append(
        "simulated error \(own["data"]?["name"]?.string ?? "") \(own["data"]?["message"]?.string ?? "")"
      )
    case (nil, nil): result(step, step.answer["result"] ?? .null, body["result"] ?? .null)
    }
  }

  private mutating func xml(_ recorded: JSON, _ body: [UInt8]) {
    let there = XMLSkeleton(recorded.string ?? "")
    let own = XMLSkeleton(String(decoding: body, as: UTF8.self))
    if there != own { differences.append("recorded \(there), simulated \(own)") }
  }

  /// By the class; the text too where a user would read it.
  private mutating func errors(_ recorded: JSON, _ simulated: JSON) {
    compare(recorded["name"] ?? .null, simulated["name"] ?? .null, "", "error.name")
    let readable = ["odoo.exceptions.UserError", "odoo.exceptions.ValidationError"]
    guard readable.contains(recorded["name"]?.string ?? "") else { return }
    compare(recorded["message"] ?? .null, simulated["message"] ?? .null, "", "error.message")
  }

  private mutating func result(_ step: Recording.Step, _ recorded: JSON, _ simulated: JSON) {
    let (model, method) = step.call
    switch method {
    case "fields_get": fields(recorded, simulated)
    case "create", "search": ids(recorded, simulated, model, "result")
    case "action_put_in_pack" where recorded.object == nil:
      ids(recorded, simulated, package, "result")
    case "login", "authenticate": ids(recorded, simulated, "res.users", "result")
    case "list": lists(recorded, simulated)
    default: compare(recorded, simulated, model, "result")
    }
  }

  private mutating func lists(_ recorded: JSON, _ simulated: JSON) {
    if simulated.array?.contains(where: { $0.string != nil }) != true {
      differ("result", recorded, simulated)
    }
  }

  /// A server has more fields; those of the simulator must exist there, with the same attributes.
  private mutating func fields(_ recorded: JSON, _ simulated: JSON) {
    guard let own = simulated.object?.members, !own.isEmpty else {
      differences.append("no fields")
      return
    }
    for member in own {
      guard let there = recorded[member.name] else {
        differences.append("field \(member.name): not recorded")
        continue
      }
      let types = [there["type"], member.value["type"]]
      if types[0] != types[1] { differ("field \(member.name)", there, member.value) }
    }
  }
}

extension Recording.Step {
  /// The model and method that it calls; empty where it calls none.
  var call: (model: String, method: String) {
    if path.hasPrefix("/json/2/") {
      let parts = path.split(separator: "/").map(String.init)
      return parts.count == 4 ? (parts[2], parts[3]) : ("", "")
    }
    let parameters = body?["params"]
    if let model = parameters?["model"]?.string {
      return (model, parameters?["method"]?.string ?? "")
    }
    let arguments = parameters?["args"]?.array ?? []
    guard parameters?["method"] == "execute_kw", arguments.count > 4 else {
      return ("", parameters?["method"]?.string ?? "")
    }
    return (arguments[3].string ?? "", arguments[4].string ?? "")
  }
}
