internal import Glibc
internal import TestKit

/// The demo: a small shift with everything that goes wrong in one, and the account of it.
public enum Demo {
  /// Plays the shift; answers the code to exit with.
  ///
  /// Call it before any thread is started: it blocks the signals that end it, for all threads.
  public static func run(_ options: DemoOptions) -> Int32 {
    // A broker that is gone must not end us.
    signal(SIGPIPE, SIG_IGN)
    let terminal = Terminal()
    do {
      let site = try Site(
        Site.Programs(
          tallyman: options.tallyman,
          simulator: options.simulator,
          profiles: options.profiles
        )
      )
      endOnSignal(site)
      return play(options, site, terminal)
    } catch {
      terminal.show("error: \(error)")
      return 1
    }
  }

  private static func play(_ options: DemoOptions, _ site: Site, _ terminal: Terminal) -> Int32 {
    do {
      defer { site.stop() }
      let isGood: Bool
      if let odoo = options.odoo {
        isGood = try RealShift(options: options, odoo: odoo, site: site, terminal: terminal).play()
      } else {
        isGood = try SimulatedShift(options: options, site: site, terminal: terminal).play()
      }
      if isGood {
        leave(site)
        return 0
      }
    } catch let refusal as Refusal {
      terminal.show(refusal.sentence)
      leave(site)
      return 2
    } catch {
      terminal.show("error: \(error)")
    }
    site.directory.keep()
    terminal.show("Logs and journal are kept in \(site.directory.path)")
    return 1
  }

  /// Leaves nothing behind; by hand, since the thread that waits for signals holds the site.
  private static func leave(_ site: Site) {
    site.stop()
    if Environment["TALLYMAN_KEEP"] == "1" {
      site.directory.keep()
    } else {
      site.directory.remove()
    }
  }

  /// Ends all that was started when this process is told to end.
  private static func endOnSignal(_ site: Site) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let waiting = signals
    _ = Background {
      var signals = waiting
      var received: Int32 = 0
      sigwait(&signals, &received)
      site.killAll()
      site.directory.remove()
      _exit(128 + received)
    }
  }
}

/// The operator does not want it; nothing has happened.
struct Refusal: Error {
  let sentence: String
}
