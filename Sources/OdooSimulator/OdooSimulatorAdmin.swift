public import JSON

/// Seeding, faults and state of a running simulator, without HTTP.
public struct OdooSimulatorAdmin: Sendable {
  let simulator: Simulator
  /// The version that is simulated.
  public var version: OdooVersion { simulator.version }
  /// The sockets, where there are some.
  let gate: ServerGate?

  /// Carries out `POST /simulator/<path>` (or another method) and answers its JSON.
  @discardableResult
  public func perform(_ path: String, _ body: JSON = [:], method: String = "POST") throws -> JSON {
    try translate { try simulator.administer(method, path, body) ?? .null }
  }

  /// Adds locations, products, partners, stock; see `docs/odoo-simulator.md`.
  public func seed(_ json: JSON) throws { try perform("seed", json) }

  /// Makes and confirms one sale order; answers `{"id", "name", "transfers": […]}`.
  @discardableResult
  public func order(
    warehouse: String = "WH",
    _ lines: [(product: String, quantity: Double)]
  ) throws -> JSON {
    let answer = try perform(
      "orders",
      ["warehouse": .string(warehouse), "lines": Self.lines(lines)]
    )
    return answer["orders"]?[0] ?? .null
  }

  /// Makes one receipt that is ready; answers it as in the state.
  @discardableResult
  public func receipt(
    warehouse: String = "WH",
    _ lines: [(product: String, quantity: Double)]
  ) throws -> JSON {
    let answer = try perform(
      "receipts",
      ["warehouse": .string(warehouse), "lines": Self.lines(lines)]
    )
    return answer["transfers"]?[0] ?? .null
  }

  private static func lines(_ lines: [(product: String, quantity: Double)]) -> JSON {
    .array(lines.map { ["product": .string($0.product), "quantity": .double($0.quantity)] })
  }

  /// Does what a person does in Odoo's screens, `{"do": "validate", "transfer": "WH/OUT/00001"}`.
  @discardableResult
  public func person(_ json: JSON) throws -> JSON { try perform("people", json) }

  /// Installs the idempotent server action for Inventory / User; answers its id.
  public func installAction(code: String = "# Tallyman confirm v2") throws -> Int {
    try perform("actions", ["code": .string(code)])["id"]?.int ?? 0
  }

  /// Removes a server action, as an administrator would.
  public func removeAction(_ id: Int) throws { try perform("actions/remove", ["id": .int(id)]) }

  /// Adds a fault.
  public func add(_ fault: Fault) { simulator.locked { $1.faults.add(fault) } }

  /// Sets faults by chance; nil for none.
  public func set(_ chaos: Chaos?) { simulator.locked { $1.faults.set(chaos) } }

  /// Ends all faults.
  public func clearFaults() { simulator.locked { $1.faults.clear() } }

  /// Stops listening: connections are refused, the state stays.
  public func goDown() { gate?.close() }

  /// Listens again, on the same port.
  public func comeUp() throws { _ = try gate?.open() }

  /// Transfers, quants, packages, orders, calls; see `docs/odoo-simulator.md`.
  public func state() -> JSON { simulator.dump() }

  /// The transfer of that name in the state; nil if there is none.
  public func transfer(_ name: String) -> JSON? {
    state()["transfers"]?.array?.first { $0["name"]?.string == name }
  }

  /// Calls that will still be executed though their client has gone.
  public var lateCalls: Int { simulator.locked { $1.late } }

  /// Executes the late calls that were held back; answers how many.
  @discardableResult
  public func runHeldCalls() -> Int { simulator.runHeldCalls() }

  /// Moves the simulated clock forward.
  public func advance(by duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    simulator.locked { $1.clockShift += microseconds }
  }

  /// Switches rules of the simulator; for negative controls.
  public func setRules(_ rules: SimulatorRules) {
    simulator.locked { database, _ in database.rules = rules }
  }

  /// Calls a method as the administrator, past HTTP and faults; nil is None.
  public func call(_ model: String, _ method: String, _ arguments: JSON...) throws -> JSON? {
    try translate {
      let call = Call(model: model, method: method, positional: arguments, named: JSONObject())
      return try simulator.transaction(user: 2) { try $0.perform(call) }
    }
  }

  private func translate<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as OdooError {
      throw SimulatorError(name: error.name, message: error.message)
    }
  }
}
