/// What the demo is told on its command line.
public struct DemoOptions: Sendable {
  /// The series that the simulator plays: 17, 18 or 19.
  public var version = 18
  /// Where all chances start.
  public var seed: UInt64 = 1
  /// Path of the agent.
  public var tallyman = ""
  /// Path of the simulator.
  public var simulator = ""
  /// Directory of the device profiles.
  public var profiles = ""
  /// A real Odoo instead of the simulator.
  public var odoo: RealOdoo?

  /// A real Odoo whose open transfers are done.
  public struct RealOdoo: Sendable {
    /// Its address.
    public var url: String
    /// Name of the database.
    public var database: String
    /// The user.
    public var login: String
    /// File with the user's API key, readable by its owner only.
    public var keyFile: String
    /// Certificates to trust instead of the system's.
    public var authorityFile: String?
    /// Most transfers that are done.
    public var transfers: Int
    /// True where nobody needs to be asked.
    public var isConfirmed: Bool

    /// A real Odoo.
    public init(
      url: String,
      database: String,
      login: String,
      keyFile: String,
      authorityFile: String?,
      transfers: Int,
      isConfirmed: Bool
    ) {
      self.url = url
      self.database = database
      self.login = login
      self.keyFile = keyFile
      self.authorityFile = authorityFile
      self.transfers = transfers
      self.isConfirmed = isConfirmed
    }
  }

  /// The defaults, without paths.
  public init() {}
}
