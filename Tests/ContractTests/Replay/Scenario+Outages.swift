internal import OdooSimulator

/// Scenarios in which the server, its database or the proxy before it is in trouble.
extension Scenario {
  private static let one = Start.order(("TM-T1-000", 5))
  private static let validate = ["button_validate"]

  static let downAndRestart = Scenario(
    number: "33",
    starts: [one, one, one, one],
    before: [
      "server not running": { $0.goDown() },
      "SIGTERM to the threaded server while a validate is running (row lock held for 4 s)": {
        try $0.comeUp()
        $0.add(Fault(.interrupted, count: 1, methods: validate))
      },
      "SIGKILL while a validate is running": {
        $0.add(Fault(.lostRequest, count: 1, methods: validate))
      },
      "prefork: the call runs longer than limit_time_real (4 s)": {
        $0.add(Fault(.lostRequest, count: 1, methods: validate))
      },
      "PostgreSQL gone: 1st call": { $0.add(Fault(.databaseDown)) },
      "PostgreSQL back: 1st call": { $0.clearFaults() },
    ]
  )

  static let reverseProxy = Scenario(
    number: "34",
    starts: [one],
    before: [
      "502: nginx, upstream port closed": { $0.add(proxy(502)) },
      "429: nginx limit_req, request 2": { $0.add(proxy(429)) },
      "429: nginx limit_req, request 3": { $0.add(proxy(429)) },
      "413: body over client_max_body_size": { $0.add(proxy(413)) },
      "504: nginx proxy_read_timeout 2 s while the validate waits": {
        $0.add(proxy(504, executes: true))
      },
    ],
    versions: [.v18],
    overJSON2: false
  )

  private static func proxy(_ status: Int, executes: Bool = false) -> Fault {
    var fault = Fault(.http, count: 1)
    fault.status = status
    fault.executes = executes
    return fault
  }
}
