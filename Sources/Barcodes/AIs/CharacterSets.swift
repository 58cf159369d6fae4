/// The characters that a value may have (GS1 General Specifications 7.11).
enum CharacterSets {
  /// One bit per set; `table` says for each byte in which sets it is.
  static let digit: UInt8 = 1
  static let cset82: UInt8 = 2
  static let cset39: UInt8 = 4
  static let base64: UInt8 = 8

  static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 256)
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") {
      table[Int(byte)] = digit | cset82 | cset39 | base64
    }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") {
      table[Int(byte)] |= cset82 | cset39 | base64
      table[Int(byte) + 0x20] |= cset82 | base64
    }
    for byte in "!\"%&'()*+,-./:;<=>?_".utf8 { table[Int(byte)] |= cset82 }
    for byte in "#-/".utf8 { table[Int(byte)] |= cset39 }
    for byte in "-_=".utf8 { table[Int(byte)] |= base64 }
    return table
  }()

  /// Where the 82 characters of `cset82` stand for the check pair; 255 for all others.
  static let values82: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let ordered =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
    for (value, byte) in ordered.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()

  /// What the set is called in messages.
  static func name(_ set: UInt8) -> String {
    switch set {
    case digit: "digits"
    case cset39: "capital letters, digits, # - /"
    case base64: "letters, digits, - _ ="
    default: "letters, digits and !\"%&'()*+,-./:;<=>?_ (no blank)"
    }
  }
}
