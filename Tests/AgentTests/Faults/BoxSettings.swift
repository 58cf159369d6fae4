/// What a test writes into the configuration of its box.
struct BoxSettings {
  /// The site.
  var site = "main"
  /// Directory of the journal, beside the configuration.
  var directory = "state"
  /// More lines of `[broker]`.
  var broker: [String] = []
  /// Lines of `[odoo]` in place of those that lead to the box's own simulator.
  var odoo: [String]?
  /// Lines of `[floor]`.
  var floor: [String] = []
  /// Lines of `[limits]`.
  var limits: [String] = []
  /// More lines of `[mirror]`.
  var mirror: [String] = []
  /// Lines of `[storage]` behind the directory.
  var storage = ["minimum_free = \"1MB\""]
  /// Lines of `[profiles]` behind the directory.
  var profiles: [String] = []
  /// Sections at the end, such as stations.
  var more: [String] = []

  func text(brokerPort: Int, odoo standard: [String]) -> String {
    let sections: [(name: String, lines: [String])] = [
      ("broker", ["port = \(brokerPort)"] + broker),
      ("odoo", odoo ?? standard),
      ("storage", ["directory = \"\(directory)\""] + storage),
      ("limits", limits),
      (
        "mirror",
        ["refresh = \"500ms\"", "master_data = \"1m\"", "compare = \"10s\""] + mirror
      ),
      ("floor", floor),
      ("profiles", ["directory = \"\(Self.profileDirectory)\""] + profiles),
    ]
    // A box without Odoo has no such section at all.
    let parts = sections.filter { $0.name != "odoo" || !$0.lines.isEmpty }.map {
      "[\($0.name)]\n" + $0.lines.map { "\($0)\n" }.joined()
    }
    return "site = \"\(site)\"\n\n" + parts.joined(separator: "\n") + "\n"
      + more.map { "\($0)\n" }.joined()
  }

  /// The profiles as they are shipped.
  private static let profileDirectory = root + "/hardware/profiles"

  /// The package's directory.
  static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(4)
    return "/" + parts.joined(separator: "/")
  }()
}
