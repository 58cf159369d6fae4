public import Desk
internal import Floor
internal import JSON
public import Journal
internal import Odoo

extension Decision {
  /// The decision that a request asks for; nil for a request that is none.
  public init?(_ action: OperatorRequest.Action) {
    switch action {
    case .retry: self = .retry
    case .edit: self = .edit
    case .accept: self = .accept
    case .split: self = .split
    case .discard: self = .drop
    case .rebind, .applyAgain, .approve, .reconcile: return nil
    }
  }

  /// The request that asks for it; a dropped confirmation has the state `discarded`.
  public var action: OperatorRequest.Action {
    switch self {
    case .retry: .retry
    case .edit: .edit
    case .accept: .accept
    case .split: .split
    case .drop: .discard
    }
  }
}

extension Edit {
  /// The edit of a request.
  init(text: String?) throws(DecisionProblem) {
    guard let json = text.flatMap({ try? JSON.parse($0) }) else {
      throw DecisionProblem("The edit says nothing: expected a JSON object with lines or tracking.")
    }
    try self.init(json: json)
  }
}

extension FindingDraft {
  /// What a split has left over.
  init(leftOver split: Split, of old: Confirmation) {
    let detail = ExceptionDetail(
      odoo: "no transfer asks for it",
      floor: ExceptionDetail.text(split.rest),
      versions: .init(
        basis: .nothing,
        lines: split.rest.map {
          .init(
            productID: $0.productID,
            lot: $0.lot,
            package: $0.package ?? $0.sourcePackage,
            odoo: nil,
            floor: $0.quantity
          )
        }
      )
    )
    self.init(
      identity: "left_over:\(split.fitting.key)",
      code: ExceptionCode.leftOver.rawValue,
      transfer: old.transferName,
      sentence: "\(old.transferName) was split; this is what its transfer does not ask for.",
      detail: detail.json.text
    )
  }
}

/// How products are tracked.
enum Tracking {
  /// What the mirror knows of the products that an edit is about.
  static func known(
    of confirmation: Confirmation,
    _ edit: Edit,
    directory: String
  ) -> [Int: Product.Tracking] {
    let mirror = MirrorReader(directory: directory)
    mirror.begin(at: SystemClock(boot: 0).stamp())
    defer { mirror.end() }
    var known: [Int: Product.Tracking] = [:]
    for id in Set(confirmation.lines.map(\.productID) + edit.added.map(\.productID)) {
      known[id] = mirror.product(id: id)?.tracking
    }
    return known
  }
}
