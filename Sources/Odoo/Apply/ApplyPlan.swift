public import Floor
public import JSON

public struct ApplyPlan {
  public enum Step { case call(OdooCall), wait(Duration), finished(Outcome) }
  public struct Applied { public var backorders: [Int]; public var wasAlreadyDone: Bool }
  public struct Exception {
    public enum Category: String { case other }; public var category: Category;
    public var sentence: String; public var detail: JSON
  }
  public struct Later { public var kind: OdooFailure.Kind; public var retryAfter: Int? }
  public enum Outcome { case applied(Applied), exception(Exception), later(Later) }
  let c: Confirmation, id: Int
  var n = 0
  var lines: [JSON] = []
  public init(confirmation: Confirmation, transferID: Int, version: OdooVersion) {
    c = confirmation; id = transferID
  }
  public mutating func start() -> Step { read() }
  func read() -> Step {
    .call(
      OdooCall(
        "stock.picking",
        "read",
        ids: [id],
        arguments: ["fields": ["state", "backorder_ids"]],
        writes: false
      )
    )
  }
  public mutating func woke() -> Step { read() }
  public mutating func resume(_ r: Result<JSON, OdooFailure>) -> Step {
    n += 1
    switch r {
    case .failure(let f):
      return .finished(
        f.kind == .refused
          ? .exception(Exception(category: .other, sentence: f.message, detail: .null))
          : .later(Later(kind: f.kind, retryAfter: f.retryAfter))
      )
    case .success(let j):
      switch n {
      case 1:
        if j[0]?["state"]?.string == "done" {
          return .finished(
            .applied(
              Applied(
                backorders: j[0]?["backorder_ids"]?.array?.compactMap(\.int) ?? [],
                wasAlreadyDone: true
              )
            )
          )
        }
        return .call(
          OdooCall(
            "stock.move.line",
            "search_read",
            arguments: [
              "domain": .array([.array(["picking_id", "=", .int(id)])]),
              "fields": ["product_id", "quantity"], "load": .null,
            ],
            writes: false
          )
        )
      case 2:
        var cmds: [JSON] = []
        for l in j.array ?? [] {
          let q = c.lines.filter { $0.productID == l["product_id"]?.int }.reduce(
            into: Quantity.zero
          ) { $0 += $1.quantity }
          if q > .zero {
            cmds.append(.array([1, l["id"]!, ["quantity": q.json, "picked": true]]))
          }
        }
        return .call(
          OdooCall(
            "stock.picking",
            "write",
            ids: [id],
            arguments: ["vals": ["move_line_ids": .array(cmds)]],
            writes: true
          )
        )
      case 3:
        return .call(
          OdooCall(
            "stock.picking",
            "button_validate",
            ids: [id],
            context: ["skip_backorder": true, "skip_sms": true, "skip_expired": true],
            writes: true
          )
        )
      case 4: return read()
      default:
        return j[0]?["state"]?.string == "done"
          ? .finished(
            .applied(
              Applied(
                backorders: j[0]?["backorder_ids"]?.array?.compactMap(\.int) ?? [],
                wasAlreadyDone: false
              )
            )
          )
          : .finished(
            .exception(Exception(category: .other, sentence: "state \(j.text)", detail: .null))
          )
      }
    }
  }
}
