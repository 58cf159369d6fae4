internal import Floor

/// What was looked up since the mirror changed last.
///
/// At the dock the same few codes are scanned again and again, and most look-ups of a scan find
/// nothing: a product's code is no transfer and no operation type. An answer counts only within
/// the read transaction of a batch, and only while SQLite says that nobody has written the file
/// (`PRAGMA data_version`), so nothing has to be told of a change.
final class MirrorMemory {
  /// SQLite's number of the state that was read.
  let version: Int64
  /// Names that no transfer has.
  let transfers = Memo<String, MirroredTransfer?>(limit: 2048)
  /// Products and packagings by the spellings that were asked for.
  let articles = Memo<[String], [Article]>(limit: 2048)
  /// Products by id.
  let products = Memo<Int, Product?>(limit: 2048)
  /// Operation types by the barcode that was asked for.
  let operations = Memo<String, Transfer.Operation?>(limit: 2048)

  init(version: Int64) { self.version = version }
}

/// Answers by their questions; when there are too many, all are forgotten.
final class Memo<Key: Hashable, Value> {
  private var known: [Key: Value] = [:]
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The answer of a question that was asked before.
  subscript(key: Key) -> Value? { known[key] }

  /// Remembers an answer.
  func remember(_ value: Value, for key: Key) {
    if known.count >= limit { known.removeAll(keepingCapacity: true) }
    known[key] = value
  }
}
