/// What a fault proxy does to one request, or to every one.
public enum TCPFault: Sendable, Hashable {
  /// The connection ends before the server has seen anything of the request.
  case dropRequest
  /// The server gets only this many bytes of the request, then the connection ends.
  case cutRequest(afterBytes: Int)
  /// The server gets and executes the request; the connection ends without an answer.
  case dropAnswer
  /// The connection ends after this many bytes of the answer.
  case cutAnswer(afterBytes: Int)
  /// The server gets and executes the request; the client waits for an answer for ever.
  case swallowAnswer
  /// Nobody hears anything any more; the connection stays open.
  case blackHole
  /// The answer comes this much later.
  case delayAnswer(Duration)
  /// The server gets the request this much later.
  case delayRequest(Duration)
}
