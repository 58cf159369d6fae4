internal import JSON

/// What a real server was asked, and what it answered.
struct Recording {
  struct Step {
    let name: String
    let method: String
    let path: String
    let headers: [(name: String, value: String)]
    /// The body as JSON; a string is a body that is no JSON.
    let body: JSON?
    /// Nil where no answer came.
    let status: Int?
    let contentType: String
    let answer: JSON
  }

  let steps: [Step]

  init(_ json: JSON) throws {
    steps = (json.array ?? []).map { step in
      let headers = step["request"]?["headers"]?.object?.members ?? []
      let body = step["request"]?["body"]
      return Step(
        name: step["name"]?.string ?? "",
        method: step["request"]?["method"]?.string ?? "",
        path: step["request"]?["path"]?.string ?? "",
        headers: headers.map { ($0.name, $0.value.string ?? "") },
        body: body == .null ? nil : body,
        status: step["response"]?["status"]?.int,
        contentType: step["response"]?["headers"]?["Content-Type"]?.string ?? "",
        answer: step["response"]?["body"] ?? .null
      )
    }
    guard !steps.isEmpty else { throw ContractError("a recording without steps") }
  }
}
