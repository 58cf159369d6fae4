/// What a worker scans to do something, and what it does in the plan's own account.
extension Planner {
  mutating func perform(_ act: Act, at desk: Int) {
    switch act {
    case .open(let task): open(task, at: desk)
    case .unit(let code): unit(code, at: desk)
    case .box(let code): box(code, at: desk)
    case .item(let code, let lot): item(code, lot, at: desk)
    case .label(let code, let lot): label(code, lot, at: desk)
    case .whole(let package): whole(package, at: desk)
    case .fill(let label): fill(label, at: desk)
    case .weigh: weigh(at: desk)
    case .undo: undo(at: desk)
    case .park: park(at: desk)
    case .status: emit(desk, .code("TM-STATUS"), .good("status"))
    case .validate: validate(at: desk)
    case .slip: slip(at: desk)
    case .resend: resend(at: desk)
    case .times(let code, let number): times(code, number, at: desk)
    case .openBatch(let name, let tasks): open(batch: name, tasks, at: desk)
    case .batchUnit(let code): batchUnit(code, at: desk)
    case .closeBatch: closeBatch(at: desk)
    case .openLoad(let dock):
      emit(desk, .code(dock), .good("load_opened"), about: "begins to load")
      desks[desk].load = Desk.Load(dock: dock)
    case .load(let parcel, let task): load(parcel, task, at: desk)
    case .closeLoad: closeLoad(at: desk)
    }
  }

  /// Barcode of the location where trucks are loaded.
  static let dock = "TM3-DOCK-1"
  /// Barcode of the one for deliveries in two steps.
  static let smallDock = "PS-DOCK-1"
  /// Barcode of another one.
  static let otherDock = "TM3-DOCK-2"

  /// Odoo's command in its old and its new spelling.
  private func command(_ old: String, _ new: String) -> Scan.Content {
    .code(shift.scans.count % 2 == 0 ? old : new)
  }

  private mutating func open(_ task: Task, at desk: Int) {
    let name = "\(orders[task.order].name) \(task.step.rawValue)"
    if let current = desks[desk].open, !current.now.goods.isEmpty {
      emit(desk, .code(task.document), .confirm("confirm_park"), about: "wants \(name)")
      desks[desk].parked[current.task.document] = current
    }
    let held = desks[desk].parked.removeValue(forKey: task.document)
    let isResumed = held.map { !$0.isUntouched } ?? false
    emit(
      desk,
      .code(task.document),
      isResumed ? .good("resumed") : .good("opened"),
      about: "opens \(name)"
    )
    desks[desk].open = held ?? Tally(task: task)
    if chances.happens(8) { emit(desk, .code(task.document), .good("status"), about: "again") }
  }

  /// The answer after something was counted.
  private func counted(_ desk: Int) -> Expectation {
    desks[desk].open?.isComplete == true ? .good("complete") : .good("counted")
  }

  private mutating func unit(_ code: String, at desk: Int) {
    guard let article = Catalog.article(code) else { return }
    desks[desk].open?.count(code, lot: nil, units: 1)
    emit(desk, .code(article.barcode), counted(desk), about: code)
  }

  private mutating func times(_ code: String, _ number: Int, at desk: Int) {
    guard let article = Catalog.article(code) else { return }
    emit(desk, .code("TM-QTY-\(number)"), .good("quantity_noted"), about: "\(number) of the next")
    desks[desk].open?.count(code, lot: nil, units: number)
    emit(desk, .code(article.barcode), counted(desk), about: "\(number) of \(code)")
  }

  private mutating func box(_ code: String, at desk: Int) {
    guard let article = Catalog.article(code), let barcode = article.boxBarcode else { return }
    desks[desk].open?.count(code, lot: nil, units: article.boxUnits)
    emit(desk, .code(barcode), counted(desk), about: "a box of \(code)")
  }

  private mutating func item(_ code: String, _ lot: String, at desk: Int) {
    guard let article = Catalog.article(code) else { return }
    if desks[desk].open?.now.awaiting != code {
      desks[desk].open?.change { $0.awaiting = code }
      emit(desk, .code(article.barcode), .good("scan_lot"), about: code)
      slip(at: desk)
    }
    desks[desk].open?.count(code, lot: lot, units: 1)
    emit(desk, .code(lot), counted(desk), about: "\(code) lot \(lot)")
  }

  /// A GS1-128 label: GTIN, then lot or serial number.
  private mutating func label(_ code: String, _ lot: String, at desk: Int) {
    guard let article = Catalog.article(code) else { return }
    let key = article.tracking == .serial ? "21" : "10"
    desks[desk].open?.count(code, lot: lot, units: 1)
    emit(
      desk,
      .code("]C101\(article.gtin)\(key)\(lot)"),
      counted(desk),
      about: "\(code) lot \(lot) from its label"
    )
  }

  private mutating func whole(_ package: String, at desk: Int) {
    desks[desk].open?.count(whole: package)
    emit(desk, .code(Self.scanned(package)), counted(desk), about: "package \(package)")
  }

  /// A package as its label is read: an SSCC as GS1-128, another name as it is.
  static func scanned(_ package: String) -> String {
    let isSSCC = package.utf8.count == 18 && package.allSatisfy(\.isNumber)
    return isSSCC ? "]C100" + package : package
  }

  private mutating func fill(_ label: String, at desk: Int) {
    guard let tally = desks[desk].open else { return }
    let isLoose = tally.now.goods.keys.contains { $0.package == nil }
    guard isLoose || tally.now.goods.isEmpty else { return }
    desks[desk].open?.change { content in
      content.touch(label)
      guard isLoose else {
        content.openPackage = label
        return
      }
      for (goods, units) in content.goods where goods.package == nil {
        content.goods[goods] = nil
        var packed = goods
        packed.package = label
        content.goods[packed, default: 0] += units
      }
    }
    emit(
      desk,
      .code(Self.scanned(label)),
      isLoose ? .good("packed") : .good("package_opened"),
      about: "parcel \(label)"
    )
  }

  private mutating func weigh(at desk: Int) {
    guard let scale = desks[desk].place.scale, let tally = desks[desk].open,
      let package = tally.now.lastPackage, tally.now.grams[package] == nil,
      tally.now.goods.keys.contains(where: { $0.package == package })
    else { return }
    // The carton weighs something too; where nothing is known any weight is right.
    let grams = (tally.grams(of: package) ?? 750) + chances.number(0...80)
    desks[desk].open?.change { content in
      content.touch(package)
      content.grams[package] = grams
    }
    emit(
      desk,
      .weight(grams: grams, isStable: true),
      .good("weighed"),
      device: scale,
      about: "\(package) on the scale"
    )
  }

  private mutating func undo(at desk: Int) {
    guard desks[desk].open?.canUndo == true else { return }
    desks[desk].open?.undo()
    emit(desk, command("O-BTN.cancel", "OCDCANC"), .good("undone"), about: "takes it back")
  }

  private mutating func park(at desk: Int) {
    guard let tally = desks[desk].open else { return }
    emit(desk, .code("TM-PARK"), .good("parked"), about: "puts it aside")
    desks[desk].parked[tally.task.document] = tally
    desks[desk].open = nil
  }

  private mutating func validate(at desk: Int) {
    guard let tally = desks[desk].open, !tally.now.goods.isEmpty else { return }
    let content = command("O-BTN.validate", "OBTVALI")
    if !tally.isComplete {
      emit(desk, content, .confirm("confirm_incomplete"), about: "something is missing")
    }
    emit(desk, content, .good("confirmed"), about: "validates")
    desks[desk].open = nil
    close(tally, at: desk)
  }

  /// The scan before is sent again, as by a device that heard nothing.
  private mutating func resend(at desk: Int) {
    guard let last = shift.scans.lastIndex(where: { $0.station == desks[desk].place.name }),
      case .code = shift.scans[last].content, isJSON(shift.scans[last].device),
      shift.scans[last].expects.codes != ["unknown_device"]
    else { return }
    var expects = shift.scans[last].expects
    expects.isRepeat = true
    emit(
      desk,
      .again(last),
      expects,
      device: shift.scans[last].device,
      about: "sends the event before again"
    )
  }
}
