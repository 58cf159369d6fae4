internal import Dispatching
internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import TestKit

/// The line to Odoo, and what goes wrong on it.
extension History {
  func send(_ uuid: String, _ call: OdooCall) {
    guard let process = box.process, let flight = process.flights[uuid] else { return }
    let step = CallStep(
      call,
      isSearching: flight.attempt.isSearching,
      hasWritten: flight.hasWritten
    )
    interfere(uuid, step)
    if call.writes { box.process?.flights[uuid]?.hasWritten = true }
    witness.sends(call, for: uuid, row: box.disk[uuid], flight, now)
    let fault = weather.draw(step, now, &choices)
    if let fault { coverage.count(.fault(fault), step) } else { coverage.count(.nothing, step) }
    trace("\(name(uuid)) \(step.rawValue): \(brief(call))\(fault.map { ", \($0.rawValue)" } ?? "")")
    deliver(uuid, call, fault, process.number)
  }

  private func deliver(_ uuid: String, _ call: OdooCall, _ fault: HistoryFault?, _ process: Int) {
    let timeout = call.method == "button_validate" ? Box.validateTimeout : Box.timeout
    func answer(_ result: Result<JSON, OdooFailure>, after time: Duration) {
      timeline.add(now + time, .answer(process: process, uuid: uuid, result))
    }
    let soon = Duration.milliseconds(10)
    switch fault {
    case nil: answer(execute(uuid, call), after: soon)
    case .down: answer(session.decode(.notSent("refused")), after: soon)
    case .slow:
      let time = Duration.milliseconds(choices.int(1...40) * 450)
      timeline.add(now + time, .slow(process: process, uuid: uuid, call))
    case .requestLost: answer(session.decode(.noAnswer("closed")), after: soon)
    case .answerLost:
      _ = execute(uuid, call)
      answer(session.decode(.noAnswer("closed")), after: soon)
    case .late:
      delay(uuid, call, after: timeout)
      answer(session.decode(.noAnswer("timed out")), after: timeout)
    case .duplicate:
      let first = execute(uuid, call)
      let second = execute(uuid, call)
      answer(choices.chance(50) ? first : second, after: soon)
    case .serialization: answer(execute(uuid, call, Fault(.serialization)), after: soon)
    case .databaseDown: answer(execute(uuid, call, Fault(.databaseDown)), after: soon)
    case .accessDenied: answer(execute(uuid, call, Fault(.accessDenied)), after: soon)
    case .tooMany, .badGateway, .unavailable, .gatewayTimeout:
      var turned = Fault(.http)
      turned.status = fault?.status ?? 502
      if choices.chance(50) { turned.retryAfter = choices.int(1...30) }
      // The proxy has passed it on: the server goes on with it.
      if fault == .gatewayTimeout { delay(uuid, call, after: .seconds(10)) }
      answer(execute(uuid, call, turned), after: soon)
    case .crash:
      let when = choices.int(0...2)
      if when == 1 { _ = execute(uuid, call) }
      if when == 2 { delay(uuid, call, after: .zero) }
      crash()
    }
  }

  private func delay(_ uuid: String, _ call: OdooCall, after timeout: Duration) {
    let time = Duration.milliseconds(choices.int(0...1190) * 100)
    timeline.add(now + timeout + time, .late(uuid: uuid, call))
  }

  /// Odoo carries a call out, in the protocol of the history.
  func execute(
    _ uuid: String,
    _ call: OdooCall,
    _ fault: Fault? = nil,
    isLate: Bool = false
  ) -> Result<JSON, OdooFailure> {
    if var fault {
      fault.count = 1
      odoo.admin.add(fault)
      return session.decode(odoo.answer(session.request(for: call)))
    }
    if call.method == "web_search_read", options.sabotage == .skipsReading,
      box.process?.flights[uuid]?.hasWritten == false, let old = lastReads[uuid]
    {
      return old
    }
    let before = witness.before(call, odoo)
    let result = session.decode(odoo.answer(session.request(for: call)))
    executions += 1
    if isLate {
      trace("\(name(uuid)) late: \(brief(call))")
      witness.cameLate(call)
    }
    if call.writes {
      witness.executed(call, for: uuid, before, odoo, executions, isLate: isLate)
    } else if call.method == "web_search_read" || call.method == "run" {
      lastReads[uuid] = result
      box.process?.flights[uuid]?.lastRead = executions
    }
    return result
  }

  func brief(_ call: OdooCall) -> String {
    let what =
      call.writes
      ? " \(call.arguments["vals"]?.text ?? call.arguments["data"]?.text ?? call.context.members.filter { $0.name.hasPrefix("tallyman") && $0.name != "tallyman_spec" }.map { "\($0.name)=\($0.value.text)" }.joined(separator: " "))"
      : ""
    return "\(call.model).\(call.method) \(call.ids.map { "\($0)" } ?? "")\(what)"
  }
}
