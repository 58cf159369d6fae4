/// Work with a smart handheld: events that say what was done.
extension Worker {
  func report(_ job: Job) throws -> Tally {
    var tally = Tally(job)
    let transfer = Value.string(job.transfer.name)
    let answer: History.Answer
    switch job.transfer.step {
    case .pick:
      answer = try untilKnown {
        try send("pick", ["transfer": transfer, "lines": lines(job), "validate": true])
      }
      for line in job.lines { tally.count(line, line.quantity) }
    case .ship where job.lines.contains { $0.package != nil } || job.package == nil:
      var event = ["transfer": transfer, "lines": lines(job), "validate": true]
      event["tracking"] = job.tracking.map { .string($0) }
      answer = try untilKnown { try send("ship", event) }
      for line in job.lines { tally.count(line, line.quantity) }
      tally.closing.tracking = job.tracking
    case .ship:
      answer = try pickPackAndShip(job, &tally)
    default:
      throw DemoFailure("a handheld has no event for \(job.transfer.step.rawValue)")
    }
    guard answer.code == "confirmed" else {
      throw DemoFailure("was answered \(answer.code): \(answer.message)")
    }
    tally.closing.event = answer.event
    return tally
  }

  /// A delivery in one step: picked, packed and shipped on the same transfer.
  private func pickPackAndShip(_ job: Job, _ tally: inout Tally) throws -> History.Answer {
    let transfer = Value.string(job.transfer.name)
    try expectGood(
      try untilKnown { try send("pick", ["transfer": transfer, "lines": lines(job)]) },
      "the pick"
    )
    for line in job.lines { tally.count(line, line.quantity) }
    if let package = job.package {
      var event: [String: Value] = ["transfer": transfer, "package": .string(package)]
      if job.weighs {
        let kilograms = weight(tally.closing.goods)
        event["weight"] = ["value": .number(kilograms), "unit": "kg"]
        tally.closing.weights[package] = kilograms
      }
      try expectGood(try send("pack", event), "package \(package)")
      tally.pack(package)
    }
    var event: [String: Value] = ["transfer": transfer, "validate": true]
    event["tracking"] = job.tracking.map { .string($0) }
    tally.closing.tracking = job.tracking
    return try send("ship", event)
  }

  private func send(_ kind: String, _ members: [String: Value]) throws -> History.Answer {
    breathe()
    return try scanner.send(kind, members)
  }

  /// Products by barcode; a package that arrives whole is one line.
  private func lines(_ job: Job) -> Value {
    var packages: Set<String> = []
    var lines: [Value] = []
    for line in job.lines {
      if let package = line.package {
        if packages.insert(package).inserted { lines.append(["code": .string(package)]) }
        continue
      }
      var members: [String: Value] = [
        "code": .string(shelf[line.product]?.barcode ?? line.product),
        "quantity": .number(line.quantity),
      ]
      members["lot"] = line.lot.map { .string($0) }
      lines.append(.object(members))
    }
    return .array(lines)
  }
}
