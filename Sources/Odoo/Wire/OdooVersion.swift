public import JSON

/// The version of an Odoo server.
public struct OdooVersion: Hashable, Sendable {
  /// Its major number, such as 18.
  public var major: Int
  /// Its minor number; 0 for the yearly releases.
  public var minor: Int
  /// True for the versions between the yearly releases that odoo.com runs (`saas~18.2`).
  public var isOnline: Bool

  /// A version by its numbers.
  public init(major: Int, minor: Int = 0, isOnline: Bool = false) {
    self.major = major
    self.minor = minor
    self.isOnline = isOnline
  }

  /// Reads `server_version_info` (or `version_info` of `/web/version`).
  ///
  /// Its first element is a number, or a text such as `saas~18`.
  public init?(versionInfo: JSON) {
    guard let first = versionInfo[0] else { return nil }
    let minor = versionInfo[1]?.int ?? 0
    if let major = first.int {
      self.init(major: major, minor: minor)
      return
    }
    guard let text = first.string else { return nil }
    let online = text.hasPrefix("saas~") || text.hasPrefix("saas-")
    let numbers = (online ? text.dropFirst(5) : text[...]).split(separator: ".")
    guard let major = numbers.first.flatMap({ Int($0) }) else { return nil }
    let ownMinor = numbers.count > 1 ? Int(numbers[1]) : nil
    self.init(major: major, minor: ownMinor ?? minor, isOnline: online)
  }

  /// The oldest major version whose stock model is understood: `quantity` and `picked` on lines.
  public static let oldest = 17

  /// True for versions that Tallyman works with.
  public var isSupported: Bool { major >= Self.oldest }

  /// Why this version is refused; nil if it is supported.
  public var refusal: String? {
    guard !isSupported else { return nil }
    return """
      This is Odoo \(description); Tallyman needs Odoo \(Self.oldest) or newer, because older \
      versions keep done quantities apart from reservations. Upgrade Odoo, or point the \
      configuration at another server.
      """
  }
}

extension OdooVersion: CustomStringConvertible {
  /// Such as `18.0` or `saas~18.2`.
  public var description: String { (isOnline ? "saas~" : "") + "\(major).\(minor)" }
}
