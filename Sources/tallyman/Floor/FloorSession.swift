internal import Agent
internal import Floor
internal import Glibc
internal import Rehearsal

/// Reads lines until there are no more, and shows what the floor makes of them.
struct FloorSession<Mirror: MirrorLookup> {
  private var rehearsal: Rehearsal<Mirror>
  private var languages: FloorLanguages
  private let list: [CodeList]
  private let mirrorAge: (Mirror, Now) -> Int64?
  private let screen: any FloorScreen
  private let isTyped: Bool
  /// Milliseconds that `:wait` has let pass.
  private var waited: Int64 = 0

  /// The clocks of a rehearsal.
  struct Now {
    /// Milliseconds since the start of the machine.
    var monotonic: Int64
    /// Milliseconds since 1970.
    var wall: Int64
  }

  init(
    rehearsal: Rehearsal<Mirror>,
    languages: FloorLanguages,
    list: [CodeList],
    asJSON: Bool,
    mirrorAge: @escaping (Mirror, Now) -> Int64?
  ) {
    self.rehearsal = rehearsal
    self.languages = languages
    self.list = list
    self.mirrorAge = mirrorAge
    isTyped = isatty(STDIN_FILENO) == 1
    screen = asJSON ? JSONScreen() : TextScreen(isTyped: isTyped)
  }

  /// Runs until the input ends or somebody quits.
  mutating func run(about warehouse: String) throws {
    // A language that is missing is said before anything is typed.
    _ = try languages.language(of: rehearsal.station)
    screen.begin(warehouse)
    while let line = next() {
      do throws(Instruction.Fault) {
        let instruction = try Instruction(line)
        if instruction == .quit { return }
        if instruction != .nothing { screen.echo(line, at: rehearsal.station) }
        try follow(instruction, line)
      } catch {
        screen.echo(line, at: rehearsal.station)
        screen.fault(error.description, line)
      }
      fflush(nil)
    }
  }

  private func next() -> String? {
    screen.prompt(rehearsal.station)
    fflush(nil)
    return readLine()
  }

  private mutating func follow(
    _ instruction: Instruction,
    _ line: String
  ) throws(Instruction.Fault) {
    switch instruction {
    case .nothing, .quit: break
    case .scan(let code): try judge(.scan(EventBody.Scan(code: code)), line)
    case .event(let event): try judge(event, line)
    case .handheld(let kind, let payload):
      try judge(try HandheldEvent.body(kind, payload), line)
    case .key(let quantity):
      rehearsal.key(quantity)
      screen.note("The next scan stands for \(quantity).")
    case .wait(let time):
      waited += time
      screen.note("\(Output.span(time)) later.")
    case .station(let name):
      rehearsal.station = name
      screen.show(rehearsal.board, at: name)
    case .show: screen.show(rehearsal.board, at: rehearsal.station)
    case .list: screen.list(list)
    case .help: screen.help()
    }
  }

  private mutating func judge(_ event: EventBody, _ line: String) throws(Instruction.Fault) {
    let now = Now(
      monotonic: SystemClock.monotonic() + waited,
      wall: SystemClock.wall() + waited
    )
    let judgement = rehearsal.judge(
      event,
      mirrorAge: mirrorAge(rehearsal.mirror, now),
      moment: Moment(monotonic: now.monotonic, wall: now.wall, makeUUID: Randomness.uuid)
    )
    let language: Language
    do { language = try languages.language(of: rehearsal.station) } catch {
      throw Instruction.Fault("\(error)")
    }
    screen.show(
      FloorAnswer(
        line: line,
        station: rehearsal.station,
        judgement: judgement,
        message: language.message(of: judgement.verdict),
        board: rehearsal.board,
        productName: { [mirror = rehearsal.mirror] in
          mirror.product(id: $0)?.name ?? "product \($0)"
        }
      )
    )
  }
}

/// What came of one line.
struct FloorAnswer {
  let line: String
  let station: String
  let judgement: Floor.Judgement
  /// What the worker reads.
  let message: String
  let board: Board
  let productName: (Int) -> String
}

/// Events of handhelds, as they would come over MQTT.
private enum HandheldEvent {
  static func body(
    _ kind: EventKind,
    _ payload: String
  ) throws(Instruction.Fault) -> EventBody {
    guard let profile = try? Profile.tallyman(site: "trial"),
      let profiles = try? Profiles([profile])
    else { throw Instruction.Fault("Events of handhelds cannot be read.") }
    let topic = "tallyman/trial/handheld/\(kind.rawValue)"
    switch profiles.decode(topic: topic, payload: Array(payload.utf8)) {
    case .events(let events):
      guard let event = events.first else { throw Instruction.Fault("The event is empty.") }
      return event.body
    case .rejected(let rejection): throw Instruction.Fault(rejection.reason)
    case .ignored(let reason): throw Instruction.Fault(reason)
    }
  }
}
