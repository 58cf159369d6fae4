public import JSON

/// Reads from Odoo what a reconciliation compares.
///
/// A state machine without I/O that never writes. Transfers are read in batches of a hundred, each
/// batch in one call with moves, lines, lots and packages, and its returns in another. After them
/// come the transfers of the same operation types that were done since. The driver puts its pauses
/// between the calls.
public struct ReconcileRead: Sendable {
  /// What the driver has to do.
  public enum Step: Sendable {
    /// Make the call and give its result to `resume`.
    case call(OdooCall)
    /// All is read.
    case finished(OdooSide)
    /// Odoo could not be read; nothing is known.
    case failed(OdooFailure)
  }

  /// What is asked for.
  public struct Question: Sendable {
    /// Database ids of the transfers.
    public var transfers: [Int]
    /// Transfers that the journal knows, also those that are not compared.
    public var known: Set<Int>
    /// Operation types that the box works on, besides those of `transfers`.
    public var types: Set<Int>
    /// Other transfers are read if they were done then or later, in milliseconds since 1970.
    public var since: Int64
    /// The company of the login.
    public var companyID: Int?

    /// A question about transfers.
    public init(
      transfers: [Int],
      known: Set<Int>,
      types: Set<Int>,
      since: Int64,
      companyID: Int?
    ) {
      self.transfers = transfers
      self.known = known
      self.types = types
      self.since = since
      self.companyID = companyID
    }
  }

  /// Transfers of one batch.
  public static let batch = 100
  /// Transfers that others have done: at most so many are read.
  public static let otherLimit = 1000

  private enum State {
    case idle, transfers, returns, others
  }

  private let fields: OdooFields
  private let question: Question
  private var rest: ArraySlice<Int>
  private var current: [Int] = []
  private var state = State.idle
  private var side = OdooSide()

  /// A reading of what `question` asks for, from a server with these fields.
  public init(_ question: Question, fields: OdooFields) {
    self.question = question
    self.fields = fields
    rest = Array(Set(question.transfers)).sorted()[...]
    side.asked = Set(question.transfers)
  }

  /// The first step.
  public mutating func start() -> Step { nextBatch() }

  /// The step after a call's result.
  public mutating func resume(_ result: Result<JSON, OdooFailure>) -> Step {
    do {
      let answer = try result.get()
      guard let rows = answer.array ?? answer["records"]?.array else {
        return .failed(Self.contract("the answer is not a list of records"))
      }
      switch state {
      case .idle: return nextBatch()
      case .transfers: return try tookTransfers(rows)
      case .returns: return tookReturns(rows)
      case .others: return try tookOthers(rows)
      }
    } catch let failure as OdooFailure {
      return .failed(failure)
    } catch {
      return .failed(Self.contract("\(error)"))
    }
  }

  private static func contract(_ text: String) -> OdooFailure {
    OdooFailure(kind: .contract, name: "tallyman.unexpected", message: text)
  }

  private mutating func nextBatch() -> Step {
    current = Array(rest.prefix(Self.batch))
    rest = rest.dropFirst(Self.batch)
    guard !current.isEmpty else { return askOthers() }
    state = .transfers
    return readTransfers([["id", "in", Self.list(current)]], specification)
  }

  private mutating func tookTransfers(_ rows: [JSON]) throws -> Step {
    for row in rows {
      let facts = try TransferFacts(row, fields)
      side.transfers[facts.snapshot.id] = facts
      if let type = facts.typeID { side.types.insert(type) }
    }
    return askReturns()
  }

  private mutating func askReturns() -> Step {
    let moves = current.flatMap { side.transfers[$0]?.snapshot.moves ?? [] }
      .filter { $0.state == "done" }.map(\.id)
    guard !moves.isEmpty, fields.has(Self.returnField, on: "stock.move") else {
      return nextBatch()
    }
    state = .returns
    let domain: [JSON] = [
      ["state", "=", "done"], [.string(Self.returnField), "in", Self.list(moves)],
    ]
    return .call(
      OdooCall(
        "stock.move",
        "search_read",
        arguments: [
          "domain": .array(domain), "fields": [.string(Self.returnField), "picking_id"],
        ],
        writes: false
      )
    )
  }

  private mutating func tookReturns(_ rows: [JSON]) -> Step {
    var owners: [Int: Int] = [:]
    for id in current {
      for move in side.transfers[id]?.snapshot.moves ?? [] { owners[move.id] = id }
    }
    for row in rows {
      guard let owner = row[Self.returnField]?.reference.flatMap({ owners[$0] }),
        let name = row["picking_id"]?[1]?.string,
        side.transfers[owner]?.returns.contains(name) == false
      else { continue }
      side.transfers[owner]?.returns.append(name)
    }
    return nextBatch()
  }

  private mutating func askOthers() -> Step {
    let types = side.types.union(question.types)
    guard !types.isEmpty else { return .finished(side) }
    state = .others
    var domain: [JSON] = [
      ["state", "=", "done"],
      ["date_done", ">=", .string(OdooTime.text(question.since / 1000))],
      ["picking_type_id", "in", Self.list(Array(types))],
    ]
    if let company = question.companyID { domain.append(["company_id", "=", .int(company)]) }
    return readTransfers(
      domain,
      Self.written(["name": [:], "state": [:], "date_done": [:]]),
      limit: Self.otherLimit + 1
    )
  }

  private mutating func tookOthers(_ rows: [JSON]) throws -> Step {
    side.othersAreCut = rows.count > Self.otherLimit
    for row in rows.prefix(Self.otherLimit) {
      let facts = try TransferFacts(row, fields, withLines: false)
      guard !question.known.contains(facts.snapshot.id), !side.asked.contains(facts.snapshot.id)
      else { continue }
      side.others.append(facts)
    }
    return .finished(side)
  }
}

extension ReconcileRead {
  /// The move that a return brings back.
  private static let returnField = "origin_returned_move_id"

  private static func list(_ ids: [Int]) -> JSON {
    .array(Array(Set(ids)).sorted().map { .int($0) })
  }

  /// What the plan reads of a transfer, with who wrote it last and the names of products.
  private var specification: JSONObject {
    var transfer = fields.transferSpecification.object ?? [:]
    transfer["picking_type_id"] = [:]
    transfer["date_done"] = [:]
    for relation in ["move_ids", "move_line_ids"] {
      var part = transfer[relation]?["fields"]?.object ?? [:]
      part["product_id"] = Self.named
      transfer[relation] = ["fields": .object(Self.written(part))]
    }
    return Self.written(transfer)
  }

  private static let named: JSON = ["fields": ["display_name": [:]]]

  private static func written(_ fields: JSONObject) -> JSONObject {
    var fields = fields
    fields["write_date"] = [:]
    fields["write_uid"] = named
    return fields
  }

  private func readTransfers(
    _ domain: [JSON],
    _ specification: JSONObject,
    limit: Int? = nil
  ) -> Step {
    var arguments: JSONObject = [
      "domain": .array(domain), "specification": .object(specification), "order": "id",
    ]
    if let limit { arguments["limit"] = .int(limit) }
    return .call(OdooCall("stock.picking", "web_search_read", arguments: arguments, writes: false))
  }
}
