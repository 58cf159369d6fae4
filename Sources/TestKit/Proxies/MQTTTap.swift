/// A recording proxy between MQTT clients and their broker.
///
/// Every packet of both directions is parsed, numbered in the order in which the tap has seen it,
/// and passed on whole. It is the witness for "nothing acknowledged is lost": `acknowledged` holds
/// exactly the messages whose PUBACK the client has sent, wherever the client was killed.
public final class MQTTTap: Sendable {
  /// The port that clients connect to.
  public let port: Int

  let recorder: TapRecorder
  private let engine: ProxyEngine

  /// A tap in front of the broker at `broker`.
  public init(broker: Int) throws {
    recorder = TapRecorder()
    engine = try ProxyEngine(upstream: broker, resets: false, policy: recorder)
    port = engine.port
  }

  /// Closes all connections; new ones are still taken.
  public func cut() { engine.cut() }

  /// Stops reading and writing in a direction; the connections stay open.
  public func pause(_ direction: ProxyDirection) { engine.pause(direction) }

  /// Goes on after `pause`.
  public func resume(_ direction: ProxyDirection) { engine.resume(direction) }

  /// Closes all connections and takes no more.
  public func stop() { engine.stop() }

  /// Calls `action` on the tap's thread for each packet, before it is passed on.
  ///
  /// What it returns is done with the packet. Of several hooks the first that does not say
  /// `forward` decides. A hook may kill a program and wait for its end: no other packet moves
  /// meanwhile.
  public func hook(_ action: @escaping @Sendable (TapPacket) -> TapDecision) {
    recorder.hooks.update { $0.append(action) }
  }

  /// Takes all hooks away.
  public func removeHooks() {
    recorder.hooks.update { $0.removeAll() }
  }

  /// Decides once about the `number`th message, from 1, that the broker sends to a client.
  public func onDelivery(
    _ number: Int,
    _ decide: @escaping @Sendable (TapPacket) -> TapDecision
  ) {
    hook { packet in
      guard packet.direction == .toClient, case .publish = packet.packet,
        packet.ordinal == number
      else { return .forward }
      return decide(packet)
    }
  }

  /// Decides once about the `number`th PUBACK, from 1, that a client sends.
  public func onAcknowledgement(
    _ number: Int,
    _ decide: @escaping @Sendable (TapPacket) -> TapDecision
  ) {
    hook { packet in
      guard packet.direction == .toServer, case .puback = packet.packet,
        packet.ordinal == number
      else { return .forward }
      return decide(packet)
    }
  }
}
