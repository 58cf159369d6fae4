internal import Glibc

extension MirrorStore {
  /// Shortest time between two good copies: a quarter of an hour, so that an SD card is not worn.
  public static let goodCopyInterval = Duration.seconds(900)

  /// Makes a copy of the mirror to fall back on, unless the last one is younger than `interval`.
  ///
  /// To be called after a complete refresh; the copy is whole, synced, and then takes the place of
  /// the one before. A mirror that SQLite cannot read through is not copied.
  ///
  /// - Returns: False if it was not yet time.
  @discardableResult
  public func keepGoodCopy(
    at stamp: Stamp,
    interval: Duration = goodCopyInterval
  ) throws(JournalError) -> Bool {
    if let lastGoodCopy, stamp.monotonic - lastGoodCopy < interval.wholeMilliseconds {
      return false
    }
    let path = MirrorFile.good(directory)
    let temporary = path + ".new"
    unlink(temporary)
    do throws(SQLiteError) {
      let quoted = temporary.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''")
      try database.execute("VACUUM INTO '\(quoted)'")
    } catch {
      unlink(temporary)
      throw JournalError(error, path: database.path)
    }
    try MirrorFile.publish(temporary, as: path)
    lastGoodCopy = stamp.monotonic
    return true
  }
}
