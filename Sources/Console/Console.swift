internal import Glibc
internal import HTTPServer
internal import JSON

/// The console: HTTP with JSON on loopback, for programs and later for pages.
///
/// `docs/api.md` is its reference. Every refusal is `{"error": {"code", "message"}}`.
public final class Console: Sendable {
  /// The port it listens on.
  public var port: UInt16 { server.port }
  private let server: HTTPServer

  private init(_ server: HTTPServer) { self.server = server }

  /// Starts to listen; `desk` is called on threads of the server.
  public static func start(
    _ options: ConsoleOptions,
    desk: any ConsoleDesk
  ) throws(ConsoleFailure) -> Console {
    var http = HTTPServer.Options()
    http.address = options.address
    http.port = options.port
    http.threading = .perConnection
    http.bodyLimit = options.bodyLimit
    http.connectionLimit = options.connectionLimit
    http.timeoutSeconds = 15
    http.tooLong = Reply.problem(
      ConsoleProblem(413, "too_large", "The body is over \(options.bodyLimit) bytes.")
    )
    let gate = SharedGate()
    let routes = Routes(desk: desk)
    do throws(HTTPServerError) {
      let server = try HTTPServer.start(http) { request in
        let needsToken = request.path != "/healthz"
        if let problem = gate.problem(with: request, needsToken: needsToken, now: monotonic()) {
          return Reply.problem(problem)
        }
        return routes.answer(request)
      }
      gate.open(Gate(options, port: server.port))
      return Console(server)
    } catch {
      throw ConsoleFailure(description: error.description)
    }
  }

  /// Stops listening, and waits for what is being answered.
  public func stop() { server.stop() }
}

/// Why the console could not start.
public struct ConsoleFailure: Error, CustomStringConvertible {
  /// One line, with what to look at.
  public let description: String
}

/// The gate of all threads; closed until the port is known.
private final class SharedGate: @unchecked Sendable {
  // Unchecked: `gate` is only touched under `lock`.
  private let lock = Lock()
  private var gate: Gate?

  func open(_ gate: Gate) { lock.withLock { self.gate = gate } }

  func problem(with request: HTTPRequest, needsToken: Bool, now: Double) -> ConsoleProblem? {
    lock.withLock {
      guard gate != nil else { return ConsoleProblem(503, "starting", "Try again in a second.") }
      return gate?.problem(with: request, needsToken: needsToken, now: now)
    }
  }
}

private func monotonic() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How answers look.
enum Reply {
  static func json(_ status: Int, _ json: JSON) -> HTTPResponse {
    HTTPResponse(
      status: status,
      type: "application/json",
      text: json.text + "\n",
      headers: [
        HTTPField("Cache-Control", "no-store"), HTTPField("X-Content-Type-Options", "nosniff"),
      ]
    )
  }

  static func problem(_ problem: ConsoleProblem) -> HTTPResponse {
    var response = json(
      problem.status,
      ["error": ["code": .string(problem.code), "message": .string(problem.message)]]
    )
    if problem.status == 401 { response.headers.append(HTTPField("WWW-Authenticate", "Bearer")) }
    if problem.status == 429 { response.headers.append(HTTPField("Retry-After", "5")) }
    return response
  }
}
