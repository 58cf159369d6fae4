internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Glibc
internal import JSON
internal import Odoo

extension Tallyman.Odoo {
  /// `tallyman odoo action`.
  struct Action: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print or install the server action that applies a transfer in one call.",
      discussion:
        "Optional. With it a transfer takes two calls instead of four or more, in one transaction. "
        + "An administrator of Odoo makes it once; the agent goes on without it if it is gone."
    )
    @OptionGroup var options: CommonOptions
    @Flag(help: "Make it, or bring it up to date, with an administrator's login.")
    var install = false
    @Option(help: "The administrator's login; asked for if it is left out.") var login: String?
    @Option(help: "For printing: the version of Odoo, 17, 18 or 19.") var odoo = 18

    func validate() throws {
      guard (17...99).contains(odoo) else {
        throw ValidationError("--odoo is the version of Odoo, 17 or newer, not \(odoo).")
      }
      if login != nil, !install { throw ValidationError("--login is for --install.") }
    }

    func run() throws {
      guard install else { return printCode() }
      guard let odoo = try options.settings().odoo else {
        throw Problem(
          "The configuration has no section [odoo], so it is not known where to install.",
          exit: .configuration
        )
      }
      let login = try login ?? Terminal.ask("Login of an Odoo administrator: ")
      let password = try Terminal.askHidden("Password or API key of \(login) (kept nowhere): ")
      let id: Int
      do throws(ActionInstaller.Problem) {
        id = try ActionInstaller(odoo).install(login: login, password: Secret(password))
      } catch {
        throw Problem(error.description)
      }
      if options.json { return Output.json(["action": .int(id)]) }
      Output.line("Server action \(id) is in Odoo. Put this under [odoo] in \(options.config):")
      Output.line("action = \(id)")
      Output.line("Then restart the agent; `tallyman check` says whether the action works.")
    }

    private func printCode() {
      let code = ServerActionCode.code(
        packageModel: odoo >= 19 ? "stock.package" : "stock.quant.package"
      )
      if options.json {
        return Output.json([
          "name": .string(ServerActionCode.name), "model": "stock.picking",
          "group": "Inventory / User", "code": .string(code),
        ])
      }
      Output.error(
        """
        In Odoo, as an administrator: activate the developer mode, then Settings > Technical >
        Server Actions > New.
          Name:           \(ServerActionCode.name)
          Model:          Transfer (stock.picking)
          Type:           Execute Code
          Allowed Groups: Inventory / User
          Code:           what follows here (for Odoo \(odoo)\
        \(odoo == 18 ? "; --odoo names another version" : ""))
        The id is in the page's address: put it under [odoo] as action = <id>, restart the agent,
        and run: tallyman check
        """
      )
      Output.line(code)
    }
  }
}

/// Questions on the terminal.
enum Terminal {
  /// Asks for a line.
  static func ask(_ question: String) throws -> String {
    Output.prompt(question)
    guard let line = readLine(), !line.isEmpty else { throw Problem("No answer was given.") }
    return line
  }

  /// Asks for a line that is not shown; from a pipe it is just read.
  static func askHidden(_ question: String) throws -> String {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return try ask(question) }
    var hidden = before
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      Output.prompt("\n")
    }
    return try ask(question)
  }
}
