public import Floor
public import JSON

/// Reads how a transfer stands in Odoo, for somebody who accepts it as it is; writes nothing.
public struct TransferReading: Sendable {
  /// How the transfer stands.
  public enum Outcome: Hashable, Sendable {
    /// It is done, cancelled or gone: nothing will change it any more.
    case settled(Settled)
    /// It can still be worked on, and is in this state.
    case open(state: String)
    /// Odoo did not answer, or not as it should.
    case failed(OdooFailure)
  }

  /// A transfer that is over.
  public struct Settled: Hashable, Sendable {
    /// Odoo's state; `gone` if there is no such transfer.
    public var state: String
    /// Its lines beside those that were counted.
    public var versions: ApplyException.Versions
    /// Database ids of the transfers that hold what was not done.
    public var backorders: [Int]
    /// Database ids of the moves that follow those that are done.
    public var nextMoves: [Int]
  }

  private let confirmation: Confirmation
  private let transferID: Int
  private let fields: OdooFields

  /// A reading of the transfer with that database id.
  public init(_ confirmation: Confirmation, transferID: Int, fields: OdooFields) {
    self.confirmation = confirmation
    self.transferID = transferID
    self.fields = fields
  }

  /// The one call that it takes.
  public var call: OdooCall {
    OdooCall(
      "stock.picking",
      "web_search_read",
      arguments: [
        "domain": [["id", "=", .int(transferID)]], "specification": fields.transferSpecification,
      ],
      writes: false
    )
  }

  /// What the call's result means.
  public func outcome(_ result: Result<JSON, OdooFailure>) -> Outcome {
    var snapshot = TransferSnapshot()
    do {
      let answer = try result.get()
      try snapshot.take(answer["records"] ?? .null, ratioOfUnit: fields.ratioOfUnit)
    } catch let failure as OdooFailure {
      return .failed(failure)
    } catch {
      return .failed(
        OdooFailure(kind: .contract, name: "tallyman.answer", message: "\(error)")
      )
    }
    switch snapshot.state {
    case .draft, .waiting, .confirmed, .assigned: return .open(state: snapshot.state.rawValue)
    case .gone, .cancel, .done:
      let done = snapshot.moves.filter { $0.state == "done" }
      return .settled(
        Settled(
          state: snapshot.state.rawValue,
          versions: .init(confirmation, snapshot),
          backorders: snapshot.backorders.map(\.id),
          nextMoves: Set(done.flatMap(\.next)).sorted()
        )
      )
    }
  }
}
