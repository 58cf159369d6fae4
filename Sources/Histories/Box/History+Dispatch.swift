internal import Dispatching
internal import Floor
internal import JSON
internal import Odoo
internal import TestKit

/// What the dispatcher does: carries out what the outbox decides.
extension History {
  func startProcess() {
    box.processes += 1
    let number = box.processes
    var process = Box.Process(number: number)
    var actions = process.outbox.offline(now: now)
    for row in box.disk.all where row.isOpen || row.state == .parked {
      // Hazard `late-write`: the call of which the last process did not see the end.
      if row.state == .sending { process.memory.interrupted(row.content.uuid, now: now) }
      actions += process.outbox.enqueue(row.entry, parked: row.state == .parked, now: now)
    }
    box.process = process
    perform(actions)
    timeline.add(now + .milliseconds(300), .logIn(process: number))
  }

  /// The process dies: nothing but the disk is left, and what was sent may go on.
  func crash() {
    trace("the box dies")
    box.process = nil
    timeline.add(now + .milliseconds(choices.int(1...60) * 500), .restart)
  }

  func isCurrent(_ process: Int) -> Bool { box.process?.number == process }

  func perform(_ actions: [Outbox.Action]) {
    for action in actions {
      switch action {
      case .start(let uuid): begin(uuid)
      case .wake(let time):
        guard let number = box.process?.number, box.process?.wakeAt != time else { continue }
        box.process?.wakeAt = time
        timeline.add(max(time, now), .tick(process: number))
      case .wait(let uuid, _, let attempts):
        let isUnsettled = box.process?.memory.isUnsettled(uuid, now: now) ?? false
        box.disk.change(uuid) { row in
          row.state = isUnsettled ? .sending : .waiting
          row.attempts = attempts
        }
      case .park(let uuid, let cause):
        box.disk.change(uuid) { row in
          row.state = .parked
          row.category = cause.rawValue
        }
      case .alarm, .clear: break
      }
    }
  }

  /// The end of an attempt reaches the dispatcher.
  func finished(_ uuid: String, _ outcome: Outbox.Outcome) {
    trace("\(name(uuid)) ends: \(outcome)")
    guard let actions = box.process?.outbox.finished(uuid, outcome, now: now, random: random())
    else { return }
    perform(actions)
  }

  func tick() {
    guard box.process?.wakeAt.map({ $0 <= now }) ?? false else { return }
    box.process?.wakeAt = nil
    guard let actions = box.process?.outbox.tick(now: now) else { return }
    perform(actions)
  }

  /// The mirror's thread logs in; while it cannot, no call is made.
  func logIn() {
    guard let number = box.process?.number, box.process?.isConnected == false else { return }
    switch weather.window(now) {
    case .down, .databaseDown: timeline.add(now + .seconds(5), .logIn(process: number))
    case .accessDenied:
      if box.process?.isDenied == false {
        box.process?.isDenied = true
        perform(box.process?.outbox.denied(now: now, random: random()) ?? [])
      }
      timeline.add(now + .seconds(5), .logIn(process: number))
    default:
      box.process?.isConnected = true
      box.process?.isDenied = false
      perform(box.process?.outbox.ok(now: now, random: random()) ?? [])
    }
  }

  /// A call was turned away: the connection is lost for all until somebody has logged in.
  func lost(_ failure: OdooFailure) {
    guard failure.kind == .denied || failure.kind == .unreachable,
      let number = box.process?.number, box.process?.isConnected == true
    else { return }
    box.process?.isConnected = false
    if failure.kind == .denied, box.process?.isDenied == false {
      box.process?.isDenied = true
      perform(box.process?.outbox.denied(now: now, random: random()) ?? [])
    }
    timeline.add(now + .seconds(2), .logIn(process: number))
  }

  func random() -> UInt64 { choices.draw(.max) }
}
