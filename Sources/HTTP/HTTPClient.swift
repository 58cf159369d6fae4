internal import CCurl
public import Odoo

/// An HTTP client for one server: one libcurl handle, whose connection is kept between requests.
///
/// It is not thread-safe and not `Sendable`: make one on each thread that needs one.
///
/// A request leaves the box at most once per `send`. libcurl by itself repeats a request when a
/// kept connection closes without an answer; a validation would then run twice behind the back
/// of the apply plan, which has to read first. So a body is read once and cannot be rewound.
/// No redirect is followed, no proxy is taken from the environment, and HTTP/1.1 is spoken.
public final class HTTPClient {
  private let handle: UnsafeMutableRawPointer
  private let settings: HTTPSettings
  private let exchange: CurlExchange
  private let errorText: UnsafeMutablePointer<CChar>

  /// A client of the server at `settings.baseURL`; connects at the first request.
  ///
  /// - Parameter isCancelled: Asked at least once a second during a request; true ends it with
  ///   `noAnswer` or `notSent`.
  public init(
    _ settings: HTTPSettings,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(HTTPClientError) {
    self.settings = try settings.checked()
    guard Self.isReady, let handle = curl_easy_init() else {
      throw HTTPClientError(
        code: .library,
        what: "libcurl could not be started",
        hint: "Is there memory left?"
      )
    }
    self.handle = handle
    exchange = CurlExchange(limit: settings.responseLimit, isCancelled: isCancelled)
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setUp()
  }

  deinit {
    curl_easy_cleanup(handle)
    errorText.deallocate()
  }

  /// Process-wide set-up of libcurl, once.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  private func setUp() {
    let owner = Unmanaged.passUnretained(exchange).toOpaque()
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_USERAGENT, settings.userAgent)
    // An empty list means: all that libcurl can decode.
    set(CURLOPT_ACCEPT_ENCODING, "")
    // An empty text keeps libcurl from looking into the environment.
    set(CURLOPT_PROXY, settings.proxy ?? "")
    // Shorter than the 75 s after which nginx closes an idle connection.
    set(CURLOPT_MAXAGE_CONN, 60)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_TCP_NODELAY, 1)
    setUpTLS()

    tm_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    tm_set_pointer(handle, CURLOPT_WRITEDATA, owner)
    tm_set_write(handle, CURLOPT_WRITEFUNCTION, receiveBody)
    tm_set_pointer(handle, CURLOPT_HEADERDATA, owner)
    tm_set_write(handle, CURLOPT_HEADERFUNCTION, receiveHeader)
    tm_set_pointer(handle, CURLOPT_READDATA, owner)
    tm_set_write(handle, CURLOPT_READFUNCTION, sendBody)
    tm_set_seek(handle, refuseSeek)
    tm_set_pointer(handle, CURLOPT_XFERINFODATA, owner)
    tm_set_progress(handle, watchProgress)
    set(CURLOPT_NOPROGRESS, 0)
  }

  private func setUpTLS() {
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_SSL_VERIFYPEER, settings.verifiesServer ? 1 : 0)
    set(CURLOPT_SSL_VERIFYHOST, settings.verifiesServer ? 2 : 0)
    if let file = settings.authorityFile {
      set(CURLOPT_CAINFO, file)
      // Without this the system's authorities would be trusted beside the given one.
      tm_set_text(handle, CURLOPT_CAPATH, nil)
    }
    if let file = settings.certificateFile { set(CURLOPT_SSLCERT, file) }
    if let file = settings.keyFile { set(CURLOPT_SSLKEY, file) }
  }

  private func set(_ option: CURLoption, _ value: Int) { tm_set_long(handle, option, value) }
  private func set(_ option: CURLoption, _ value: String) { tm_set_text(handle, option, value) }

  /// Sends a request and waits for its outcome.
  ///
  /// - Parameter timeout: For the whole exchange; nil for the one of the settings.
  public func send(_ request: HTTPRequest, timeout: Duration? = nil) -> HTTPReply {
    exchange.begin(body: request.body)
    errorText[0] = 0
    set(CURLOPT_URL, settings.baseURL + request.path)
    set(CURLOPT_TIMEOUT_MS, (timeout ?? settings.timeout).milliseconds)
    set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout.milliseconds)
    if request.method == "GET" {
      set(CURLOPT_HTTPGET, 1)
    } else {
      set(CURLOPT_POST, 1)
      set(CURLOPT_POSTFIELDSIZE, request.body.count)
    }
    tm_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
    // Without a value the header is left out: no waiting for `100 Continue`.
    var list = curl_slist_append(nil, "Expect:")
    for header in request.headers {
      list = curl_slist_append(list, "\(header.name): \(header.value)")
    }
    defer { curl_slist_free_all(list) }
    tm_set_list(handle, CURLOPT_HTTPHEADER, list)

    let clock = ContinuousClock()
    let start = clock.now
    let code = curl_easy_perform(handle)
    let duration = clock.now - start
    let outcome = outcome(of: code)
    return HTTPReply(
      outcome: outcome,
      duration: duration,
      reusedConnection: number(CURLINFO_NUM_CONNECTS) == 0
    )
  }

  private func outcome(of code: CURLcode) -> HTTPOutcome {
    let body = exchange.end()
    guard code == CURLE_OK else {
      let text = describe(code)
      // Set once a connection (with TLS and proxy) stands, just before the request's first byte.
      return time(CURLINFO_PRETRANSFER_TIME_T) > 0 ? .noAnswer(text) : .notSent(text)
    }
    guard exchange.hasAllHeaders else { return .noAnswer("the answer broke off in its headers") }
    var contentType: UnsafeMutablePointer<CChar>?
    tm_get_text(handle, CURLINFO_CONTENT_TYPE, &contentType)
    return .answer(
      status: number(CURLINFO_RESPONSE_CODE),
      contentType: contentType.map { String(cString: $0) } ?? "",
      retryAfter: exchange.retryAfter,
      body: body
    )
  }

  private func describe(_ code: CURLcode) -> String {
    if let reason = exchange.stopReason { return reason }
    let own = String(cString: errorText)
    let text = own.isEmpty ? String(cString: curl_easy_strerror(code)) : own
    let hint = TLSHint.hint(code: code, verification: number(CURLINFO_SSL_VERIFYRESULT))
    return hint.map { "\(text). \($0)" } ?? text
  }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    tm_get_long(handle, info, &value)
    return value
  }

  private func time(_ info: CURLINFO) -> Int64 {
    var value: curl_off_t = 0
    tm_get_time(handle, info, &value)
    return Int64(value)
  }
}

extension Duration {
  /// Whole milliseconds, at least one: zero would mean "no limit" to libcurl.
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}
