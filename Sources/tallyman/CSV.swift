/// Comma-separated values (RFC 4180).
enum CSV {
  /// One line of cells.
  ///
  /// Text that a spreadsheet would take for a formula is shielded by an apostrophe.
  static func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") }

  private static func quoted(_ text: String) -> String {
    let shielded = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
    guard shielded.contains(where: { ",\"\n\r".contains($0) }) else { return shielded }
    return "\"" + shielded.replacing("\"", with: "\"\"") + "\""
  }
}
