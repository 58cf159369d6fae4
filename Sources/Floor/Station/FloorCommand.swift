internal import Barcodes

/// A code without identifier, line ends and blanks around it.
enum ScanText {
  static func trimmed(_ raw: String) -> String { ScannedCode(raw).text }
}

/// Commands that matter before a scan is given to its station.
enum FloorCommand {
  case park

  init?(_ raw: String) {
    guard StationCommand(ScanText.trimmed(raw)) == .park else { return nil }
    self = .park
  }
}
