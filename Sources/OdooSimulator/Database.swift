internal import JSON

/// The simulated database with Odoo's rules on it; used by one thread at a time.
///
/// One call is one transaction: `now` is its start, as PostgreSQL's `now()` is, so all its rows get
/// the same write date, and `rollBack` undoes all of it.
final class Database {
  let version: OdooVersion
  var models: [String: Model]
  var store = Store()
  var rules = SimulatorRules()

  /// The user the call runs as; 1 is the superuser.
  var user = 1
  /// The context of the call.
  var context = JSONObject()
  /// Start of the transaction in microseconds since 1970.
  var now: Int64 = 0
  /// Numbers behind names such as `WH/OUT/00001`.
  var sequences: [String: Int] = [:]
  /// Keys that a server process of 17 or 18 has accepted, and goes on accepting.
  var acceptedKeys: Set<String> = []
  var serverActions: [Int: ServerAction] = [:]
  /// Where committed changes are kept; nil keeps none.
  var stateFile: StateFile?
  /// Passwords and keys by user; not part of a transaction.
  var credentials: [Int: Credentials] = [:]

  /// Modules that this database lacks.
  let absent: Set<SimulatorModule>

  init(version: OdooVersion, without absent: Set<SimulatorModule> = []) {
    self.version = version
    self.absent = absent
    models = Models.all(version, without: absent)
    for model in models.values { store.declare(model.name, indexed: model.indexed) }
  }

  private init(sharing models: [String: Model], of other: Database) {
    version = other.version
    absent = other.absent
    self.models = models
  }

  /// Another database with the same rows; cheap, because rows are shared until one side changes.
  func copy() -> Database {
    let other = Database(sharing: models, of: self)
    other.store = store
    other.rules = rules
    other.now = now
    other.sequences = sequences
    other.acceptedKeys = acceptedKeys
    other.serverActions = serverActions
    other.credentials = credentials
    return other
  }

  /// Runs one call as a transaction: all of it or, on an error, nothing of it.
  func transaction<Result>(
    at time: Int64,
    user: Int,
    context: JSONObject = JSONObject(),
    _ body: () throws -> Result
  ) throws -> Result {
    now = max(now + 1, time)
    self.user = user
    self.context = context
    let sequences = sequences
    store.begin()
    do {
      let result = try body()
      stateFile?.append(self)
      store.commit()
      return result
    } catch {
      store.rollBack()
      self.sequences = sequences
      throw error
    }
  }

  func model(_ name: String) throws -> Model {
    guard let model = models[name] else { throw OdooError.user("Object \(name) doesn't exist") }
    return model
  }

  /// The row; MissingError where there is none.
  func row(_ model: String, _ id: Int) throws -> Record {
    guard let row = store.get(model, id) else { throw OdooError.missing(model, id, user: user) }
    return row
  }

  func rows(_ model: String, where field: String, is id: Int) -> [Record] {
    (store.ids(model, where: field, is: id) ?? []).compactMap { store.get(model, $0) }
  }

  /// Changes fields of a row without any of Odoo's rules.
  func set(_ model: String, _ id: Int, touch: Bool = true, _ values: [String: Value]) {
    guard var row = store.get(model, id) else { return }
    row.values.merge(values) { $1 }
    if touch { stamp(&row) }
    store.put(model, row)
  }

  /// Makes a row without any of Odoo's rules.
  @discardableResult
  func add(_ model: String, _ values: [String: Value]) -> Int {
    var row = Record(id: store.newID(model), values: values)
    row["create_date"] = .moment(now)
    row["create_uid"] = .ref(user)
    stamp(&row)
    store.put(model, row)
    return row.id
  }

  /// Moves the write date of a row.
  func touch(_ model: String, _ id: Int?) {
    guard let id, var row = store.get(model, id) else { return }
    stamp(&row)
    store.put(model, row)
  }

  private func stamp(_ row: inout Record) {
    row["write_date"] = .moment(now)
    row["write_uid"] = .ref(user)
  }

  /// The next number of a sequence, as `WH/OUT/00001`.
  func next(_ sequence: String, digits: Int) -> String {
    let number = sequences[sequence, default: 0] + 1
    sequences[sequence] = number
    let text = String(number)
    return sequence + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// Whether the context of the call has a true value of that name.
  func contextFlag(_ name: String) -> Bool { context[name].map(isTrue) ?? false }

  func contextIDs(_ name: String) -> [Int] { context[name]?.array?.compactMap(\.int) ?? [] }
}

/// Truth of a JSON value as Python sees it.
func isTrue(_ value: JSON) -> Bool {
  switch value {
  case .null: false
  case .bool(let value): value
  case .number: value.double != 0
  case .string(let text): !text.isEmpty
  case .array(let elements): !elements.isEmpty
  case .object(let object): !object.members.isEmpty
  }
}
