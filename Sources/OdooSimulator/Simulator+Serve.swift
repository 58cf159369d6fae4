internal import Dispatch
internal import HTTPServer
internal import JSON

/// A call that has been understood, in whichever protocol it came.
struct Incoming: Sendable {
  /// `stock.picking.button_validate`, `common.login`, `/web/health`.
  let name: String
  var transfers: [Int] = []
  /// Reads do not wait for a transaction that is under way.
  var isRead: Bool { name.hasSuffix("read") || name.hasSuffix("search_count") }
  let perform: @Sendable () throws -> JSON?
  let render: @Sendable (JSON?) -> HTTPResponse
  let refuse: @Sendable (OdooError) -> HTTPResponse
  /// What the protocol answers while PostgreSQL is away; an error in most.
  var databaseGone: HTTPResponse?
}

extension Simulator {
  /// Answers a request; nil closes the connection without an answer.
  func serve(_ request: HTTPRequest) -> HTTPResponse? {
    if request.path.hasPrefix("/simulator/") { return administer(request) }
    switch understand(request) {
    case .answer(let response):
      guard let fault = locked({ $1.faults.take(request.path) }) else { return response }
      return serve(
        Incoming(
          name: request.path,
          perform: { nil },
          render: { _ in response },
          refuse: { _ in response }
        ),
        with: fault
      )
    case .call(let incoming):
      if let fault = locked({ $1.faults.take(incoming.name) }) {
        return serve(incoming, with: fault)
      }
      return execute(incoming)
    }
  }

  private func serve(_ incoming: Incoming, with fault: Fault) -> HTTPResponse? {
    locked { $1.log.note(fault: fault.kind.rawValue, name: incoming.name, at: $0.now) }
    switch fault.kind {
    case .down, .lostRequest: return nil
    case .slow:
      pause(fault.delay)
      return execute(incoming)
    case .http:
      if fault.executes { _ = execute(incoming) }
      return fault.response
    case .lostAnswer:
      _ = execute(incoming)
      return nil
    case .serialization: return incoming.refuse(.serialization)
    case .databaseDown: return incoming.databaseGone ?? incoming.refuse(.databaseGone)
    case .interrupted: return incoming.refuse(.interrupted(version))
    case .accessDenied: return incoming.refuse(.denied)
    case .late:
      executeLate(incoming, fault)
      return nil
    }
  }

  /// The client is gone, the server goes on: what a time-out or a proxy's 504 looks like.
  private func executeLate(_ incoming: Incoming, _ fault: Fault) {
    locked { _, state in
      state.late += 1
      if fault.blocking { state.busy.formUnion(incoming.transfers) }
      if fault.held { state.held.append(incoming) }
    }
    guard !fault.held else { return }
    // Not a task: its threads are few, and a test may block all of them while it waits for this.
    let time = fault.delay.components
    let nanoseconds = Int(time.seconds) * 1_000_000_000 + Int(time.attoseconds / 1_000_000_000)
    DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { [self] in
      finishLate(incoming)
    }
  }

  private func finishLate(_ incoming: Incoming) {
    _ = run(incoming)
    locked { _, state in
      state.late -= 1
      state.busy.subtract(incoming.transfers)
    }
  }

  /// Executes the late calls that were held back; answers how many.
  @discardableResult
  func runHeldCalls() -> Int {
    let calls = locked { _, state in
      defer { state.held = [] }
      return state.held
    }
    for call in calls { finishLate(call) }
    return calls.count
  }

  /// Executes a call, after any validation of the same transfers that is under way.
  private func execute(_ incoming: Incoming) -> HTTPResponse {
    var waited = false
    while !incoming.isRead, locked({ !$1.busy.isDisjoint(with: incoming.transfers) }) {
      waited = true
      if runHeldCalls() == 0 { pause(.milliseconds(2)) }
    }
    if waited, incoming.name == "ir.actions.server.run" { return incoming.refuse(twiceAtOnce) }
    if waited, version < .v19, incoming.name.hasSuffix("button_validate") {
      return incoming.refuse(
        .validation(
          "The operation cannot be completed: "
            + "Error, a partner cannot follow twice the same object."
        )
      )
    }
    return run(incoming)
  }

  /// What the second of two equal server actions at one moment gets, though the first is applied.
  private var twiceAtOnce: OdooError {
    let text =
      "duplicate key value violates unique constraint "
      + "\"ir_model_data_module_name_uniq_index\""
    return .value(
      version < .v18
        ? "<class 'psycopg2.errors.UniqueViolation'>: \"\(text)\" while evaluating\n'code'"
        : "UniqueViolation('\(text)') while evaluating\n'code'"
    )
  }

  private func run(_ incoming: Incoming) -> HTTPResponse {
    do {
      return incoming.render(try incoming.perform())
    } catch let error as OdooError {
      return incoming.refuse(error)
    } catch {
      return incoming.refuse(OdooError("builtins.Exception", "\(error)"))
    }
  }
}
