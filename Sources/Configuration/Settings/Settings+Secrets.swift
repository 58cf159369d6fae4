public import Odoo

/// The secrets of a configuration, read from their files.
public struct Secrets: Sendable {
  /// Odoo's API key.
  public var odooKey: Secret?
  /// Password of the broker's user.
  public var brokerPassword: Secret?
  /// The token of the API.
  public var consoleToken: Secret?
}

extension Settings {
  /// Reads the secrets; private keys of certificates are only checked, since the libraries that
  /// use them read their files themselves.
  public func secrets(using surroundings: Surroundings) throws(ConfigurationError) -> Secrets {
    var problems: [ConfigurationError.Problem] = []
    func read(_ file: SecretFile?) -> Secret? {
      guard let file else { return nil }
      do throws(ConfigurationError) {
        return try file.read(using: surroundings)
      } catch {
        problems += error.problems
        return nil
      }
    }
    func check(_ file: SecretFile?) {
      guard let file else { return }
      do throws(ConfigurationError) {
        try file.check(using: surroundings)
      } catch {
        problems += error.problems
      }
    }
    let secrets = Secrets(
      odooKey: read(odoo?.keyFile),
      brokerPassword: read(broker.passwordFile),
      consoleToken: read(console?.tokenFile)
    )
    if let file = console?.tokenFile, let token = secrets.consoleToken,
      token.reveal({ $0.utf8.count }) < Defaults.shortestToken
    {
      problems.append(
        ConfigurationError.Problem(
          file: file.path,
          message:
            "expected a random token of at least \(Defaults.shortestToken) bytes, such as of "
            + "openssl rand -hex 32"
        )
      )
    }
    check(odoo?.privateKeyFile)
    check(broker.keyFile)
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return secrets
  }
}
