import Glibc
import HTTPServer
import JSON
import OdooSimulator
import TestKit

/// A simulated Odoo behind a real HTTP server, where a test can look at each call before and after
/// it is carried out.
final class Site: Sendable {
  /// A moment of a call.
  enum Moment: Sendable { case before, after }

  let odoo: SimulatedOdoo
  private let server: HTTPServer
  private let watcher: Monitor<(@Sendable (String, Moment) -> Void)?>

  init(_ version: OdooVersion) throws {
    let odoo = try SimulatedOdoo(version: version) {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
    let watcher = Monitor<(@Sendable (String, Moment) -> Void)?>(nil)
    self.odoo = odoo
    self.watcher = watcher
    server = try HTTPServer.start { request in
      let watch = watcher.withLock { $0 }
      let name = watch == nil ? "" : Self.method(of: request)
      watch?(name, .before)
      let response = odoo.serve(request)
      watch?(name, .after)
      return response
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  func stop() { server.stop() }

  /// Calls `action` with each method name, before and after it is carried out; nil to stop that.
  func watch(_ action: (@Sendable (String, Moment) -> Void)?) { watcher.update { $0 = action } }

  private static func method(of request: HTTPRequest) -> String {
    if request.path.hasPrefix("/json/2/") {
      return request.path.split(separator: "/").suffix(2).joined(separator: ".")
    }
    guard let arguments = (try? JSON.parse(request.body))?["params"]?["args"] else { return "" }
    return "\(arguments[3]?.string ?? "").\(arguments[4]?.string ?? "")"
  }

  /// A request of the administration interface.
  func admin(_ method: String, _ path: String, _ body: JSON? = nil) throws -> JSON {
    let request = HTTPRequest(
      method: method,
      path: "/simulator/\(path)",
      body: body?.bytes ?? []
    )
    guard let response = odoo.serve(request), response.status == 200 else {
      throw TestKitError.unexpected("simulator: \(method) \(path)")
    }
    return try JSON.parse(response.body)
  }

  /// Makes an order; gives its name.
  func order(_ warehouse: String, _ lines: [(String, Int)]) throws -> String {
    let answer = try admin(
      "POST",
      "orders",
      [
        "warehouse": .string(warehouse),
        "lines": .array(lines.map { ["product": .string($0.0), "quantity": .int($0.1)] }),
      ]
    )
    guard let name = answer["orders"]?[0]?["name"]?.string else {
      throw TestKitError.unexpected("simulator: no order in \(answer.text)")
    }
    return name
  }

  /// All transfers, as the simulator shows them.
  func transfers() throws -> [JSON] { try admin("GET", "state")["transfers"]?.array ?? [] }

  /// The ready transfer of an order and operation type that is not a backorder.
  func transfer(of order: String, type: String) throws -> JSON? {
    try transfers().first {
      $0["origin"]?.string == order && $0["type"]?.string == type
        && $0["state"]?.string == "assigned" && $0["backorder_id"]?.isNull == true
    }
  }
}
