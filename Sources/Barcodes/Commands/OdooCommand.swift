/// A command that Odoo prints as a barcode, of any version from 12 to 19.
public enum OdooCommand: Hashable, Sendable {
  case mainMenu, discard, validate, cancel, printOperations, printSlip, putInPack, unpack, scrap
  case recordComponents, returnGoods, waitReview
  case previous, next, first, last, edit, save
  /// A button of a form, `O-BTN.<trigger>`, by its trigger in small letters.
  case button(String)

  /// Longest command that is looked for, in bytes.
  public static let longest = 60

  /// The command of a scanned code in any case; nil for everything else.
  ///
  /// Odoo 12 to 17 print `O-BTN.validate` and `O-CMD.NEXT`, 18 and newer `OBTVALI`.
  public init?(_ code: some StringProtocol) {
    guard code.utf8.count <= Self.longest, code.utf8.first.map({ $0 & 0xDF }) == 0x4F else {
      return nil
    }
    let upper = code.uppercased()
    if let known = Self.spellings[upper] {
      self = known
      return
    }
    guard upper.hasPrefix("O-BTN."), upper.utf8.count > 6,
      upper.utf8.dropFirst(6).allSatisfy({ $0.isLetter || $0.isDigit || "-_".utf8.contains($0) })
    else { return nil }
    self = .button(code.dropFirst(6).lowercased())
  }

  /// The command as the ones that every station carries out; nil for the others.
  public var basic: CommandBarcode? {
    switch self {
    case .mainMenu: .mainMenu
    case .discard: .discard
    case .validate: .validate
    case .cancel: .cancel
    case .printOperations: .printOperations
    case .printSlip: .printSlip
    case .putInPack: .putInPack
    case .scrap: .scrap
    case .returnGoods: .returnGoods
    default: nil
    }
  }

  private static let spellings: [String: OdooCommand] = [
    "O-CMD.MAIN-MENU": .mainMenu, "OCDMENU": .mainMenu,
    "O-CMD.DISCARD": .discard, "OCDDISC": .discard,
    "O-BTN.VALIDATE": .validate, "OBTVALI": .validate,
    "O-BTN.CANCEL": .cancel, "O-CMD.CANCEL": .cancel, "OCDCANC": .cancel,
    "O-BTN.PRINT-OP": .printOperations, "OBTPROP": .printOperations,
    "O-BTN.PRINT-SLIP": .printSlip, "OBTPRSL": .printSlip,
    "O-BTN.PACK": .putInPack, "OBTPACK": .putInPack,
    "OBTUPCK": .unpack,
    "O-BTN.SCRAP": .scrap, "OBTSCRA": .scrap,
    "O-BTN.RECORD-COMPONENTS": .recordComponents, "OBTRECO": .recordComponents,
    "O-BTN.RETURN": .returnGoods, "OBTRETU": .returnGoods,
    "OBTWREV": .waitReview,
    "O-CMD.PREV": .previous, "O-CMD.NEXT": .next,
    "O-CMD.PAGER-FIRST": .first, "O-CMD.PAGER-LAST": .last,
    "O-CMD.EDIT": .edit, "O-CMD.SAVE": .save,
  ]
}
