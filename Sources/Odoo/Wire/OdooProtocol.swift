/// How calls are carried.
public enum OdooProtocol: String, Hashable, Sendable, CaseIterable {
  /// `POST /jsonrpc`; deprecated from 19 on.
  case jsonRPC = "jsonrpc"
  /// `POST /json/2/<model>/<method>` with a bearer key; 19 and newer.
  case json2

  /// The protocol for a version: JSON-2 where there is one.
  public init(for version: OdooVersion) {
    self = version.major >= 19 ? .json2 : .jsonRPC
  }
}
