internal import Glibc

/// Looks again and again until `condition` holds, for things that send no event of their own.
///
/// For files and for processes of others; where there is an event, wait for that.
public func eventually(
  _ what: String,
  within duration: Duration = .seconds(30),
  _ condition: () throws -> Bool
) throws {
  let deadline = Deadline(within: duration)
  while true {
    if try condition() { return }
    if deadline.hasPassed {
      throw TestKitError.timedOut(waitingFor: what, after: duration, seen: "")
    }
    _ = poll(nil, 0, 5)
  }
}
