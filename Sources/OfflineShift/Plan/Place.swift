/// A workplace of the site, with its devices.
public struct Place: Sendable, Hashable {
  /// A device and the way it speaks.
  public struct Device: Sendable, Hashable {
    /// The formats of devices, each with a profile of its own.
    public enum Format: String, Sendable, Hashable { case json, text, proglove }

    /// Its name or serial number.
    public var name: String
    /// What it sends.
    public var format: Format
  }

  /// The station's name.
  public var name: String
  /// Steps that are worked there; none: all of them.
  public var steps: [Step]
  /// Scanners; the first sends JSON, which everything can be sent with.
  public var scanners: [Device]
  /// The scale.
  public var scale: String?
  /// The lamp that answers in place of devices that cannot be answered.
  public var lamp: String?

  /// The five workplaces of the site.
  public static let all: [Place] = [
    Place(
      name: "receiving",
      steps: [.receive],
      scanners: [json("mde-1"), Device(name: "laser-1", format: .text)],
      lamp: "lamp-1"
    ),
    Place(
      name: "picking",
      steps: [.pick],
      scanners: [json("mde-2"), Device(name: "PGGM-0002", format: .proglove)]
    ),
    Place(name: "packing", steps: [.pack], scanners: [json("mde-3")], scale: "scale-3"),
    Place(
      name: "dock",
      steps: [.ship],
      scanners: [json("mde-4"), Device(name: "laser-4", format: .text)],
      lamp: "lamp-4"
    ),
    Place(
      name: "counter",
      steps: [],
      scanners: [
        json("mde-5"), Device(name: "PGGM-0005", format: .proglove),
        Device(name: "laser-5", format: .text),
      ],
      scale: "scale-5",
      lamp: "lamp-5"
    ),
  ]

  /// Devices that no station names.
  public static let strangers = ["stranger-1"]

  /// Devices that left a retained message.
  public static let leftovers = ["old-1", "old-2", "old-3"]

  private static func json(_ name: String) -> Device { Device(name: name, format: .json) }

  /// True if a step is worked there.
  func does(_ step: Step) -> Bool { steps.isEmpty || steps.contains(step) }
}
