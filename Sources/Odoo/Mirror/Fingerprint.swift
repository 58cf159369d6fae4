/// A number that stands for the ids and write dates of all rows of one transfer.
///
/// Rows may be added in any order and in any number of pages. Two different sets share a number
/// with a chance of 2⁻⁶⁴; the poll by `write_date` finds nearly all changes anyway.
struct Fingerprint {
  private(set) var value: UInt64 = 0

  mutating func add(_ source: TransferSource, id: Int, written: Int64) {
    let salt: UInt64 =
      switch source {
      case .pickings: 0x9E37_79B9_7F4A_7C15
      case .moves: 0xBF58_476D_1CE4_E5B9
      case .lines: 0x94D0_49BB_1331_11EB
      }
    value &+= Self.mix(
      Self.mix(UInt64(bitPattern: Int64(id)) &+ salt) ^ UInt64(bitPattern: written)
    )
  }

  private static func mix(_ input: UInt64) -> UInt64 {
    var z = input &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
