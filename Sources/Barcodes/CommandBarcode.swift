/// The commands that Odoo prints as barcodes and that every station understands.
public enum CommandBarcode: String, CaseIterable, Sendable {
  case mainMenu, discard, validate, cancel, printOperations, printSlip, putInPack, scrap
  case returnGoods

  /// The command of a scanned code in any case; nil for everything else.
  ///
  /// Both spellings are known: `O-BTN.validate` of Odoo 12 to 17 and `OBTVALI` of 18 and newer.
  public init?(_ code: String) {
    guard code.utf8.count <= 20, let command = Self.spellings[code.uppercased()] else {
      return nil
    }
    self = command
  }

  private static let spellings: [String: CommandBarcode] = [
    "O-CMD.MAIN-MENU": .mainMenu, "OCDMENU": .mainMenu,
    "O-CMD.DISCARD": .discard, "OCDDISC": .discard,
    "O-BTN.VALIDATE": .validate, "OBTVALI": .validate,
    "O-BTN.CANCEL": .cancel, "O-CMD.CANCEL": .cancel, "OCDCANC": .cancel,
    "O-BTN.PRINT-OP": .printOperations, "OBTPROP": .printOperations,
    "O-BTN.PRINT-SLIP": .printSlip, "OBTPRSL": .printSlip,
    "O-BTN.PACK": .putInPack, "OBTPACK": .putInPack,
    "O-BTN.SCRAP": .scrap, "OBTSCRA": .scrap,
    "O-BTN.RETURN": .returnGoods, "OBTRETU": .returnGoods,
  ]
}
