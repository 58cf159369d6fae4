/// One station while one event is judged: the station's state, and what may be asked meanwhile.
struct Workplace<Source: Lookup> {
  var station: Station
  let name: String
  let site: FloorSite
  let lookup: Source
  let moment: Moment
  let others: Floor
  /// Next serial reference of a package number; nil where the site has no numbers.
  var nextPackage: Int64?
  /// Confirmations that the event made, in the order in which they are to be applied.
  var confirmations: [Confirmation] = []
  /// Counts of stock that the event finished.
  var counts: [StockCount] = []
  /// Tallies that were taken over from the stations that had put them aside.
  var taken: [(station: String, target: Confirmation.Target)] = []
  /// What is added to the answer.
  var remarks: [Sentence] = []
  /// Who lets what pass; set while an event is judged again on a supervisor's word.
  private(set) var pass: (code: VerdictCode, by: String)?
  /// What was let pass.
  var passed: [Confirmation.Override] = []
  /// What is judged now.
  private(set) var event = EventBody.command(.status)

  init(
    station: Station,
    name: String,
    site: FloorSite,
    lookup: Source,
    moment: Moment,
    others: Floor
  ) {
    self.station = station
    self.name = name
    self.site = site
    self.lookup = lookup
    self.moment = moment
    self.others = others
    nextPackage = others.nextPackage
  }

  /// What the station is for.
  var role: StationRole { site.stations[name] ?? StationRole() }

  /// The policy of what is in work.
  var policy: FloorPolicy { policy(of: station.tally?.transfer.operation) }

  func policy(of operation: Transfer.Operation?) -> FloorPolicy {
    site.policy(of: operation, at: name)
  }

  /// True if a rule is broken on purpose, to see that somebody notices.
  func breaks(_ rule: SeededBug) -> Bool { site.seededBugs.contains(rule) }

  /// Judges the event; the station and the results hold what it changed.
  mutating func judge(_ event: EventBody) -> Verdict {
    parkIfIdle()
    let question = station.pending.flatMap { $0.until >= moment.monotonic ? $0.question : nil }
    station.pending = nil
    let before = station
    var verdict = judge(event, question)
    if verdict.signal == .good {
      noteChanges(since: before)
    } else {
      let asked = station.pending
      station = before
      station.pending = asked
      taken = []
    }
    verdict.remarks += remarks
    return verdict
  }

  private mutating func judge(_ event: EventBody, _ question: Station.Question?) -> Verdict {
    self.event = event
    switch event {
    case .scan(let scan): return scanned(scan, question)
    case .weight(let weight): return weighed(weight)
    case .work(let work): return worked(work)
    case .command(let command): return commanded(command, question)
    case .count(let count): return counted(count)
    }
  }

  /// Judges again what a supervisor lets pass.
  mutating func judge(
    _ event: EventBody,
    letting code: VerdictCode,
    by supervisor: String
  )
    -> Verdict
  {
    pass = (code, supervisor)
    let verdict = judge(event, nil)
    pass = nil
    guard verdict.signal != .bad, !passed.isEmpty else { return verdict }
    if confirmations.isEmpty {
      for override in passed { station.tally?.letPass(override) }
    } else {
      confirmations[confirmations.count - 1].overrides += passed
    }
    return verdict
  }

  /// Lets something unusual pass, or refuses it, as the policy says.
  mutating func require(
    _ permission: FloorPolicy.Permission,
    about subject: String,
    else refusal: Refusal
  ) throws(Refusal) {
    switch permission {
    case .accept: return
    case .refuse: throw refusal
    case .override:
      if let pass, pass.code == refusal.code {
        passed.append(
          Confirmation.Override(code: refusal.code.rawValue, by: pass.by, subject: subject)
        )
        return
      }
      var refusal = refusal
      refusal.subject = subject
      throw refusal
    }
  }

  /// A good answer about the open transfer.
  func accept(_ code: VerdictCode, _ sentence: Sentence, product: Int? = nil) -> Verdict {
    Verdict(
      signal: .good,
      code: code,
      sentence: sentence,
      left: station.tally?.left(of: product)
    )
  }

  /// A bad answer; nothing was changed.
  func refuse(_ code: VerdictCode, _ sentence: Sentence) -> Verdict {
    Verdict(signal: .bad, code: code, sentence: sentence, left: station.tally?.left())
  }

  /// A bad answer; where a supervisor may let it pass, the badge is waited for.
  mutating func refuse(_ refusal: Refusal) -> Verdict {
    var verdict = refuse(refusal.code, refusal.sentence)
    if let subject = refusal.subject {
      ask(.letPass(event, refusal.code, subject))
      verdict.remarks.append(Sentence(.supervisorMay))
    }
    return verdict
  }

  /// Remembers a question; the same scan answers it for a while.
  mutating func ask(_ question: Station.Question) {
    station.pending = Station.Pending(
      question: question,
      until: moment.monotonic + policy.confirmWithin
    )
  }

  /// Asks whether something is to be done; the same scan does it.
  mutating func ask(
    _ question: Station.Question,
    _ code: VerdictCode,
    _ sentence: Sentence
  )
    -> Verdict
  {
    ask(question)
    return Verdict(
      signal: .confirm,
      code: code,
      sentence: sentence,
      left: station.tally?.left()
    )
  }
}

/// Why something was refused while a tally was tried.
struct Refusal: Error {
  let code: VerdictCode
  let sentence: Sentence
  /// What a supervisor may let pass; nil if nobody may.
  var subject: String?

  init(_ code: VerdictCode, _ sentence: Sentence) {
    self.code = code
    self.sentence = sentence
  }
}
