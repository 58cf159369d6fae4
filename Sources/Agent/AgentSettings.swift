internal import Configuration
internal import Console
internal import Floor
internal import HTTP
internal import Intake
internal import JSON
internal import MQTT
internal import Odoo

/// What the agent's threads need, made of the configuration.
struct AgentSettings: Sendable {
  /// Directory of the journal and the mirror.
  var directory: String
  /// Bytes that must stay free on it.
  var minimumFree: Int64
  /// Most messages of one batch.
  var batch: Int
  var broker: BrokerSettings
  var intake: IntakeSettings
  /// Nil for a box that works without Odoo.
  var odoo: OdooSettings?
  var mirror: Settings.Mirror
  var dispatch: Settings.Dispatch
  var counts: Settings.Counts
  var reconcile: Settings.Reconcile
  /// Nil for a box without an API.
  var console: ConsoleOptions?

  /// How to reach Odoo.
  struct OdooSettings: Sendable {
    var http: HTTPSettings
    var credentials: OdooLogin.Credentials
    var carrier: OdooProtocol?
    var validateTimeout: Duration
    var longestCall: Duration
    /// Id of the server action that was made for it.
    var action: Int?
    /// Most requests in any second; nil for no limit.
    var requestsPerSecond: Int?
  }

  /// The payload of the retained status topic.
  func status(_ state: String, of instance: String) -> [UInt8] {
    AgentStatus.payload(state, instance: instance)
  }

  init(_ settings: Settings, _ secrets: Secrets) {
    directory = settings.storage.directory
    minimumFree = Int64(settings.storage.minimumFree)
    batch = settings.limits.batch
    broker = BrokerSettings(settings, password: secrets.brokerPassword)
    intake = IntakeSettings(settings)
    odoo = settings.odoo.flatMap { OdooSettings($0, key: secrets.odooKey) }
    mirror = settings.mirror
    dispatch = settings.dispatch
    counts = settings.counts
    reconcile = settings.reconcile
    if let console = settings.console, let token = secrets.consoleToken {
      self.console = ConsoleOptions(
        address: console.address,
        port: UInt16(console.port),
        token: token.reveal { Array($0.utf8) }
      )
    }
  }
}

extension AgentSettings.OdooSettings {
  init?(_ settings: Settings.Odoo, key: Secret?) {
    guard let key else { return nil }
    http = HTTPSettings(
      baseURL: settings.url,
      authorityFile: settings.caFile,
      certificateFile: settings.certificateFile,
      keyFile: settings.privateKeyFile?.path,
      timeout: settings.timeout,
      version: AgentVersion.text
    )
    credentials = OdooLogin.Credentials(
      database: settings.database,
      login: settings.login,
      key: key
    )
    carrier =
      switch settings.protocolChoice {
      case .auto: nil
      case .jsonrpc: .jsonRPC
      case .json2: .json2
      }
    validateTimeout = settings.validateTimeout
    longestCall = settings.longestCall
    action = settings.action
    requestsPerSecond = settings.requestsPerSecond
  }
}

extension BrokerSettings {
  init(_ settings: Settings, password: Secret?) {
    let broker = settings.broker
    self.init(
      host: broker.host,
      port: broker.port,
      clientID: broker.clientID,
      user: broker.user,
      password: password?.reveal { $0 },
      tls: broker.tls
        ? TLS(
          caFile: broker.caFile,
          certificateFile: broker.certificateFile,
          keyFile: broker.keyFile?.path
        ) : nil,
      keepAlive: Int(broker.keepAlive.components.seconds),
      receiveMaximum: broker.receiveMaximum,
      statusTopic: "tallyman/\(settings.site)/status",
      willPayload: AgentStatus.payload("offline")
    )
  }
}

extension IntakeSettings {
  init(_ settings: Settings) {
    var stations: [String: String] = [:]
    for station in settings.stations {
      for device in station.devices { stations[device] = station.name }
    }
    self.init(
      site: settings.floorSite,
      stationOfDevice: stations,
      unassignedDevicesAreStations: settings.floor.unassignedDevices == .ownStation,
      payloadLimit: settings.limits.payload,
      deviceLimit: settings.limits.devices,
      feedbackExpires: settings.floor.feedbackExpires.milliseconds
    )
  }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 {
    components.seconds &* 1000 &+ components.attoseconds / 1_000_000_000_000_000
  }
}

/// The retained status on MQTT, which is also the last will.
enum AgentStatus {
  static func payload(_ state: String, instance: String? = nil) -> [UInt8] {
    var json: JSONObject = ["state": .string(state), "version": .string(AgentVersion.text)]
    json["instance"] = instance.map { .string($0) }
    return JSON.object(json).bytes
  }
}

/// The agent's own version.
public enum AgentVersion {
  /// As in CHANGELOG.md.
  public static let text = "0.1.0"
}
