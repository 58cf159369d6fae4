internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// The server action from its installation to the day on which somebody removes it.
@Suite struct ServerActionTests {
  /// Runs `tallyman odoo action --install` with a password on a pipe.
  private func install(_ box: Box, login: String, password: String) throws -> Box.Answer {
    let file = box.directory.path("password")
    try File.write(password + "\n", to: file)
    let child = try ChildProcess(
      Executable.system("sh"),
      [
        "-c", "exec \"$0\" \"$@\" < \(file)", try Executable.find("tallyman"), "odoo", "action",
        "--install", "--login", login, "--json", "--config", box.configuration,
      ]
    )
    guard case .exited(let code) = try child.wait() else {
      throw TestKitError.unexpected("ended by a signal")
    }
    return Box.Answer(code: code, output: child.output, error: child.errorOutput)
  }

  @Test(arguments: OdooVersion.allCases)
  func isInstalledUsedAndMadeUpFor(_ version: OdooVersion) throws {
    let box = try Box(version)
    try box.configure()
    let refused = try install(box, login: "tallyman", password: "tallyman-password")
    #expect(refused.code == 1 && refused.error.contains("administrator"), "\(refused)")
    let wrong = try install(box, login: "admin", password: "not-it")
    #expect(wrong.code == 1 && !wrong.error.contains("not-it"), "\(wrong)")
    let installed = try install(box, login: "admin", password: "admin")
    let action = try #require(try installed.json()["action"]?.int, "\(installed)")
    // A second time it is brought up to date, not made again.
    let again = try install(box, login: "admin", password: "admin")
    #expect(try again.json()["action"]?.int == action)
    #expect(!installed.output.contains("admin\"") && !installed.error.contains("admin password"))

    box.settings.odoo = Box.odooLines(box.odoo) + ["action = \(action)"]
    let agent = try box.start()
    let scanner = Scanner("s1", box)
    let first = try box.order([("TM-1001", 2), ("TM-1002", 1)])
    try scanner.work(first, [Code.product(1), Code.product(1), Code.product(2)])
    try box.waitFor("applied", of: first)
    try box.expectValidatedOnce(first, ["TM-1001": 2, "TM-1002": 1])
    let calls = try box.journal().rows(
      "SELECT method FROM call JOIN confirmation ON confirmation.uuid = call.confirmation "
        + "WHERE transfer = ?",
      first
    )
    #expect(calls.map { $0["method"] } == ["run", "run"])
    #expect(try box.tallyman("check").output.contains("[ok] odoo action"))

    // Somebody removes it: the floor and the outbox go on, the operator is told once.
    try box.odoo.admin.removeAction(action)
    for number in 1...2 {
      let transfer = try box.order([("TM-100\(number)", 1)])
      try scanner.work(transfer, [Code.product(number)])
      try box.waitFor("applied", of: transfer)
      try box.expectValidatedOnce(transfer, ["TM-100\(number)": 1])
    }
    #expect(
      agent.errorOutput.split(separator: "\n").count { $0.contains("cannot be used any more") }
        == 1,
      "\(agent.errorOutput)"
    )
    let check = try box.tallyman("check")
    #expect(
      check.output.contains("Odoo has no server action \(action) any more"),
      "\(check.output)"
    )
  }

  @Test func isPrintedWithHowToMakeIt() throws {
    let box = try Box()
    try box.configure()
    let printed = try box.tallyman("odoo", "action", "--odoo", "19")
    #expect(printed.code == 0 && printed.output.hasPrefix("# Tallyman apply v1\n"))
    #expect(printed.output.contains("env['stock.package']"))
    #expect(printed.error.contains("Inventory / User"))
    let json = try box.tallyman("odoo", "action", "--odoo", "17", "--json").json()
    #expect(json["code"]?.string?.contains("env['stock.quant.package']") == true)
    #expect(try box.tallyman("odoo", "action", "--odoo", "16").code == 64)
  }
}
