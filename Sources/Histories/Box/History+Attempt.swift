internal import Dispatching
internal import Floor
internal import JSON
internal import Odoo
internal import TestKit

/// What a worker does: carries out the steps of an attempt.
extension History {
  func begin(_ uuid: String) {
    guard let process = box.process, let row = box.disk[uuid] else { return }
    guard process.isConnected else { return end(uuid, .later(.unreachable)) }
    let target = AttemptTarget.find(row.content, bound: row.transferID) { before in
      box.disk[before]?.asPredecessor
    }
    var known = TransferSearch.Known(steps: scenery.steps, companyID: 1, missLimit: 4)
    known.taken = box.disk.bound(except: uuid)
    known.takesTheFirst = options.sabotage == .takesTheFirst
    let attempt = Attempt(
      Overcount.leftOut(of: row.content) { box.disk[$0]?.content },
      target,
      Attempt.Circumstances(
        fields: scenery.fields,
        known: known,
        settings: settings,
        standing: process.memory.begin(uuid, now: now),
        isSending: row.state == .sending
      )
    )
    trace("\(name(uuid)) begins: \(target)")
    var flight = Box.Flight(attempt: attempt)
    if case .transfer(let id) = target { flight.transfer = id }
    let step = flight.attempt.start()
    box.process?.flights[uuid] = flight
    carryOut(uuid, step)
  }

  private var settings: ApplyPlan.Settings {
    var settings = ApplyPlan.Settings(
      settling: Box.settling,
      latestExecution: Box.longestCall,
      notReadyLimit: Box.notReadyLimit
    )
    settings.action = plan == .atomic ? scenery.action : nil
    options.sabotage?.apply(to: &settings)
    return settings
  }

  private func end(_ uuid: String, _ outcome: Outbox.Outcome) {
    guard let number = box.process?.number else { return }
    box.process?.flights[uuid] = nil
    timeline.add(now, .finished(process: number, uuid: uuid, Box.End(outcome: outcome)))
  }

  private func carryOut(_ uuid: String, _ step: Attempt.Step) {
    var step = step
    while let process = box.process, var flight = process.flights[uuid] {
      switch step {
      case .call(let call): return send(uuid, call)
      case .store(let record):
        guard store(uuid, record) else { return }
        if case .sending(let transfer) = record { flight.transfer = transfer }
        step = flight.attempt.stored(true)
        box.process?.flights[uuid] = flight
      case .wait(let time):
        timeline.add(now + time, .woke(process: process.number, uuid: uuid))
        return
      case .finished(let end):
        guard let outcome = box.process?.memory.ended(uuid, end, now: now) else { return }
        return self.end(uuid, outcome)
      }
    }
  }

  /// Puts a record on disk; false if the process died before or right after that.
  private func store(_ uuid: String, _ record: Attempt.Record) -> Bool {
    let step: CallStep =
      switch record {
      case .sending: .storeSending
      case .applied, .parked: .storeEnd
      }
    let dies = weather.crashes(at: step, &choices)
    if dies { coverage.count(.fault(.crash), step) }
    // Dying before the commit and after it differ only in what is on disk.
    let isStored = !(dies && choices.chance(50))
    if isStored, options.sabotage?.forgets(record) != true {
      trace("\(name(uuid)) on disk: \(record.word)")
      box.disk.store(uuid, record)
    }
    guard !dies else {
      crash()
      return false
    }
    return true
  }

  func woke(_ uuid: String) {
    guard var flight = box.process?.flights[uuid] else { return }
    let step = flight.attempt.woke()
    box.process?.flights[uuid] = flight
    carryOut(uuid, step)
  }

  func answered(_ uuid: String, _ result: Result<JSON, OdooFailure>) {
    if case .failure(let failure) = result {
      trace("\(name(uuid)) hears \(failure.kind) \(failure.name) \(failure.message)")
      if failure.kind == .conflict { witness.refusals[uuid, default: 0] += 1 }
      lost(failure)
    }
    guard var flight = box.process?.flights[uuid] else { return }
    let step = flight.attempt.resume(result)
    box.process?.flights[uuid] = flight
    carryOut(uuid, step)
  }
}

extension Attempt.Record {
  var word: String {
    switch self {
    case .sending(let transfer): "sending to \(transfer)"
    case .applied(_, let transfer): "applied on \(transfer)"
    case .parked(let obstacle): "parked, \(obstacle.category)"
    }
  }
}
