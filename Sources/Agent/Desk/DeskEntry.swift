public import Desk
internal import Floor
public import JSON
public import Journal
internal import Odoo

/// One exception as people see it: a parked confirmation, or a finding.
public struct DeskEntry: Sendable {
  /// What it is called: a confirmation's uuid, or `F` with a number.
  public var id: String
  /// What kind it is.
  public var code: ExceptionCode
  /// Name of the transfer, where it is about one.
  public var transfer: String?
  /// What happened, and what the choices are.
  public var sentence: String
  /// Since when, in milliseconds since 1970.
  public var since: Int64
  /// True while somebody has to decide.
  public var isOpen: Bool
  /// What Odoo and the floor say.
  public var detail: ExceptionDetail?
  /// The confirmation, if it is one.
  public var confirmation: ConfirmationRecord?
  /// Names of transfers whose confirmations wait behind it.
  public var holdsUp: [String] = []
  /// Names of the products in it, as far as they are known, by their database ids.
  public var products: [Int: String] = [:]

  /// A parked confirmation.
  init(_ record: ConfirmationRecord) {
    id = record.uuid
    code = ExceptionCode(category: record.category)
    transfer = record.transfer
    sentence = record.reason ?? ExceptionCode(category: record.category).rule.meaning
    since = record.changed
    isOpen = record.state == .parked
    detail = record.exceptionDetail
    confirmation = record
  }

  /// A finding.
  init(_ record: FindingRecord) {
    id = record.name
    code = ExceptionCode(category: record.draft.code)
    transfer = record.draft.transfer
    sentence = record.draft.sentence
    since = record.since
    isOpen = record.state == .open
    detail = (try? JSON.parse(record.draft.detail)).flatMap { ExceptionDetail(json: $0) }
  }

  /// The short form of `id`, which commands take too.
  public var shortID: String { confirmation == nil ? id : String(id.prefix(8)) }
  /// What may be decided about it now.
  public var decisions: [Decision] { isOpen ? code.rule.decisions : [] }

  /// The products that its lines name.
  var productIDs: Set<Int> {
    Set(
      (detail?.versions?.lines.map(\.productID) ?? [])
        + (confirmation?.content?.lines.map(\.productID) ?? [])
    )
  }

  /// The exception as one JSON object; `counted` are the lines that an edit names by their place.
  public var json: JSON {
    var object: JSONObject = [
      "id": .string(id), "code": .string(code.rawValue),
      "group": .string(code.rule.group.rawValue), "title": .string(code.rule.group.title),
      "transfer": .text(transfer), "sentence": .string(sentence),
      "advice": .string(code.rule.advice), "since": .int64(since), "open": .bool(isOpen),
      "decisions": .array(decisions.map { .string($0.rawValue) }),
      "holds_up": .array(holdsUp.map { .string($0) }),
    ]
    if let detail {
      object["odoo"] = .string(detail.odoo)
      object["floor"] = .string(detail.floor)
      if let versions = detail.versions {
        object["basis"] = .string(versions.basis.rawValue)
        object["lines"] = .array(versions.lines.map { named($0.json, $0.productID) })
      }
    }
    if let content = confirmation?.content {
      object["counted"] = .array(
        content.lines.enumerated().map { index, line in
          var json = line.json
          if case .object(var members) = json {
            members["line"] = .int(index + 1)
            json = .object(members)
          }
          return named(json, line.productID)
        }
      )
      object["tracking"] = .text(content.tracking)
      object["rest"] = .string(content.rest.rawValue)
    }
    if let confirmation {
      object["state"] = .string(confirmation.state.rawValue)
      object["station"] = .string(confirmation.station)
      object["closed"] = .int64(confirmation.closed)
    }
    return .object(object)
  }

  private func named(_ json: JSON, _ product: Int) -> JSON {
    guard case .object(var members) = json, let name = products[product] else { return json }
    members["name"] = .string(name)
    return .object(members)
  }
}
