internal import Floor

/// Deciding: what to do next follows from what was just read, and from nothing that was answered.
extension ApplyPlan {
  mutating func decide() -> Step {
    switch snapshot.state {
    case .gone:
      return except(
        .gone,
        "Transfer \(confirmation.transferName) does not exist in Odoo any more. Find out who "
          + "removed it, book what was counted by hand, and accept Odoo's version.",
        odoo: "no such transfer"
      )
    case .cancel:
      return except(
        .cancelled,
        "Transfer \(snapshot.name) was cancelled in Odoo before it could be applied. "
          + "Put the goods back, or make a new transfer for them; then accept Odoo's version.",
        odoo: "cancelled"
      )
    case .done: return decideDone()
    case .draft, .waiting: return decideNotReady()
    case .confirmed, .assigned:
      if snapshot.openMoves.allSatisfy({ $0.demand <= .zero }) { return decideNotReady() }
      return decideOpen()
    }
  }

  private mutating func decideDone() -> Step {
    let counted = confirmation.lines
    guard Comparison(snapshot, kept: memory.kept ?? []).equals(counted) else {
      return except(
        .doneDifferently,
        "Transfer \(snapshot.name) is done in Odoo, but not with what was counted. Compare both "
          + "versions with the goods; accept Odoo's if it is right, else correct it first with a "
          + "return or an adjustment.",
        odoo: nil
      )
    }
    if let tracking = confirmation.tracking, fields.hasTracking {
      let theirs = snapshot.tracking ?? ""
      if theirs.isEmpty {
        return except(
          .doneDifferently,
          "Transfer \(snapshot.name) is done in Odoo with the goods that were counted, but "
            + "without its tracking reference. Write the reference into the transfer.",
          odoo: "no tracking reference"
        )
      }
      if theirs != tracking { memory.notes.append("Odoo has the tracking reference \(theirs).") }
    }
    return applied()
  }

  private mutating func decideNotReady() -> Step {
    let what = "Transfer \(snapshot.name) is \(snapshot.state.rawValue) in Odoo"
    guard settings.notReadyBefore < settings.notReadyLimit else {
      return except(
        .notReady,
        "\(what) and stayed so. Validate what comes before it, confirm it in Odoo, or drop "
          + "the count.",
        odoo: snapshot.state.rawValue
      )
    }
    return later("\(what) and cannot be validated yet.", nil, after: settings.notReadyPause)
  }

  private mutating func decideOpen() -> Step {
    if settings.unsettledFor > .zero {
      // Hazard `late-write`: what is written now could meet an earlier call on a done transfer.
      memory.isUnsettled = true
      return finish(.later(.unsettled(for: settings.unsettledFor)))
    }
    if let step = decideTrouble() { return step }
    let own = ownPackageIDs
    if memory.kept == nil {
      memory.kept = Set(snapshot.lines.compactMap(\.resultPackageID)).subtracting(own)
    }
    if let step = decideChanged() { return step }
    return plan()
  }

  /// Packages of Odoo that have the name of one that was filled here, or that an earlier content of
  /// the confirmation named.
  var ownPackageIDs: Set<Int> {
    let names = confirmation.lines.compactMap(\.package) + (confirmation.edition?.packages ?? [])
    return Set(names.flatMap { snapshot.packageIDs($0) })
  }

  /// What the last write came to; nil to go on planning.
  private mutating func decideTrouble() -> Step? {
    guard let trouble = memory.trouble else { return nil }
    memory.trouble = nil
    switch trouble {
    case .question(let model):
      return except(
        .wizard,
        "Odoo asked a question (\(model)) instead of validating transfer \(snapshot.name). "
          + "Validate it in Odoo and answer there, then try again here.",
        odoo: model
      )
    case .answered:
      return except(
        .notDone,
        "Odoo answered the validation of transfer \(snapshot.name) without an error, but the "
          + "transfer is not done. Look at it in Odoo, then try again.",
        odoo: snapshot.state.rawValue
      )
    case .failure(let failure): return decideFailure(failure)
    }
  }

  private mutating func decideFailure(_ failure: OdooFailure) -> Step? {
    let question = "tallyman: question "
    if memory.last == .apply, failure.message.hasPrefix(question) {
      memory.trouble = .question(String(failure.message.dropFirst(question.count)))
      return decideTrouble()
    }
    let after = failure.retryAfter.map { Duration.seconds($0) }
    switch failure.kind {
    case .denied: return finish(.stop(failure))
    case .unreachable, .conflict:
      return later("Odoo did not take it: \(failure.message)", failure.kind, after: after)
    case .unanswered, .unavailable:
      // A validation that is still running shows in the state sooner or later. Anything else may
      // be sent again after a pause, for it repeats itself harmlessly.
      if memory.last == .validate || memory.last == .apply { memory.trouble = .failure(failure) }
      return settle()
        ?? later("Odoo did not answer: \(failure.message)", failure.kind, after: after)
    case .missing where memory.last == .write || memory.last == .apply:
      memory.replans += 1
      guard memory.replans > settings.replanLimit else { return nil }
      return except(
        .unstable,
        "The lines of transfer \(snapshot.name) were replaced in Odoo each time they were about "
          + "to be written. Find out who or what reserves it again, then try again.",
        odoo: failure.message
      )
    case .refused, .missing, .forbidden, .contract:
      // What failed may have met its own earlier, unanswered repetition.
      if memory.isUnsettled, let step = settle() { return step }
      // What was asked for beforehand may be true no more: planned again with questions of its own.
      if memory.leansOnNames {
        memory.leansOnNames = false
        memory.rows = [:]
        return nil
      }
      return refused(failure)
    }
  }

  private mutating func refused(_ failure: OdooFailure) -> Step {
    let transfer = "transfer \(snapshot.name)"
    switch failure.kind {
    case .forbidden:
      return except(
        .forbidden,
        "Odoo does not let the user apply \(transfer). Check its groups and companies, then try "
          + "again.",
        odoo: failure.message
      )
    case .contract:
      return except(
        .contract,
        "Odoo could not carry out a call for \(transfer) (\(failure.name)). This is a bug here or "
          + "a change there; validate it by hand and report it.",
        odoo: failure.message
      )
    default:
      return except(
        .refused,
        "Odoo refused \(transfer) by one of its rules. Put right what its message says and try "
          + "again, or validate it by hand.",
        odoo: failure.message
      )
    }
  }

  /// Whether Odoo asks for what was counted, where nothing was known of it at closing.
  private mutating func decideFit() -> Step? {
    let asked = snapshot.openMoves
    let over = confirmation.countedByProduct.sorted { $0.key < $1.key }.compactMap {
      product,
      counted -> String? in
      let demand = asked.filter { $0.productID == product }.map(\.demand).reduce(.zero, +)
      return demand < counted ? "product \(product): \(counted) counted, \(demand) asked for" : nil
    }
    guard !over.isEmpty else { return nil }
    return except(
      .doesNotFit,
      "Transfer \(snapshot.name) was counted without a list, and asks for less than was counted. "
        + "Compare with the goods; change the transfer in Odoo and try again, or split the count.",
      odoo: over.joined(separator: "; ")
    )
  }

  /// Whether Odoo still asks for what was seen at closing.
  private mutating func decideChanged() -> Step? {
    guard !confirmation.seen.isEmpty else { return decideFit() }
    var changes: [String] = []
    let open = snapshot.openMoves
    for seen in confirmation.seen {
      guard let id = seen.moveID else { continue }
      let move = open.first { $0.id == id && $0.productID == seen.productID }
      if let move, move.demand >= seen.demand { continue }
      let now = move.map { "\($0.demand)" } ?? "nothing"
      changes.append("product \(seen.productID): \(seen.demand) were asked for, now \(now)")
    }
    let unbound = confirmation.seen.filter { $0.moveID == nil }
    for product in Set(unbound.map(\.productID)).sorted() {
      let seen = unbound.filter { $0.productID == product }.map(\.demand).reduce(.zero, +)
      let now = open.filter { $0.productID == product }.map(\.demand).reduce(.zero, +)
      if now < seen { changes.append("product \(product): \(seen) were asked for, now \(now)") }
    }
    if changes.isEmpty, confirmation.rest == .drop {
      let seen = confirmation.seen.map(\.demand).reduce(.zero, +)
      let now = open.map(\.demand).reduce(.zero, +)
      if now != seen
        || !confirmation.seen.contains(where: { $0.moveID == nil })
          && open.count != confirmation.seen.count
      {
        changes.append("\(seen) were asked for in all, now \(now); the rest was to be dropped")
      }
    }
    guard !changes.isEmpty else { return nil }
    return except(
      .changedInOdoo,
      "Transfer \(snapshot.name) was changed in Odoo after it was closed on the floor. Edit the "
        + "count to what is right, or split it to apply what Odoo still asks for.",
      odoo: changes.joined(separator: "; ")
    )
  }
}
