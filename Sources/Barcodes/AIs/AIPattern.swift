/// An AI or a family of AIs in the lists of companions and exclusions: `01`, `31nn`, `392n`.
struct AIPattern: Sendable {
  private let digits: [UInt8]
  let text: String

  init(_ text: Substring) {
    self.text = String(text)
    digits = Array(text.utf8)
  }

  /// True if the AI is meant; `n` stands for any digit.
  func matches(_ identifier: ApplicationIdentifier) -> Bool {
    let code = identifier.code.utf8
    guard code.count == digits.count else { return false }
    return zip(code, digits).allSatisfy { $0 == $1 || $1 == UInt8(ascii: "n") }
  }
}
