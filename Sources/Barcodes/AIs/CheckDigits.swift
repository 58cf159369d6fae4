/// The check digits and characters of GS1 keys (General Specifications 7.9).
enum CheckDigits {
  /// The mod-10 digit that belongs behind the digits: weights 3, 1, 3, … from the right.
  static func digit(after digits: some BidirectionalCollection<UInt8>) -> UInt8 {
    var sum = 0
    var weight = 3
    for digit in digits.reversed() {
      sum += Int(digit &- 0x30) * weight
      weight = 4 - weight
    }
    return UInt8((10 - sum % 10) % 10) + 0x30
  }

  /// Whether the last of the digits is the mod-10 digit over the others.
  static func violation(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    guard text.count > 1 else { return .valueTooShort }
    var sum = 0
    var weight = 1
    for byte in text.reversed() {
      let digit = byte &- 0x30
      guard digit < 10 else { return .invalidCharacter }
      sum += Int(digit) * weight
      weight = 4 - weight
    }
    return sum.isMultiple(of: 10) ? nil : .wrongCheckDigit
  }

  /// Whether the last two characters are the check pair over the others (7.9.5): each character's
  /// place in character set 82 times a prime, summed, modulo 1,021.
  static func pairViolation(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    guard text.count >= 2 else { return .valueTooShort }
    guard text.count - 2 <= primes.count else { return .valueTooLong }
    var sum = 0
    for (byte, prime) in zip(text.dropLast(2).reversed(), primes) {
      let value = CharacterSets.values82[Int(byte)]
      guard value < 82 else { return .invalidCharacter }
      sum += Int(value) * prime
    }
    sum %= 1021
    let pair = [pairCharacters[sum / 32], pairCharacters[sum % 32]]
    return text.suffix(2).elementsEqual(pair) ? nil : .wrongCheckDigit
  }

  private static let pairCharacters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

  /// As many primes as the longest model number could ever need.
  private static let primes: [Int] = {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < 97 {
      if primes.allSatisfy({ !candidate.isMultiple(of: $0) }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }()
}
