/// The content of a canonical event, checked against its limits.
public enum EventBody: Hashable, Sendable {
  /// A barcode was read.
  case scan(Scan)
  /// A scale reported a weight.
  case weight(Weight)
  /// A smart handheld reports work on a transfer.
  case work(Work)
  /// Somebody counted stock.
  case count(Count)
  /// A command without a barcode.
  case command(Command)

  /// A barcode as the scanner sent it.
  public struct Scan: Hashable, Sendable {
    /// The code; may hold an AIM identifier and GS (0x1D) characters.
    public var code: String
    /// The device's name for the symbology.
    public var symbology: String?
    /// How many the worker keyed in beside the scan, above 0; it counts once without this.
    public var quantity: Quantity?

    /// A scan of `code`.
    public init(code: String, symbology: String? = nil, quantity: Quantity? = nil) {
      self.code = code
      self.symbology = symbology
      self.quantity = quantity
    }
  }

  /// A reading of a scale.
  public struct Weight: Hashable, Sendable {
    /// Kilograms, already converted from the device's unit.
    public var kilograms: Quantity
    /// False while the load still moves.
    public var stable: Bool
    /// The package on the scale; the station's last package where absent.
    public var package: String?

    /// A reading of `kilograms`.
    public init(kilograms: Quantity, stable: Bool = true, package: String? = nil) {
      self.kilograms = kilograms
      self.stable = stable
      self.package = package
    }
  }

  /// Work on a transfer, reported with explicit fields: pick, pack, ship or receive.
  public struct Work: Hashable, Sendable {
    /// The step that the device says it does.
    public var step: Transfer.Step
    /// Name of the transfer; the one open at the station where absent.
    public var transfer: String?
    /// What was counted.
    public var lines: [Line]
    /// The package that lines without one of their own went into.
    public var package: String?
    /// Gross weight of that package in kilograms.
    public var kilograms: Quantity?
    /// The carrier's tracking reference.
    public var tracking: String?
    /// True to close the transfer with what is counted.
    public var validate: Bool

    /// Goods that were counted.
    public struct Line: Hashable, Sendable {
      /// Product, packaging or package barcode.
      public var code: String
      /// How much; one where absent in the payload.
      public var quantity: Quantity
      /// Lot or serial number.
      public var lot: String?
      /// The package that the goods went into.
      public var package: String?

      /// Goods under a barcode.
      public init(code: String, quantity: Quantity, lot: String? = nil, package: String? = nil) {
        self.code = code
        self.quantity = quantity
        self.lot = lot
        self.package = package
      }
    }

    /// Work of one step.
    public init(
      step: Transfer.Step,
      transfer: String? = nil,
      lines: [Line] = [],
      package: String? = nil,
      kilograms: Quantity? = nil,
      tracking: String? = nil,
      validate: Bool = false
    ) {
      self.step = step
      self.transfer = transfer
      self.lines = lines
      self.package = package
      self.kilograms = kilograms
      self.tracking = tracking
      self.validate = validate
    }
  }

  /// A count of stock at a location.
  public struct Count: Hashable, Sendable {
    /// Barcode of the location.
    public var location: String
    /// Barcode of the product.
    public var code: String
    /// How much lies there.
    public var quantity: Quantity
    /// Lot or serial number.
    public var lot: String?

    /// A count of a product at a location.
    public init(location: String, code: String, quantity: Quantity, lot: String? = nil) {
      self.location = location
      self.code = code
      self.quantity = quantity
      self.lot = lot
    }
  }

  /// A command of a button or a handheld's menu.
  public enum Command: String, CaseIterable, Sendable {
    /// Close the open transfer.
    case validate
    /// Take back the last accepted count.
    case cancel
    /// Forget everything that was counted for the open transfer.
    case discard
    /// Say again what is open and left.
    case status
    /// Put the open transfer aside with its counts, to go on later.
    case park
    /// Open a new package for what is counted next.
    case newPack = "new_pack"
    /// Close the open package.
    case closePack = "close_pack"
    /// Count the refused scan all the same.
    case override
  }
}
