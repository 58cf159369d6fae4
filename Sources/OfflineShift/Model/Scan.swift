/// What a device sends, and what must be answered.
public struct Scan: Sendable, Hashable {
  /// What is in the message.
  public enum Content: Sendable, Hashable {
    /// A barcode.
    case code(String)
    /// A weight.
    case weight(grams: Int, isStable: Bool)
    /// The very same event as an earlier one, which had been answered.
    case again(Int)
    /// Another payload under the id of an earlier event.
    case conflict(Int, String)
    /// A payload that breaks off.
    case truncated(String)
    /// A barcode in a message that the broker keeps, from before the agent's first start.
    case retained(String)
  }

  /// The station where the device is.
  public var station: String
  /// The device.
  public var device: String
  /// What is sent.
  public var content: Content
  /// What must be answered.
  public var expects: Expectation
  /// The mistake that it is; nil where it is right.
  public var mistake: Mistake?
  /// What the worker is about to do, for people.
  public var about: String
  /// The device's clock: milliseconds since the beginning of the shift.
  public var time: Int

  /// A scan with all its parts.
  public init(
    station: String,
    device: String,
    content: Content,
    expects: Expectation,
    mistake: Mistake? = nil,
    about: String,
    time: Int = 0
  ) {
    self.station = station
    self.device = device
    self.content = content
    self.expects = expects
    self.mistake = mistake
    self.about = about
    self.time = time
  }
}

/// The answer that a scan must get.
public struct Expectation: Sendable, Hashable {
  /// What the worker hears.
  public enum Signal: String, Sendable, Hashable { case good, bad, confirm }

  /// What the worker hears; nil where nobody may be answered.
  public var signal: Signal?
  /// The codes of which the answer must have one.
  public var codes: [String]
  /// True where the answer must say that it was counted before.
  public var isRepeat = false

  /// A good answer with one of these codes.
  public static func good(_ codes: String...) -> Expectation {
    Expectation(signal: .good, codes: codes)
  }
  /// A refusal with one of these codes.
  public static func bad(_ codes: String...) -> Expectation {
    Expectation(signal: .bad, codes: codes)
  }
  /// A question with one of these codes.
  public static func confirm(_ codes: String...) -> Expectation {
    Expectation(signal: .confirm, codes: codes)
  }
  /// No answer; in the journal it stands with this code.
  public static func silence(_ code: String) -> Expectation {
    Expectation(signal: nil, codes: [code])
  }
}

/// The kinds of mistakes that workers and devices make.
public enum Mistake: String, Sendable, Hashable, CaseIterable {
  case wrongProduct = "wrong product"
  case overPick = "more than was asked for"
  case boxTooLarge = "a box with more than is left"
  case packedMoreThanPicked = "more packed than was picked"
  case unknownBarcode = "unknown barcode"
  case wrongCheckDigit = "wrong check digit in a GS1 code"
  case wrongLot = "unknown lot"
  case lotOfOtherProduct = "lot of another product"
  case lotNotPicked = "lot that was not picked"
  case expiredLot = "expired lot"
  case lotMissing = "lot missing"
  case serialTwice = "serial number twice"
  case serialElsewhere = "serial number counted elsewhere"
  case packageElsewhere = "package used elsewhere"
  case packageTwice = "package twice"
  case unknownParcel = "parcel of no delivery"
  case productWhileLoading = "product in place of a parcel"
  case otherDock = "another dock than the open one"
  case openElsewhere = "transfer open elsewhere"
  case alreadyClosed = "transfer closed already"
  case alreadyDone = "transfer done in Odoo"
  case notReady = "transfer not ready"
  case cancelled = "transfer cancelled"
  case unknownTransfer = "unknown transfer"
  case wrongStation = "transfer for another station"
  case nothingOpen = "nothing open"
  case nothingCounted = "validate with nothing counted"
  case nothingToUndo = "cancel with nothing counted"
  case secondValidate = "second validate"
  case unavailableCommand = "command that does nothing"
  case noPackage = "weight without a package"
  case weightUnstable = "unstable weight"
  case weightImplausible = "weight of nothing"
  case weightMismatch = "weight out of tolerance"
  case idConflict = "event id used twice"
  case truncated = "truncated payload"
  case unknownDevice = "device of no station"
  case retained = "retained message"
}
