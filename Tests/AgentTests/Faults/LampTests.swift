internal import JSON
internal import TestKit
internal import Testing

/// A station whose scanner cannot be answered, with a lamp, in German.
@Suite struct LampTests {
  @Test func theLampAnswersForAScannerThatCannotInTheStationsLanguage() throws {
    var settings = BoxSettings()
    settings.floor = ["language_directory = \"\(BoxSettings.root)/languages\""]
    settings.profiles = ["enabled = [\"tallyman\", \"raw-text\", \"tasmota-lamp\"]"]
    settings.more = [
      "[profiles.raw-text]", "topic = \"dock/{device}/scan\"",
      "[[station]]", "name = \"pack1\"", "devices = [\"wedge\", \"smart\"]", "language = \"de\"",
      "lamp = { profile = \"tasmota-lamp\", device = \"lamp-1\" }",
    ]
    let box = try Box(settings: settings)
    try box.start()
    let name = try box.order([("TM-1001", 2)])
    let lamp = Device(
      port: box.broker.port,
      clientID: "lamp",
      subscriptions: ["cmnd/lamp-1/#"]
    )
    try lamp.connect()
    let wedge = Device(port: box.broker.port, clientID: "wedge")

    try wedge.publish("dock/wedge/scan", Array(name.utf8))
    let green = try lamp.waitForMessage { $0.topic == "cmnd/lamp-1/POWER1" }
    #expect(green.text == "ON")
    let opened = try lamp.waitForMessage { $0.topic == "cmnd/lamp-1/DisplayText" }
    #expect(opened.text == "[zl1c1]\(name) offen: 2 zu erfassen.")
    #expect(try box.count("SELECT count(*) FROM event WHERE device = 'wedge'") == 1)

    // A device that can be answered is answered itself, and the lamp stays as it is.
    let heard = lamp.received.count
    let counted = try Scanner("smart", box).scan(Code.product(1))
    #expect(counted.json["language"] == "de" && counted.json["sentence"] == "counted")
    #expect(counted.json["message"]?.string?.hasSuffix(": 1 von 2.") == true)
    try wedge.publish("dock/wedge/scan", Array("NONSENSE".utf8))
    let red = try lamp.waitForMessage(from: heard) { $0.topic == "cmnd/lamp-1/DisplayText" }
    #expect(red.text == "[zl1c1]Barcode NONSENSE ist hier nicht bekannt.")

    // The journal and the command line stay English.
    let events = try box.tallyman("events", "--json").json().array ?? []
    let messages = events.compactMap { $0["verdict"]?["message"]?.string }
    #expect(messages.contains("Barcode NONSENSE is not known here."))
    #expect(messages.contains("\(name) open: 2 to count."))
  }
}
