public import Floor
public import Odoo

/// The checked configuration of an agent; every value is within its limits.
///
/// `config/tallyman.example.toml` explains every key.
public struct Settings: Hashable, Sendable {
  /// Name of the site; the second level of our topics.
  public var site: String
  /// The broker that the devices publish to.
  public var broker: Broker
  /// The Odoo to keep in agreement; without one the agent judges with the mirror that it has and
  /// keeps what is confirmed.
  public var odoo: Odoo?
  /// Where the API for programs on this box is served; nil for nowhere.
  public var console: Console?
  /// Where the journal and the mirror lie.
  public var storage: Storage
  /// Limits of what is taken in.
  public var limits: Limits
  /// How often the mirror is refreshed.
  public var mirror: Mirror
  /// Policies of the floor.
  public var floor: Floor
  /// The workplaces and their devices.
  public var stations: [Station]
  /// Who may let unusual things pass.
  public var supervisors: [Supervisor]
  /// Where the numbers of new packages come from.
  public var packageNumbers: SSCCRange?
  /// How confirmations are brought to Odoo.
  public var dispatch: Dispatch
  /// What becomes of counts of stock.
  public var counts: Counts
  /// When what was confirmed is compared with Odoo.
  public var reconcile: Reconcile
  /// Which devices are understood.
  public var profiles: ProfileSelection
  /// What is logged, and how.
  public var log: Log

  /// Connection to the broker.
  public struct Broker: Hashable, Sendable {
    /// Name or address.
    public var host: String
    /// TCP port.
    public var port: Int
    /// MQTT client id; the broker keeps the session under it.
    public var clientID: String
    /// User name.
    public var user: String?
    /// Password of `user`.
    public var passwordFile: SecretFile?
    /// Certificates to trust instead of the system's.
    public var caFile: String?
    /// Client certificate; always together with `keyFile`.
    public var certificateFile: String?
    /// Private key of the client certificate.
    public var keyFile: SecretFile?
    /// True for TLS.
    public var tls: Bool
    /// Longest silence on the connection.
    public var keepAlive: Duration
    /// Most messages in flight to us.
    public var receiveMaximum: Int

    /// Seconds that the broker keeps the session: for ever (MQTT 5, 3.1.2.11.2).
    ///
    /// No setting: a broker's wall clock may jump, and would drop a session that can expire.
    public static let sessionExpiry: UInt32 = 0xFFFF_FFFF
  }

  /// Connection to Odoo.
  public struct Odoo: Hashable, Sendable {
    /// `https://host[:port][/path]`, without a slash at its end.
    public var url: String
    /// Name of the database.
    public var database: String
    /// The user whose API key is used.
    public var login: String
    /// The API key.
    public var keyFile: SecretFile
    /// Certificates to trust instead of the system's.
    public var caFile: String?
    /// Client certificate; always together with `privateKeyFile`.
    public var certificateFile: String?
    /// Private key of the client certificate.
    public var privateKeyFile: SecretFile?
    /// Id of the server action that applies a confirmation in one transaction.
    public var action: Int?
    /// Which API is spoken.
    public var protocolChoice: ProtocolChoice
    /// Longest wait for an answer.
    public var timeout: Duration
    /// Longest wait for a validation.
    public var validateTimeout: Duration
    /// Most requests in any second, of dispatcher and mirror together; nil for no limit.
    public var requestsPerSecond: Int?
    /// How long Odoo may go on with a call after its client has given it up.
    public var longestCall: Duration

    /// Which API is spoken.
    public enum ProtocolChoice: String, CaseIterable, Sendable {
      /// JSON-2 where the server has it, else JSON-RPC.
      case auto
      /// Odoo 17 and 18.
      case jsonrpc
      /// Odoo 19 and newer.
      case json2
    }
  }

  /// The API for programs on this box.
  public struct Console: Hashable, Sendable {
    /// A loopback address of this machine.
    public var address: String
    /// TCP port.
    public var port: Int
    /// What programs show to be let in.
    public var tokenFile: SecretFile
  }

  /// Where the journal and the mirror lie.
  public struct Storage: Hashable, Sendable {
    /// The directory.
    public var directory: String
    /// Free bytes below which nothing more is taken in.
    public var minimumFree: Int
  }

  /// Limits of what is taken in.
  public struct Limits: Hashable, Sendable {
    /// Longest payload in bytes.
    public var payload: Int
    /// Most messages of one transaction.
    public var batch: Int
    /// Most transfers that are open at the stations at once.
    public var openTransfers: Int
    /// Most devices.
    public var devices: Int
  }

  /// How often the mirror is refreshed.
  public struct Mirror: Hashable, Sendable {
    /// Time between two looks at the open transfers.
    public var refresh: Duration
    /// Time between two readings of products, lots, locations and the like.
    public var masterData: Duration
    /// Time between two comparisons of all open transfers, which find what a look missed.
    public var compare: Duration
    /// Time between two looks at whether Odoo still has all that is needed.
    public var contract: Duration
  }

  /// Policies of the floor.
  public struct Floor: Hashable, Sendable {
    /// What the site decided about work on the floor, where no rule says otherwise.
    public var policy: FloorPolicy
    /// Exceptions from it, in the order of the file.
    public var rules: [PolicyRule]
    /// Beginnings of carriers' tracking codes.
    public var trackingPrefixes: [String]
    /// Whose layout in-store barcodes have; one of `FloorSite.regions`.
    public var barcodeRegion: String?
    /// True if the box has a clock that runs on without power.
    public var trustClock: Bool
    /// What becomes of devices that no station names.
    public var unassignedDevices: UnassignedDevices
    /// Age at which feedback is no longer sent.
    public var feedbackExpires: Duration
    /// Code of the language that workers are answered in where their station sets none.
    public var language: String
    /// Where the language files lie.
    public var languageDirectory: String

    /// What becomes of devices that no station names.
    public enum UnassignedDevices: String, CaseIterable, Sendable {
      /// Each is a station of its own.
      case ownStation = "own-station"
      /// Their events are refused.
      case refuse
    }
  }

  /// A workplace and its devices.
  public struct Station: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Names of its devices.
    public var devices: [String]
    /// What it is for.
    public var role = StationRole()
    /// Code of the language of its workers; the floor's without one.
    public var language: String?
    /// Its lamp, buzzer or display.
    public var lamp: FeedbackPlan.Lamp?
    /// Who is told what became of an event; see `FeedbackPlan.Place`.
    public var feedback: FeedbackPlan.Route?
  }

  /// Somebody who may let unusual things pass.
  public struct Supervisor: Hashable, Sendable {
    /// The name that is kept with what was let pass.
    public var name: String
    /// The code on the badge; whoever knows it can make one.
    public var badge: Secret
  }

  /// How confirmations are brought to Odoo.
  public struct Dispatch: Hashable, Sendable {
    /// Warehouses that are served at once; within one warehouse it is one at a time.
    public var parallelWarehouses: Int
    /// Tries after which a confirmation goes to the exception desk.
    public var attempts: Int
    /// When goods leave, by operation type; the first that names one counts.
    public var cutOffs: [CutOff]
    /// What happens to goods beyond what Odoo has reserved.
    public var unreserved: Unreserved

    /// What happens to goods beyond what Odoo has reserved.
    public enum Unreserved: String, CaseIterable, Sendable {
      case apply
      case inStock = "in_stock"
      case park
    }
  }

  /// The time of the day by which confirmations of some operation types must be in Odoo.
  public struct CutOff: Hashable, Sendable {
    /// Barcodes of the operation types, in capital letters.
    public var operations: [String]
    /// Minutes since midnight, in the box's time zone.
    public var minute: Int

    /// A cut-off of some operation types.
    public init(operations: [String], minute: Int) {
      self.operations = operations
      self.minute = minute
    }
  }

  /// When what was confirmed is compared with Odoo.
  public struct Reconcile: Hashable, Sendable {
    /// The local time in minutes since midnight; nil for never.
    public var at: Int?
    /// Longest time that a box adds to it.
    public var jitter: Duration
    /// Days back that are compared.
    public var days: Int
  }

  /// What becomes of counts of stock.
  public struct Counts: Hashable, Sendable {
    /// Whether they are applied to Odoo.
    public var apply: Apply
    /// Units by which goods may always differ, where `apply` is `withinLimit`.
    public var limitUnits: Int
    /// Percent of the expected stock by which goods may differ there; the larger of both holds.
    public var limitPercent: Int

    /// Whether counts are applied to Odoo.
    public enum Apply: String, CaseIterable, Sendable {
      /// They are only kept and listed.
      case never
      /// Each waits for a person, but for those that find what Odoo has.
      case ask
      /// Those that differ little are applied; the others wait for a person.
      case withinLimit = "within-limit"
      /// All are applied.
      case always
    }

    /// How much may differ without a person; nil for anything.
    public var limit: CountPlan.Limit? {
      switch apply {
      case .never, .ask: CountPlan.Limit(units: .zero, percent: 0)
      case .withinLimit:
        CountPlan.Limit(units: Quantity(limitUnits), percent: limitPercent)
      case .always: nil
      }
    }
  }

  /// Which devices are understood.
  public struct ProfileSelection: Hashable, Sendable {
    /// Where the profile files lie.
    public var directory: String
    /// Names of the profiles in use, in the order in which they are tried.
    public var enabled: [String]
    /// Variables of profiles, by the profile's name.
    public var variables: [String: [String: String]]
  }

  /// What is logged, and how.
  public struct Log: Hashable, Sendable {
    /// The least severe level that is logged.
    public var level: Level
    /// How a line is written.
    public var format: Format

    /// Severities, as in swift-log.
    public enum Level: String, CaseIterable, Sendable {
      case trace, debug, info, notice, warning, error, critical
    }

    /// How a line is written.
    public enum Format: String, CaseIterable, Sendable {
      case text, json
    }
  }
}
