/// Every sentence that a worker can be told, with its English text.
///
/// The one catalogue: language files are checked against it, and translate by `key`. A new sentence
/// is a new case here and a line in each file of `languages/`. A `{placeholder}` is filled with the
/// value of that name.
public enum Phrase: String, CaseIterable, Sendable {
  // What was done
  case opened = "{transfer} open: {demand} to count."
  case status = "{transfer}: {counted} counted, {left} left."
  case counted = "{product}: {counted} of {demand}."
  case countedBlind = "{product}: {counted}."
  case countedPackage = "Package {package} counted, {left} left."
  case complete = "{transfer} is complete. Scan validate."
  case packed = "Packed into {package}."
  case packageOpened = "Package {package} open."
  case weighed = "Package {package} weighs {weight} kg."
  case tracked = "Tracking number of {transfer} noted."
  case undone = "Taken back. {status}"
  case discarded = "{transfer} put away, its counts are forgotten."
  case confirmed = "{transfer} closed."
  case resumed = "{transfer} goes on: {counted} counted, {left} left."
  case joined = "{transfer} is open at {station}; you count with it."
  case leftTo = "{transfer} goes on at {station} alone."
  case parked = "{transfer} put aside. Scan it again to go on."
  case batchOpened = "{batch} open: {transfers} transfers."
  case blindOpened = "{transfer} open without a list. Everything is counted as it comes."
  case nested = "Package {package} is in {parent}."
  case packageClosed = "Package {package} closed."
  case packageTyped = "Package {package} is a {type}."
  case quantityNoted = "The next scan counts {quantity}."
  case keyedUndone = "The number is forgotten."
  case locationNoted = "{location} is right."
  case goesTo = "For {transfer}."
  case loadOpened = "Loading at {location}. Scan the parcels."
  case loaded = "Parcel {package} loaded; {left} left of {transfer}."
  case groupClosed = "{group} closed: {transfers} transfers."
  case groupStatus = "{group}: {counted} counted, {left} left."
  case countOpened = "Counting stock. Scan the location."
  case countLocation = "Counting at {location}."
  case countCounted = "{product}: {counted} at {location}."
  case countStatus = "{location}: {counted} counted."
  case countClosed = "The count of {location} is kept."
  case countDiscarded = "The count is forgotten."

  // What is to be done next
  case scanSerial = "{product}: scan the serial number."
  case scanLot = "{product}: scan the lot."
  case confirmBackorder = "{left} missing, the rest becomes a backorder. Scan validate again."
  case confirmDrop = "{left} missing, the rest will be dropped. Scan validate again."
  case confirmDiscard = "{counted} counted will be forgotten. Scan discard again."
  case confirmPark = "{transfer} is still open. Scan {wanted} again to put it aside."
  case confirmGroup =
    "Transfers with something missing: {transfers}; {left} in all. Scan again to close."
  case supervisorMay = "A supervisor's badge lets it pass."
  case scanBadge = "Scan the supervisor's badge."
  case nothingToOverride = "Nothing waits for a supervisor."
  case scanParcel = "Scan parcels, or the location to finish."
  case countOpen = "A count of stock is open here. Close it first."
  case countNeedsLocation = "Scan the location first."
  case countByLot = "{product}: scan a label with its lot or serial number."
  case incomplete = "{left} missing. Count them or discard the transfer."
  case nothingOpen = "Scan the transfer first."
  case empty = "The scan was empty. Scan again."
  case nothingToUndo = "Nothing to take back."
  case noPackage = "Scan the package that is on the scale first."
  case weightUnstable = "The load still moves. Wait and weigh again."
  case scanPackageLabel = "Scan the label of the package."
  case commandUnavailable = "This command does nothing here."

  // What is wrong with the scan
  case unknownBarcode = "Barcode {code} is not known here."
  case wrongProduct = "{product} is not part of {transfer}."
  case ambiguous = """
    {code} belongs to several products of this transfer. Scan a more specific code.
    """
  case tooMany = "Too many: only {demand} of {product} are asked for."
  case wrongLot = "{lot} is no lot or serial number of {product}."
  case lotMissing = "{product}: its lot or serial number is missing."
  case serialTwice = "Serial number {serial} is already counted."
  case serialQuantity = "Serial number {serial} stands for exactly one piece."
  case packageElsewhere = "Package {package} is in use at {station}."
  case packageTwice = "Package {package} is already counted."
  case weightImplausible = "A weight of {weight} kg cannot be right. Weigh again."
  case nothingCounted = "Nothing is counted for {transfer}."
  case badBarcode = "The label {code} is wrong ({problem}). Use another label."
  case tooLong = "The code is too long to be a barcode of ours."
  case operationType = "{code} is a kind of operation. Scan a transfer."
  case quantityImplausible = "{quantity} cannot be right."
  case serialElsewhere = "Serial number {serial} is already counted at {place}."
  case otherLot = "{lot} is not the reserved lot of {product}."
  case expiredLot = "{lot} of {product} has expired."
  case expiryUnchecked = "The box does not know the date; the expiry was not checked."
  case wrongLocation = "{location} is no place of {transfer}."
  case loadElsewhere = "You are loading at {location}. Scan it again to finish."
  case packageNotEmpty = "Package {package} has other goods in it."
  case packageUnknown = "Parcel {package} belongs to no delivery here."
  case packageShipped = "Parcel {package} was already shipped with {transfer}."
  case notPacked = "Parcel {package} is not packed yet."
  case wrongCarrier = "Parcel {package} goes with {carrier}, this load with {other}."
  case wrongCarton = "A {type} cannot go with {carrier}. Take another carton."
  case noPackageNumbers = "The numbers for packages are used up. Call the shift lead."
  case noPackageOpen = "No package is open."
  case weightMismatch = "{package} weighs {weight} kg, expected are {expected} kg. Weigh again."
  case packageTooHeavy = "{package} may weigh {limit} kg at most."
  case weightMissing = "Package {package} is not weighed."

  // What is wrong with the transfer
  case unknownTransfer = """
    Transfer {transfer} is not known here. It may be too new for this box.
    """
  case wrongStep = "{transfer} is not for this step ({step}); it is for {needed}."
  case notReady = "{transfer} is not ready: its goods are not reserved ({state})."
  case alreadyDone = "{transfer} is already done in Odoo."
  case alreadyClosed = "{transfer} is already closed."
  case severalBackorders = """
    {transfer} is closed and has several backorders. Scan the one you work on.
    """
  case cancelled = "{transfer} was cancelled in Odoo."
  case severalTransfers = "Several transfers fit: {transfers}. Scan the one you work on."
  case wrongStation = "{transfer} is not worked at {station}."
  case mirrorStale = "The box has not heard of Odoo for too long. Call the shift lead."
  case unitFraction = "Odoo asks for {product} in whole packs only. Count whole ones."
  case transferChanged = """
    Odoo asks for only {demand} of {product} now. Take back what is too much.
    """
  case mixedUnits = "{transfer} asks for one product in different units. Work on it in Odoo."
  case batchEmpty = "No transfer of {batch} is ready."
  case openElsewhere = "{transfer} is open at {station}."
  case otherOpen = "{transfer} is still open here. Validate or discard it, then scan {wanted}."
  case tooManyOpen = "{limit} transfers are open, more are not allowed. Close one first."

  // What is counted after a doubt
  case nothingIsOpen = "Nothing is open here."
  case countedSoFar = "Counted so far: {counted} of {demand}."
  case doubtful = "Not counted, this may be an old scan. {status} Go on from there."

  // What is wrong with the box
  case storageFull = """
    Stop: the box has no space left, nothing is counted. Call the shift lead.
    """

  // Words inside other sentences: steps and states of a transfer
  case stepReceive = "receive"
  case stepPick = "pick"
  case stepPack = "pack"
  case stepShip = "ship"
  case stepMove = "move"
  case stateDraft = "draft"
  case stateWaiting = "waiting"
  case stateConfirmed = "confirmed"
  case stateAssigned = "assigned"
  case stateDone = "done"
  case stateCancelled = "cancel"

  /// The English text.
  public var english: String { rawValue }

  /// The stable key: the case's name in small letters, such as `too_many` for `tooMany`.
  public var key: String { Self.keys[self] ?? "" }

  /// The phrase of a key; nil if this version has none.
  public init?(key: String) {
    guard let phrase = Self.byKey[key] else { return nil }
    self = phrase
  }

  /// Names of the placeholders of the text, in their order.
  public var placeholders: [String] { PhraseText.placeholders(of: english) }

  private static let keys = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, snakeCase("\($0)")) }
  )
  private static let byKey = Dictionary(uniqueKeysWithValues: keys.map { ($1, $0) })

  private static func snakeCase(_ name: String) -> String {
    var key = ""
    for character in name {
      if character.isUppercase { key.append("_") }
      key += character.lowercased()
    }
    return key
  }
}
