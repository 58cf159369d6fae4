/// The sentences for workers and shift leads, in English.
enum Messages {
  static let nothingOpen = "Scan the transfer first."
  static let empty = "The scan was empty. Scan again."
  static let nothingToUndo = "Nothing to take back."
  static let noPackage = "Scan the package that is on the scale first."
  static let weightUnstable = "The load still moves. Wait and weigh again."
  static let scanPackageLabel = "Scan the label of the package."
  static let commandUnavailable = "This command does nothing here."
  static let countUnavailable =
    "Counting stock is not available here. The count was kept but will not reach Odoo."

  static func opened(_ tally: Tally) -> String {
    "\(tally.transfer.name) open: \(tally.demand) to count."
  }
  static func status(_ tally: Tally) -> String {
    "\(tally.transfer.name): \(tally.counted) counted, \(tally.demand - tally.counted) left."
  }
  static func counted(_ product: String, _ tally: Tally, _ id: Int) -> String {
    "\(product): \(tally.counted(of: id)) of \(tally.demand(of: id))."
  }
  static func countedPackage(_ package: String, _ tally: Tally) -> String {
    "Package \(package) counted, \(tally.demand - tally.counted) left."
  }
  static func complete(_ tally: Tally) -> String {
    "\(tally.transfer.name) is complete. Scan validate."
  }
  static func packed(_ package: String) -> String { "Packed into \(package)." }
  static func packageOpened(_ package: String) -> String { "Package \(package) open." }
  static func weighed(_ package: String, _ weight: Quantity) -> String {
    "Package \(package) weighs \(weight) kg."
  }
  static func tracked(_ tally: Tally) -> String {
    "Tracking number of \(tally.transfer.name) noted."
  }
  static func undone(_ tally: Tally) -> String {
    "Taken back. \(status(tally))"
  }
  static func discarded(_ tally: Tally) -> String {
    "\(tally.transfer.name) put away, its counts are forgotten."
  }
  static func confirmed(_ tally: Tally) -> String { "\(tally.transfer.name) closed." }
  static func scanLot(_ product: Product) -> String {
    product.tracking == .serial
      ? "\(product.name): scan the serial number." : "\(product.name): scan the lot."
  }

  static func confirmIncomplete(_ tally: Tally, _ policy: FloorPolicy) -> String {
    let rest = policy.incomplete == .drop ? "will be dropped" : "becomes a backorder"
    return "\(tally.demand - tally.counted) missing, the rest \(rest). Scan validate again."
  }
  static func incomplete(_ tally: Tally) -> String {
    "\(tally.demand - tally.counted) missing. Count them or discard the transfer."
  }

  static func unknownBarcode(_ code: String) -> String {
    "Barcode \(short(code)) is not known here."
  }
  static func unknownTransfer(_ name: String) -> String {
    "Transfer \(short(name)) is not known here. It may be too new for this box."
  }
  static func wrongProduct(_ product: String, _ tally: Tally) -> String {
    "\(product) is not part of \(tally.transfer.name)."
  }
  static func ambiguous(_ code: String) -> String {
    "\(short(code)) belongs to several products of this transfer. Scan a more specific code."
  }
  static func tooMany(_ product: String, demand: Quantity) -> String {
    "Too many: only \(demand) of \(product) are asked for."
  }
  static func wrongLot(_ lot: String, _ product: String) -> String {
    "\(short(lot)) is no lot or serial number of \(product)."
  }
  static func lotMissing(_ product: String) -> String {
    "\(product): its lot or serial number is missing."
  }
  static func serialTwice(_ serial: String) -> String {
    "Serial number \(short(serial)) is already counted."
  }
  static func serialQuantity(_ serial: String) -> String {
    "Serial number \(short(serial)) stands for exactly one piece."
  }
  static func packageElsewhere(_ package: String, station: String) -> String {
    "Package \(short(package)) is in use at \(station)."
  }
  static func packageTwice(_ package: String) -> String {
    "Package \(short(package)) is already counted."
  }
  static func weightImplausible(_ weight: Quantity) -> String {
    "A weight of \(weight) kg cannot be right. Weigh again."
  }
  static func nothingCounted(_ tally: Tally) -> String {
    "Nothing is counted for \(tally.transfer.name)."
  }
  static func wrongStep(_ step: Transfer.Step, _ transfer: Transfer) -> String {
    "\(transfer.name) is not for this step (\(step.rawValue)); "
      + "it is for \(transfer.operation.step.rawValue)."
  }

  static func notReady(_ transfer: Transfer) -> String {
    "\(transfer.name) is not ready: its goods are not reserved (\(transfer.state.rawValue))."
  }
  static func alreadyDone(_ name: String) -> String { "\(name) is already done in Odoo." }
  static func alreadyClosed(_ name: String) -> String { "\(name) is already closed." }
  static func severalBackorders(_ name: String) -> String {
    "\(name) is closed and has several backorders. Scan the one you work on."
  }
  static func cancelled(_ name: String) -> String { "\(name) was cancelled in Odoo." }
  static func openElsewhere(_ name: String, station: String) -> String {
    "\(name) is open at \(station)."
  }
  static func otherOpen(_ tally: Tally, wanted: String) -> String {
    "\(tally.transfer.name) is still open here. Validate or discard it, then scan \(short(wanted))."
  }
  static func tooManyOpen(_ limit: Int) -> String {
    "\(limit) transfers are open, more are not allowed. Close one first."
  }

  static func countedSoFar(_ tally: Tally?) -> String {
    guard let tally else { return "Nothing is open here." }
    return "Counted so far: \(tally.counted) of \(tally.demand)."
  }
  static func doubtful(_ tally: Tally?) -> String {
    "Not counted, this may be an old scan. \(countedSoFar(tally)) Go on from there."
  }

  /// A code as far as it fits into a sentence.
  private static func short(_ text: String) -> String {
    text.count <= 40 ? text : "\(text.prefix(40))…"
  }
}
