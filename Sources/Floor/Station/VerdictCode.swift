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
  case resumed
  case joined
  case parked
  case batchOpened = "batch_opened"
  case blindOpened = "blind_opened"
  case nested
  case packageClosed = "package_closed"
  case packageTyped = "package_typed"
  case quantityNoted = "quantity_noted"
  case locationNoted = "location_noted"
  case loadOpened = "load_opened"
  case loaded
  case loadClosed = "load_closed"
  case countOpened = "count_opened"
  case countLocation = "count_location"
  case countCounted = "count_counted"
  case countClosed = "count_closed"

  // Confirm
  case confirmIncomplete = "confirm_incomplete"
  case confirmDiscard = "confirm_discard"
  case confirmPark = "confirm_park"

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
  case badBarcode = "bad_barcode"
  case operationType = "operation_type"
  case quantityImplausible = "quantity_implausible"
  case serialElsewhere = "serial_elsewhere"
  case otherLot = "other_lot"
  case expiredLot = "expired_lot"
  case wrongLocation = "wrong_location"
  case packageNotEmpty = "package_not_empty"
  case packageUnknown = "package_unknown"
  case notPacked = "not_packed"
  case wrongCarrier = "wrong_carrier"
  case wrongCarton = "wrong_carton"
  case scanParcel = "scan_parcel"
  case noPackageNumbers = "no_package_numbers"
  case weightMismatch = "weight_mismatch"
  case weightMissing = "weight_missing"
  case packageTooHeavy = "package_too_heavy"
  case countOpen = "count_open"
  case countNeedsLocation = "count_needs_location"
  case nothingToOverride = "nothing_to_override"

  // Refused: the transfer
  case unknownTransfer = "unknown_transfer"
  case notReady = "not_ready"
  case alreadyDone = "already_done"
  case alreadyClosed = "already_closed"
  case cancelled
  case openElsewhere = "open_elsewhere"
  case otherTransferOpen = "other_transfer_open"
  case ambiguousTransfer = "ambiguous_transfer"
  case wrongStation = "wrong_station"
  case mirrorStale = "mirror_stale"
  case mixedUnits = "mixed_units"
  case unitFraction = "unit_fraction"
  case transferChanged = "transfer_changed"

  // Refused: the event itself
  case malformed
  case tooLarge = "too_large"
  case retained
  case unknownTopic = "unknown_topic"
  case unknownDevice = "unknown_device"
  case idConflict = "id_conflict"
  case doubtful
  case storageFull = "storage_full"
  case tooManyOpen = "too_many_open"
}
