/// Rules that can be broken on purpose, so that tests can show that somebody would notice.
package enum SeededBug: String, CaseIterable, Sendable {
  /// More than the demand is counted.
  case overPick = "over_pick"
  /// Taking back a scan of a lot takes back nothing.
  case undoForgetsLot = "undo_forgets_lot"
  /// A serial number counts as often as it is scanned.
  case serialTwice = "serial_twice"
  /// The next step may count what the step before never brought.
  case shortPickForgotten = "short_pick_forgotten"
  /// What is packed goes into the package before.
  case wrongPackage = "wrong_package"
  /// A transfer that was closed can be opened again.
  case remainderReopens = "remainder_reopens"
  /// A weight is never compared.
  case weightUnchecked = "weight_unchecked"
}
