internal import Floor
internal import Glibc
internal import JSON

/// Transfers that were decoded before, by the bytes of their rows.
///
/// A transfer is looked up at every scan while it is open, and rarely changes between two. The
/// bytes are compared, so nothing has to be told of a change.
struct DecodedTransfers {
  private var known: [Int: (bytes: [UInt8], transfer: Transfer)] = [:]

  /// Most transfers that are kept, about 5 kB each; beyond it all are dropped.
  private static let limit = 256

  /// The transfer in the first column of a row; nil if it does not read as one.
  mutating func transfer(_ id: Int, _ statement: Statement) -> Transfer? {
    if let (bytes, transfer) = known[id], statement.withBytes(0, { Self.isSame($0, bytes) }) {
      return transfer
    }
    let bytes = statement.bytes(0)
    guard let json = try? JSON.parse(bytes), let transfer = Transfer(json: json) else { return nil }
    if known.count >= Self.limit { known = [:] }
    known[id] = (bytes, transfer)
    return transfer
  }

  private static func isSame(_ row: UnsafeRawBufferPointer, _ bytes: [UInt8]) -> Bool {
    guard row.count == bytes.count, let start = row.baseAddress else {
      return row.count == bytes.count
    }
    return bytes.withUnsafeBytes {
      $0.baseAddress.map { memcmp($0, start, row.count) == 0 } ?? false
    }
  }
}
