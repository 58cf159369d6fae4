/// Where the console listens, and who may use it.
public struct ConsoleOptions: Sendable {
  /// A numeric loopback address of this machine.
  public var address: String
  /// The port; 0 lets the system choose.
  public var port: UInt16
  /// The bytes of the token; whoever has it may decide.
  public var token: [UInt8]
  /// Longest body of a request in bytes.
  public var bodyLimit = 64 << 10
  /// Connections at one time.
  public var connectionLimit: UInt32 = 16

  /// Options with a token.
  public init(address: String = "127.0.0.1", port: UInt16, token: [UInt8]) {
    self.address = address
    self.port = port
    self.token = token
  }
}
