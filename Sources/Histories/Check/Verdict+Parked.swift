internal import Floor

/// Whether a parked confirmation is parked for a reason that is true.
extension Verdict {
  mutating func judgeParked(_ closing: Closing, _ row: Disk.Row) {
    let category = row.category ?? "none"
    let who = "#\(closing.number) is parked as \(category)"
    let transfer =
      row.transferID.flatMap { end.transfers[$0] } ?? named(closing)
      ?? (category == "no_next" || category == "several_next" ? nil : told(row))
    let isDone = transfer?.state == "done"
    let isEqual = transfer?.moved(as: closing) == closing.expected
    let hasTracking = closing.tracking == nil || transfer?.tracking.isEmpty == false
    if category == "keeps_failing" {
      if history.witness.refusals[closing.uuid, default: 0] < 8 { note("\(who), but it did not") }
      return
    }
    if isDone, isEqual, hasTracking {
      return note(
        "\(who), but \(transfer?.name ?? "") is done as it was counted: \(row.reason ?? "")"
      )
    }
    if closing.flaw?.rawValue == category { return }
    guard let causes = Self.causes[category] else {
      return note("\(who), which nothing here can cause: \(row.reason ?? "")")
    }
    if category == "no_next", isDropped(closing) { return }
    let mine = deeds.filter { deed in
      // A serial number or a reservation of another order may be what stands in the way.
      deed.chain == closing.chain || Self.reachFar.contains(deed.deed) || category == "refused"
    }
    guard mine.contains(where: { causes.isEmpty || causes.contains($0.deed) }) else {
      return note("\(who), but nobody did anything of the kind: \(row.reason ?? "")")
    }
    switch category {
    case "cancelled":
      if transfer?.state != "cancel" { note("\(who), but it is \(transfer?.state ?? "gone")") }
    case "done_differently": if !isDone { note("\(who), but it is not done") }
    default: break
    }
  }

  /// True if an earlier closing of the step has dropped what was not counted then.
  private func isDropped(_ closing: Closing) -> Bool {
    history.hands.all.contains {
      $0.chain == closing.chain && $0.step == closing.step && $0.number < closing.number
        && $0.confirmation.rest == .drop
    }
  }

  /// The transfer that the reason tells of, where the confirmation was never bound to it.
  private func told(_ row: Disk.Row) -> EndState.Transfer? {
    let words = (row.reason ?? "").split(separator: " ").map {
      $0.prefix { $0 != "," && $0 != ";" }
    }
    return end.transfers.values.first { transfer in words.contains { $0 == transfer.name } }
  }

  private func named(_ closing: Closing) -> EndState.Transfer? {
    switch closing.confirmation.target {
    case .transfer(let id): end.transfers[id]
    case .named(let name): end.transfers.values.first { $0.name == name }
    case .remainder, .next: nil
    }
  }

  /// Deeds that reach into other chains.
  private static let reachFar: Set<Deed> = [.merge, .takeSerial, .createPackage]

  /// What people must have done for a category to be true; any deed where the set is empty.
  private static let causes: [String: Set<Deed>] = [
    "cancelled": [.cancelTransfer, .cancelOrder, .cutDemand, .merge],
    "done_differently": [],
    "changed_in_odoo": [
      .cutDemand, .raiseDemand, .cancelTransfer, .cancelOrder, .validate, .validatePart, .split,
      .merge, .addLine,
    ],
    "does_not_fit": [.cutDemand, .cancelTransfer, .cancelOrder, .validatePart, .split, .merge],
    "no_next": [
      .cancelTransfer, .cancelOrder, .cutDemand, .validate, .validatePart, .split, .merge,
      .setQuantity, .setPicked,
    ],
    "several_next": [.split, .merge, .validate, .raiseDemand, .validatePart],
    "no_backorder": [
      .split, .validate, .validatePart, .cancelTransfer, .cancelOrder, .cutDemand, .merge,
    ],
    "several_backorders": [.split, .merge, .raiseDemand],
    "not_ready": [],
    "refused": [],
    "product_not_in_transfer": [
      .cutDemand, .cancelTransfer, .cancelOrder, .validate, .validatePart, .split, .merge,
    ],
    "package_ambiguous": [.createPackage],
    "unstable": [.unreserve, .reserveAnew, .reserve, .split, .merge, .takeSerial],
    "not_done": [],
  ]
}
