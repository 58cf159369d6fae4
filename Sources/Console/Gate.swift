internal import HTTPServer

/// Lets a request in, or says why not.
///
/// In this order: the host that it was sent to, so that a name which was pointed at this address
/// reaches nothing; the origin, so that a page in somebody's browser reaches nothing; the pace; the
/// token. Wrong tokens have a pace of their own, so that guessing is slow and keeps nobody out.
struct Gate: Sendable {
  private let token: [UInt8]
  private let hosts: Set<String>
  private var requests = Pace(burst: 50, perSecond: 20)
  private var wrongTokens = Pace(burst: 5, perSecond: 0.2)

  init(_ options: ConsoleOptions, port: UInt16) {
    token = options.token
    let names = [options.address, "127.0.0.1", "localhost", "[::1]"]
    hosts = Set(names.map { "\($0):\(port)" })
  }

  /// Nil if the request may be served.
  ///
  /// - Parameter now: Monotonic seconds.
  mutating func problem(
    with request: HTTPRequest,
    needsToken: Bool,
    now: Double
  ) -> ConsoleProblem? {
    let host = request.only("Host")?.lowercased()
    guard let host, hosts.contains(host) else {
      return ConsoleProblem(
        421,
        "wrong_host",
        "This console answers only under its own address: \(hosts.sorted()[0])."
      )
    }
    if let origin = request.header("Origin"), origin.lowercased() != "http://\(host)" {
      return ConsoleProblem(403, "wrong_origin", "Requests from other sites' pages are refused.")
    }
    guard requests.takes(now) else { return Self.tooMany }
    guard needsToken, !isAuthorized(request) else { return nil }
    guard wrongTokens.takes(now) else { return Self.tooMany }
    return ConsoleProblem(
      401,
      "unauthorized",
      "Send the header Authorization: Bearer <token>, with the token of the console's token file."
    )
  }

  private static let tooMany = ConsoleProblem(
    429,
    "too_many",
    "Too many requests; wait a few seconds."
  )

  private func isAuthorized(_ request: HTTPRequest) -> Bool {
    guard let value = request.only("Authorization") else { return false }
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
    return Self.isSame(Array(parts[1].utf8), token)
  }

  /// Compares in a time that does not tell how much of the beginning is right.
  static func isSame(_ given: [UInt8], _ secret: [UInt8]) -> Bool {
    guard !secret.isEmpty else { return false }
    var difference = given.count == secret.count ? 0 : 1 as UInt8
    for (index, byte) in given.enumerated() { difference |= byte ^ secret[index % secret.count] }
    return difference == 0
  }
}

/// A pace: so many at once, and then so many a second.
struct Pace: Sendable {
  private let burst: Double
  private let perSecond: Double
  private var left: Double
  private var last: Double?

  init(burst: Double, perSecond: Double) {
    self.burst = burst
    self.perSecond = perSecond
    left = burst
  }

  mutating func takes(_ now: Double) -> Bool {
    left = min(burst, left + max(0, now - (last ?? now)) * perSecond)
    last = now
    guard left >= 1 else { return false }
    left -= 1
    return true
  }
}

extension HTTPRequest {
  /// The header of that name, if it was sent exactly once.
  func only(_ name: String) -> String? {
    let wanted = name.lowercased()
    let found = headers.filter { $0.name.lowercased() == wanted }
    return found.count == 1 ? found[0].value : nil
  }
}
