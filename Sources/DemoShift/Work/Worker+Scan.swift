/// Work with a scanner: one code after the other.
extension Worker {
  /// Odoo's command barcodes, in the spelling of old and of new versions.
  private static let validate = ["O-BTN.validate", "OBTVALI"]

  func scan(_ job: Job) throws -> Tally {
    var tally = Tally(job)
    try expectGood(try untilKnown { try scan(job.transfer.name, job) }, job.transfer.name)
    if job.mistakes, let wrong = wrongProduct(job) {
      try expectRefusal(try scan(wrong.barcode, job), "wrong_product", "\(wrong.code)")
      tally.refusals += 1
    }
    var packages: Set<String> = []
    for line in job.lines {
      if let package = line.package {
        if packages.insert(package).inserted {
          try expectGood(try scan("]C100" + package, orPlain: package, job), "package \(package)")
        }
        tally.count(line, line.quantity)
      } else {
        try count(line, job, &tally)
      }
    }
    if job.mistakes, job.rest.isEmpty, let line = job.lines.last(where: { $0.lot == nil }),
      line.package == nil, let product = shelf[line.product]
    {
      try expectRefusal(try scan(product.barcode, job), "too_many", "one too many")
      tally.refusals += 1
    }
    try packAndWeigh(job, &tally)
    if let tracking = job.tracking, let terminal {
      try expectGood(
        try terminal.send("ship", ["tracking": .string(tracking)]),
        "tracking \(tracking)"
      )
      tally.closing.tracking = tracking
    }
    try close(job, &tally)
    return tally
  }

  private func scan(_ code: String, _ job: Job) throws -> History.Answer {
    breathe()
    if job.style == .raw { return try scanner.scanRaw(code) }
    return try scanner.send("scan", ["code": .string(code)])
  }

  /// An SSCC is scanned as a GS1-128 label, any other package name as it is.
  private func scan(_ label: String, orPlain name: String, _ job: Job) throws -> History.Answer {
    let isSSCC = name.count == 18 && name.allSatisfy(\.isNumber)
    return try scan(isSSCC ? label : name, job)
  }

  private func count(_ line: OdooTransfer.Line, _ job: Job, _ tally: inout Tally) throws {
    guard let product = shelf[line.product] else {
      throw DemoFailure("no product \(line.product)")
    }
    for _ in 0..<Int(line.quantity.rounded()) {
      if let lot = line.lot {
        let asked = try expectGood(try scan(product.barcode, job), line.product)
        guard asked.code == "scan_lot" else {
          throw DemoFailure("\(line.product) should ask for a lot, and was \(asked.code)")
        }
        try expectGood(try scan(lot, job), "\(line.product) lot \(lot)")
      } else {
        try expectGood(try scan(product.barcode, job), line.product)
      }
      tally.count(line, 1)
    }
  }

  private func wrongProduct(_ job: Job) -> Product? {
    shelf.byCode.values.filter { product in
      product.tracking == "none" && !product.barcode.isEmpty
        && job.transfer.demand[product.code] == nil
    }
    .min { $0.code < $1.code }
  }

  private func packAndWeigh(_ job: Job, _ tally: inout Tally) throws {
    guard let package = job.package else { return }
    let packed = try expectGood(
      try scan("]C100" + package, orPlain: package, job),
      "package \(package)"
    )
    guard packed.code == "packed" else {
      throw DemoFailure("package \(package) should be filled, and was \(packed.code)")
    }
    tally.pack(package)
    guard job.weighs, let scale else { return }
    let kilograms = weight(tally.closing.goods)
    breathe()
    let moving = kilograms / 2
    try expectRefusal(
      try scale.send("weight", ["value": .number(moving), "unit": "kg", "stable": false]),
      "weight_unstable",
      "a load that still moves"
    )
    try expectGood(
      try scale.send("weight", ["value": .number(kilograms), "unit": "kg"]),
      "\(kilograms) kg"
    )
    tally.closing.weights[package] = kilograms
  }

  /// What a carton with these goods weighs, in whole grams.
  func weight(_ goods: [OdooTransfer.Line]) -> Double {
    let net = goods.reduce(0) { $0 + $1.quantity * (shelf[$1.product]?.weight ?? 0) }
    return ((net + 0.25) * 1_000).rounded() / 1_000
  }

  private func close(_ job: Job, _ tally: inout Tally) throws {
    let command = Self.validate[Int.random(in: 0..<2, using: &random)]
    var answer = try scan(command, job)
    // Something is left: the agent asks, and the same scan again is the answer.
    if answer.code == "confirm_incomplete" { answer = try scan(command, job) }
    guard answer.code == "confirmed" else {
      throw DemoFailure("validation was answered \(answer.code): \(answer.message)")
    }
    tally.closing.event = answer.event
  }
}
