public import Odoo

/// The secrets of a configuration, read from their files.
public struct Secrets: Sendable {
  /// Odoo's API key.
  public var odooKey: Secret?
  /// Password of the broker's user.
  public var brokerPassword: Secret?
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
      brokerPassword: read(broker.passwordFile)
    )
    check(odoo?.privateKeyFile)
    check(broker.keyFile)
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return secrets
  }
}
