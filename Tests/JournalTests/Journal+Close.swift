import Floor
import Journal

extension Journal {
  /// Stores a confirmation without lines, named after its uuid.
  func close(
    _ uuid: String,
    _ target: Confirmation.Target,
    chain: String = "S1",
    operation: String? = nil,
    scheduled: Int64? = nil,
    _ stamp: Stamp
  ) throws {
    let confirmation = Confirmation(
      uuid: uuid,
      target: target,
      transferName: uuid,
      warehouse: 1,
      chain: chain,
      step: .ship,
      operation: operation,
      scheduled: scheduled,
      lines: [],
      seen: []
    )
    try begin()
    _ = try add(confirmation, at: "s1", by: 1, stamp)
    try commit()
  }
}
