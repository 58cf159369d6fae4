/// The stable codes of verdicts; `docs/verdicts.md` says what each means and what to do.
public enum VerdictCode: String, CaseIterable, Sendable {
  // Good
  case opened
  case counted
  case complete
  case packageOpened = "package_opened"
  case packed
  case weighed
  case tracked
  case undone
  case discarded
  case confirmed
  case status
  case scanLot = "scan_lot"

  // Confirm
  case confirmIncomplete = "confirm_incomplete"

  // Refused: the scan
  case unknownBarcode = "unknown_barcode"
  case nothingOpen = "nothing_open"
  case wrongProduct = "wrong_product"
  case ambiguousProduct = "ambiguous_product"
  case tooMany = "too_many"
  case wrongLot = "wrong_lot"
  case lotMissing = "lot_missing"
  case serialTwice = "serial_twice"
  case serialQuantity = "serial_quantity"
  case packageElsewhere = "package_elsewhere"
  case packageTwice = "package_twice"
  case noPackage = "no_package"
  case weightUnstable = "weight_unstable"
  case weightImplausible = "weight_implausible"
  case nothingCounted = "nothing_counted"
  case nothingToUndo = "nothing_to_undo"
  case wrongStep = "wrong_step"
  case incomplete
  case commandUnavailable = "command_unavailable"

  // Refused: the transfer
  case unknownTransfer = "unknown_transfer"
  case notReady = "not_ready"
  case alreadyDone = "already_done"
  case alreadyClosed = "already_closed"
  case cancelled
  case openElsewhere = "open_elsewhere"
  case otherTransferOpen = "other_transfer_open"

  // Refused: the event itself
  case malformed
  case tooLarge = "too_large"
  case retained
  case unknownTopic = "unknown_topic"
  case unknownDevice = "unknown_device"
  case idConflict = "id_conflict"
  case doubtful
  case countUnavailable = "count_unavailable"
  case storageFull = "storage_full"
  case tooManyOpen = "too_many_open"
}
