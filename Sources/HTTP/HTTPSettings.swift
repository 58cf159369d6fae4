/// How a server is reached.
public struct HTTPSettings: Sendable {
  /// `https://host[:port][/prefix]`, without user or password.
  public var baseURL: String
  /// File with the authorities to trust instead of the system's.
  public var authorityFile: String?
  /// File with the client's certificate.
  public var certificateFile: String?
  /// File with the key of the client's certificate.
  public var keyFile: String?
  /// Whether the server's certificate and name are verified.
  public var verifiesServer: Bool
  /// URL of a proxy; nil for none, whatever the environment says.
  public var proxy: String?
  /// Limit for name look-up, connecting and TLS.
  public var connectTimeout: Duration
  /// Limit for a whole exchange.
  ///
  /// A validation took up to 18 s in Odoo under contention.
  public var timeout: Duration
  /// Largest answer in bytes, after decompression.
  public var responseLimit: Int
  /// Value of the User-Agent header.
  public var userAgent: String

  /// Ten seconds to connect.
  public static let defaultConnectTimeout = Duration.seconds(10)
  /// A minute and a half for a whole exchange.
  public static let defaultTimeout = Duration.seconds(90)
  /// 64 MiB; 5,000 move lines take 2.3 MB.
  public static let defaultResponseLimit = 64 << 20

  /// Settings for a server; only its URL and our version are needed.
  public init(
    baseURL: String,
    authorityFile: String? = nil,
    certificateFile: String? = nil,
    keyFile: String? = nil,
    verifiesServer: Bool = true,
    proxy: String? = nil,
    connectTimeout: Duration = defaultConnectTimeout,
    timeout: Duration = defaultTimeout,
    responseLimit: Int = defaultResponseLimit,
    version: String
  ) {
    self.baseURL = baseURL
    self.authorityFile = authorityFile
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    self.verifiesServer = verifiesServer
    self.proxy = proxy
    self.connectTimeout = connectTimeout
    self.timeout = timeout
    self.responseLimit = responseLimit
    userAgent = "tallyman/\(version)"
  }

  /// The same settings with a usable base URL.
  func checked() throws(HTTPClientError) -> HTTPSettings {
    var checked = self
    while checked.baseURL.hasSuffix("/") { checked.baseURL.removeLast() }
    let url = checked.baseURL
    let rest: Substring
    if url.hasPrefix("https://") {
      rest = url.dropFirst(8)
    } else if url.hasPrefix("http://") {
      rest = url.dropFirst(7)
    } else {
      throw HTTPClientError(
        code: .url,
        what: "the URL \(url) starts with neither https:// nor http://",
        hint: "Write it like https://odoo.example.com."
      )
    }
    let host = rest.split(separator: "/", omittingEmptySubsequences: false).first ?? ""
    let allowed = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard !host.isEmpty, allowed, !rest.contains("?"), !rest.contains("#") else {
      throw HTTPClientError(
        code: .url,
        what: "the URL \(url) has no host, or spaces, a query or a fragment",
        hint: "Write it like https://odoo.example.com."
      )
    }
    guard !host.contains("@") else {
      throw HTTPClientError(
        code: .url,
        what: "the URL holds a user or password",
        hint: "Take it out; the API key has a file of its own."
      )
    }
    return checked
  }
}
