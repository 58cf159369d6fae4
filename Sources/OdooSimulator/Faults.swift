internal import HTTPServer
internal import JSON

/// Something that goes wrong with calls.
public struct Fault: Sendable {
  /// What goes wrong.
  public enum Kind: String, CaseIterable, Sendable {
    /// Connections are closed, nothing is executed.
    case down
    /// Each call waits `delay` first.
    case slow
    /// An answer of HTTP alone: `status`, an HTML `body`, perhaps `Retry-After`.
    case http = "http"
    /// The call is executed and committed, then the connection is closed without an answer.
    case lostAnswer = "lost_answer"
    /// The connection is closed without an answer, and nothing was executed.
    case lostRequest = "lost_request"
    /// Retries are exhausted: SerializationFailure, everything rolled back.
    case serialization
    /// PostgreSQL is away: OperationalError; over JSON-2 an HTML 404.
    case databaseDown = "database_down"
    /// The client is cut off at once; the call is executed after `delay`.
    case late
    /// The server is stopped while it executes: InterfaceError, everything rolled back.
    case interrupted
    /// AccessDenied, or 401, as for a revoked key.
    case accessDenied = "access_denied"
  }

  /// What goes wrong.
  public var kind: Kind
  /// How many calls it meets; nil: until it is cleared.
  public var count: Int?
  /// Only calls whose name ends so (`button_validate`, `stock.picking.write`); empty: all.
  public var methods: [String] = []
  /// For `slow` and `late`.
  public var delay: Duration = .milliseconds(200)
  /// For `late`: whether the transfers are busy until it has been executed.
  public var blocking = false
  /// For `late`: executed only by `runHeldCalls`, or when a call for the same transfers comes.
  public var held = false
  /// For `http`.
  public var status = 502
  /// For `http`: whether the call is executed behind the proxy that answers so (a 504).
  public var executes = false
  /// For `http`: seconds of a `Retry-After`.
  public var retryAfter: Int?
  /// For `http`: the body, a page or JSON; nil for a proxy's page.
  public var body: String?

  /// A fault for `count` calls, or until it is cleared.
  public init(_ kind: Kind, count: Int? = nil, methods: [String] = []) {
    self.kind = kind
    self.count = count
    self.methods = methods
  }

  func meets(_ name: String) -> Bool {
    methods.isEmpty || methods.contains { name == $0 || name.hasSuffix("." + $0) }
  }

  var response: HTTPResponse {
    let isJSON = body?.first == "{" || body?.first == "["
    var headers = [HTTPField("Content-Type", isJSON ? "application/json" : "text/html")]
    if let retryAfter { headers.append(HTTPField("Retry-After", String(retryAfter))) }
    let page =
      "<html>\r\n<head><title>\(status)</title></head>\r\n<body>\r\n"
      + "<center><h1>\(status)</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    return HTTPResponse(status: status, headers: headers, body: Array((body ?? page).utf8))
  }
}

/// Faults by chance, from a seed.
public struct Chaos: Sendable {
  /// Where the chances start; one seed gives one sequence.
  public var seed: UInt64
  /// How likely each kind is for a call, 0 to 1.
  public var rates: [Fault.Kind: Double]
  /// Only calls whose name ends so; empty: all.
  public var methods: [String] = []
  /// For `slow` and `late`.
  public var delay: Duration = .milliseconds(200)

  /// Faults by chance.
  public init(seed: UInt64, rates: [Fault.Kind: Double], methods: [String] = []) {
    self.seed = seed
    self.rates = rates
    self.methods = methods
  }
}

/// Which fault the next call meets.
struct FaultPlan {
  private(set) var faults: [Fault] = []
  private var chaos: Chaos?
  private var random: UInt64 = 0

  /// True while PostgreSQL is away for all calls.
  var databaseIsDown: Bool { faults.contains { $0.kind == .databaseDown } }

  mutating func add(_ fault: Fault) { faults.append(fault) }

  mutating func clear() {
    faults = []
    chaos = nil
  }

  mutating func set(_ chaos: Chaos?) {
    self.chaos = chaos
    random = chaos?.seed ?? 0
  }

  /// The fault that meets a call of that name, used up by one; nil for none.
  mutating func take(_ name: String) -> Fault? {
    if let index = faults.firstIndex(where: { $0.meets(name) }) {
      let fault = faults[index]
      if let count = fault.count {
        if count <= 1 { faults.remove(at: index) } else { faults[index].count = count - 1 }
      }
      return fault
    }
    guard let chaos else { return nil }
    let probe = Fault(.slow, methods: chaos.methods)
    guard probe.meets(name) else { return nil }
    var draw = next()
    for kind in Fault.Kind.allCases {
      guard let rate = chaos.rates[kind] else { continue }
      if draw < rate {
        var fault = Fault(kind)
        fault.delay = chaos.delay
        return fault
      }
      draw -= rate
    }
    return nil
  }

  /// SplitMix64, from 0 up to 1.
  private mutating func next() -> Double {
    random &+= 0x9E37_79B9_7F4A_7C15
    var mixed = random
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Double(mixed >> 11) / Double(1 << 53)
  }
}

extension Fault {
  /// Reads `{"kind", "count", "methods", "delay_ms", "blocking", "held", "status", "executes", "retry_after", "body"}`.
  init(_ json: JSON) throws {
    guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)) else {
      let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw SimulatorError(name: "unknown fault", message: "expected a kind of: \(kinds)")
    }
    self.init(
      kind,
      count: json["count"]?.int,
      methods: json["methods"]?.array?.compactMap(\.string) ?? []
    )
    if let delay = json["delay_ms"]?.int { self.delay = .milliseconds(delay) }
    blocking = json["blocking"]?.bool ?? false
    held = json["held"]?.bool ?? false
    executes = json["executes"]?.bool ?? false
    status = json["status"]?.int ?? status
    retryAfter = json["retry_after"]?.int
    body = json["body"]?.string
  }
}

extension Chaos {
  /// Reads `{"seed", "rates": {kind: chance}, "methods", "delay_ms"}`.
  init(_ json: JSON) throws {
    var rates: [Fault.Kind: Double] = [:]
    for member in json["rates"]?.object?.members ?? [] {
      guard let kind = Fault.Kind(rawValue: member.name), let rate = member.value.double else {
        throw SimulatorError(name: "unknown fault", message: "no fault is named \(member.name)")
      }
      rates[kind] = rate
    }
    self.init(
      seed: UInt64(json["seed"]?.int ?? 0),
      rates: rates,
      methods: json["methods"]?.array?.compactMap(\.string) ?? []
    )
    if let delay = json["delay_ms"]?.int { self.delay = .milliseconds(delay) }
  }
}
