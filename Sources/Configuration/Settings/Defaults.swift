/// What holds where the configuration says nothing, and the limits of what it may say.
public enum Defaults {
  /// Name of the only site.
  public static let site = "main"
  /// The broker runs on the same box.
  public static let brokerHost = "127.0.0.1"
  /// MQTT without TLS; with TLS `brokerTLSPort`.
  public static let brokerPort = 1883
  /// MQTT over TLS.
  public static let brokerTLSPort = 8883
  /// A dead connection is noticed within 45 s: one and a half times this.
  public static let keepAlive: Duration = .seconds(30)
  /// Messages in flight: twice a batch, so that the next one fills while one is committed.
  public static let receiveMaximum = 1000

  /// Name of the systemd credential that holds Odoo's API key.
  public static let odooCredential = "odoo-key"
  /// Odoo answers a read in well under a second; a busy one may take several.
  public static let odooTimeout: Duration = .seconds(20)
  /// The slowest validation that was measured took 18 s.
  public static let validateTimeout: Duration = .seconds(60)
  /// Odoo's own default of `limit_time_real`.
  public static let longestCall: Duration = .seconds(120)

  /// Where the API is served, if it is.
  public static let consoleListen = "127.0.0.1:8780"
  /// Name of the systemd credential that holds the API's token.
  public static let consoleCredential = "console-token"
  /// Bytes of the shortest token: nobody guesses 16 random ones.
  public static let shortestToken = 16

  /// Where packages keep state.
  public static let directory = "/var/lib/tallyman"
  /// 64 MiB: hours of events, and room for the write-ahead log.
  public static let minimumFree = 64 << 20

  /// 64 KiB: a payload of 500 lines has about 40.
  public static let payload = 64 << 10
  /// Messages of one transaction.
  public static let batch = 512
  /// Transfers that are open at once.
  public static let openTransfers = 1000
  /// Devices of one box.
  public static let devices = 500

  /// Seconds by which a verdict may lag behind Odoo.
  public static let refresh: Duration = .seconds(3)
  /// Products and locations change rarely.
  public static let masterData: Duration = .seconds(600)
  /// A changed Odoo is noticed within a working day; each log-in looks as well.
  public static let contract: Duration = .seconds(86_400)
  /// Longest life of a missed change.
  public static let compare: Duration = .seconds(60)

  /// Time to find the code again and scan it.
  public static let confirmWithin: Duration = .seconds(15)
  /// A later beep would be taken for the next scan's.
  public static let feedbackExpires: Duration = .seconds(10)

  /// Warehouses that are served at once.
  public static let parallelWarehouses = 4
  /// With back-off about a working day.
  public static let attempts = 20

  /// When few warehouses work.
  public static let reconcileAt = "02:30"
  /// So that the boxes of a company do not all ask at once.
  public static let reconcileJitter: Duration = .seconds(1800)
  /// A week: what somebody changes in Odoo afterwards is mostly changed within days.
  public static let reconcileDays = 7

  /// A miscount by one is everyday; more is looked at.
  public static let countLimitUnits = 1
  /// Of large stocks a twentieth.
  public static let countLimitPercent = 5

  /// Built in.
  public static let language = "en"
  /// Where packages install the languages.
  public static let languageDirectory = "/usr/share/tallyman/languages"

  /// Where packages install the profiles.
  public static let profileDirectory = "/usr/share/tallyman/profiles"
  /// Our own JSON.
  public static let profiles = ["tallyman"]
}
