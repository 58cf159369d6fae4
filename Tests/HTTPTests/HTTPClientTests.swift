import FoundationEssentials
import Glibc
import HTTP
import Odoo
import Synchronization
import Testing

@Suite("HTTP client", .serialized, .timeLimit(.minutes(1)))
struct HTTPClientTests {
  private let post = HTTPRequest(
    method: "POST",
    path: "/jsonrpc",
    headers: [.init("Content-Type", "application/json")],
    body: Array(#"{"a":1}"#.utf8)
  )

  private func client(
    _ url: String,
    limit: Int = HTTPSettings.defaultResponseLimit,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> HTTPClient {
    try HTTPClient(
      HTTPSettings(baseURL: url, responseLimit: limit, version: "1.2.3"),
      isCancelled: isCancelled
    )
  }

  @Test("requests carry our headers and body, and one connection serves many")
  func reusesConnection() throws {
    let server = RawServer { connection in
      while connection.readRequest() != nil { connection.answer(Array("[1]".utf8)) }
    }
    do {
      let client = try client(server.url + "/")
      var reused: [Bool] = []
      for _ in 0..<3 {
        let reply = client.send(post)
        reused.append(reply.reusedConnection)
        #expect(
          reply.outcome
            == .answer(
              status: 200,
              contentType: "application/json",
              retryAfter: nil,
              body: Array("[1]".utf8)
            )
        )
      }
      #expect(reused == [false, true, true])
    }
    server.stop()
    #expect(server.connections == 1)
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /jsonrpc HTTP/1.1\r\n"))
    #expect(request.contains("User-Agent: tallyman/1.2.3\r\n"))
    #expect(request.contains("Accept-Encoding: "))
    #expect(request.contains("gzip"))
    #expect(!request.contains("Expect:"))
    #expect(request.hasSuffix("\r\n\r\n{\"a\":1}"))
  }

  @Test("statuses, pages and Retry-After arrive as they are; redirects are not followed")
  func reportsStatuses() throws {
    let server = RawServer { connection in
      while let request = connection.readRequest() {
        if request.contains("/moved") {
          connection.answer([], status: "301 Moved", headers: "Location: /jsonrpc\r\n")
        } else {
          connection.answer(
            Array("<p>".utf8),
            status: "503 Busy",
            type: "text/html",
            headers: "Retry-After: 12\r\n"
          )
        }
      }
    }
    do {
      let client = try client(server.url)
      #expect(
        client.send(post).outcome
          == .answer(
            status: 503,
            contentType: "text/html",
            retryAfter: 12,
            body: Array("<p>".utf8)
          )
      )
      let moved = client.send(HTTPRequest(method: "GET", path: "/moved"))
      guard case .answer(301, _, nil, _) = moved.outcome else {
        Issue.record("\(moved.outcome)")
        return
      }
    }
    server.stop()
    #expect(server.requests.count == 2)
  }

  @Test("a compressed answer is unpacked, and its limit counts unpacked bytes")
  func unpacks() throws {
    let packed = try #require(
      Data(
        base64Encoded: "H4sIAAAAAAACA6tWyirOzysqSFayUjLSM1DSUSpKLS7NKVGyijaMrQUA8GGY0h4AAAA="
      )
    )
    let server = RawServer { connection in
      while connection.readRequest() != nil {
        connection.answer(Array(packed), headers: "Content-Encoding: gzip\r\n")
      }
    }
    do {
      let reply = try client(server.url).send(post)
      guard case .answer(200, _, _, let body) = reply.outcome else {
        Issue.record("\(reply.outcome)")
        return
      }
      #expect(String(decoding: body, as: UTF8.self) == #"{"jsonrpc":"2.0","result":[1]}"#)
      #expect(isUnanswered(try client(server.url, limit: 29).send(post)))
    }
    server.stop()
  }

  @Test("nobody listens: nothing was sent")
  func reportsRefusedConnection() throws {
    let server = RawServer { _ in }
    server.stop()
    guard case .notSent = try client(server.url).send(post).outcome else {
      Issue.record("sent to nobody")
      return
    }
    guard case .notSent = try client("http://no-such-host.invalid").send(post).outcome else {
      Issue.record("sent to nobody")
      return
    }
  }

  @Test(
    "the server breaks off: the request may have been done",
    arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1"]
  )
  func reportsBrokenAnswers(answer: String) throws {
    let server = RawServer { connection in
      _ = connection.readRequest()
      connection.write(answer)
    }
    do { #expect(isUnanswered(try client(server.url).send(post))) }
    server.stop()
    #expect(server.requests.count == 1)
  }

  @Test("a kept connection that closes without an answer does not send the request again")
  func neverRepeatsARequest() throws {
    // The server answers the first request of a connection, reads the second and hangs up.
    let server = RawServer { connection in
      _ = connection.readRequest()
      connection.answer(Array("[1]".utf8))
      _ = connection.readRequest()
    }
    do {
      let client = try client(server.url)
      guard case .answer = client.send(post).outcome else {
        Issue.record("no answer to the first request")
        return
      }
      #expect(isUnanswered(client.send(post)))
    }
    server.stop()
    #expect(server.requests.count == 2)
  }

  @Test("no answer in time: the request may be done later")
  func reportsTimeout() throws {
    let server = RawServer { connection in
      while connection.readRequest() != nil {}
    }
    do {
      let reply = try client(server.url).send(post, timeout: .milliseconds(50))
      #expect(isUnanswered(reply))
      #expect(reply.duration >= .milliseconds(50))
    }
    server.stop()
  }

  @Test("a trickling answer does not outlast the limit of the whole exchange")
  func limitsTricklingAnswers() throws {
    let server = RawServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
      // A byte every two milliseconds until the client hangs up.
      var watch = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
      repeat { connection.write([0x20]) } while poll(&watch, 1, 2) == 0
    }
    do { #expect(isUnanswered(try client(server.url).send(post, timeout: .milliseconds(60)))) }
    server.stop()
  }

  @Test("too large an answer is given up")
  func limitsAnswers() throws {
    let server = RawServer { connection in
      while connection.readRequest() != nil {
        connection.answer([UInt8](repeating: 0x20, count: 100_000))
      }
    }
    do {
      let reply = try client(server.url, limit: 99_999).send(post)
      #expect(reply.outcome == .noAnswer("the answer is larger than 99999 bytes"))
      guard case .answer = try client(server.url, limit: 100_000).send(post).outcome else {
        Issue.record("an answer of exactly the limit was refused")
        return
      }
    }
    server.stop()
  }

  @Test("a cancelled request ends soon, long before its time is over")
  func cancels() throws {
    let asked = Atomic(false)
    let server = RawServer { connection in
      _ = connection.readRequest()
      asked.store(true, ordering: .sequentiallyConsistent)
      _ = connection.readRequest()
    }
    do {
      let client = try client(server.url, isCancelled: { asked.load(ordering: .relaxed) })
      let reply = client.send(post, timeout: .seconds(50))
      #expect(reply.outcome == .noAnswer("the request was cancelled here"))
      #expect(reply.duration < .seconds(10))
    }
    server.stop()
  }

  @Test("the environment's proxy is not used")
  func ignoresEnvironment() throws {
    setenv("http_proxy", "http://127.0.0.1:1", 1)
    setenv("no_proxy", "", 1)
    defer { unsetenv("http_proxy") }
    let server = RawServer { connection in
      _ = connection.readRequest()
      connection.answer(Array("[1]".utf8))
    }
    do {
      guard case .answer = try client(server.url).send(post).outcome else {
        Issue.record("went to the environment's proxy")
        return
      }
    }
    server.stop()
  }

  @Test(
    "URLs that cannot be meant are refused with a hint",
    arguments: ["", "odoo.example.com", "ftp://x", "https://", "https://a b", "https://u:p@h"]
  )
  func refusesURLs(url: String) {
    #expect(throws: HTTPClientError.self) { try client(url) }
  }

  private func isUnanswered(_ reply: HTTPReply) -> Bool {
    if case .noAnswer = reply.outcome { true } else { false }
  }
}
