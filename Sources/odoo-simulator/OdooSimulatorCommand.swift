internal import Glibc
internal import OdooSimulator

/// `odoo-simulator`: a stand-in for Odoo that runs until it gets SIGINT or SIGTERM.
@main
struct OdooSimulatorCommand {
  static func main() {
    do {
      let settings = try Settings(Array(CommandLine.arguments.dropFirst()))
      if settings.help {
        say(Settings.usage + "\n", to: 1)
        return
      }
      try run(settings)
    } catch let problem as Settings.Problem {
      fail(problem.text + "\n\n" + Settings.usage)
    } catch {
      fail("\(error)")
    }
  }

  private static func run(_ settings: Settings) throws {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)

    let server = try OdooSimulatorServer.start(
      version: settings.version,
      world: settings.world,
      options: settings.options
    )
    if let path = settings.portFile { try write("\(server.port)\n", to: path, mode: 0o644) }
    if let path = settings.keyFile { try write(server.key + "\n", to: path, mode: 0o600) }
    say("Odoo \(settings.version) simulator: \(server.url)\n", to: 1)
    say("database \(server.database), login \(server.login), key \(server.key)\n", to: 1)
    var received: Int32 = 0
    sigwait(&signals, &received)
    server.stop()
  }

  /// Writes a file so that a reader sees all of it or nothing.
  private static func write(_ text: String, to path: String, mode: mode_t) throws {
    let part = path + ".part"
    let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw Settings.Problem(text: "cannot write \(path)") }
    let bytes = Array(text.utf8)
    let written = Glibc.write(file, bytes, bytes.count)
    close(file)
    guard written == bytes.count, rename(part, path) == 0 else {
      throw Settings.Problem(text: "cannot write \(path)")
    }
  }

  /// Writes at once; the C streams are not importable, and print buffers when piped.
  private static func say(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }

  private static func fail(_ text: String) -> Never {
    say("odoo-simulator: \(text)\n", to: 2)
    exit(64)
  }
}
