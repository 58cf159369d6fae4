/// Mistakes: what can go wrong now, and how it must be refused.
extension Planner {
  /// One wrong scan, at most.
  struct Slip {
    var mistake: Mistake
    var content: Scan.Content
    var expects: Expectation
    var device: String?

    init(
      _ mistake: Mistake,
      _ content: Scan.Content,
      _ expects: Expectation,
      device: String? = nil
    ) {
      self.mistake = mistake
      self.content = content
      self.expects = expects
      self.device = device
    }

    init(_ mistake: Mistake, _ code: String, _ expects: Expectation) {
      self.init(mistake, .code(code), expects)
    }
  }

  /// Perhaps makes a mistake, of a kind that was made least so far.
  mutating func slip(at desk: Int) {
    guard chances.happens(options.mistakePercent) else { return }
    let able = slips(desk).shuffled(using: &chances)
    guard let slip = able.min(by: { made[$0.mistake, default: 0] < made[$1.mistake, default: 0] })
    else { return }
    emit(
      desk,
      slip.content,
      slip.expects,
      slip.mistake,
      device: slip.device,
      about: slip.mistake.rawValue
    )
  }

  /// All mistakes that are possible now.
  private func slips(_ desk: Int) -> [Slip] {
    var slips = always(desk)
    if desks[desk].load != nil {
      slips += loading(desk)
    } else if let batch = desks[desk].batch {
      slips += batching(batch)
    } else if let tally = desks[desk].open {
      slips += counting(tally, desk) + weighing(tally, desk)
      if let code = tally.now.awaiting, let article = Catalog.article(code) {
        slips += awaiting(article, tally, desk)
      }
    } else {
      slips += idle(desk)
    }
    return slips
  }

  private func always(_ desk: Int) -> [Slip] {
    let wrong =
      String(Catalog.stray.gtin.dropLast())
      + (Catalog.stray.gtin.last == "0" ? "1" : "0")
    let terminal = desks[desk].place.scanners[0].name
    var slips = [
      Slip(.wrongCheckDigit, "]C101" + wrong, .bad("bad_barcode")),
      Slip(.unavailableCommand, "OBTPRSL", .bad("command_unavailable")),
      Slip(
        .truncated,
        .truncated(Catalog.stray.barcode),
        .bad("malformed"),
        device: terminal
      ),
      Slip(
        .unknownDevice,
        .code(Catalog.stray.barcode),
        .bad("unknown_device"),
        device: Place.strangers[0]
      ),
    ]
    let earlier = shift.scans.lastIndex { scan in
      guard case .code = scan.content else { return false }
      return scan.device == terminal && scan.mistake == nil
    }
    if let earlier {
      slips.append(
        Slip(
          .idConflict,
          .conflict(earlier, Catalog.stray.barcode),
          .bad("id_conflict"),
          device: terminal
        )
      )
    }
    return slips
  }

  private func idle(_ desk: Int) -> [Slip] {
    var slips = [
      Slip(.unknownBarcode, "XYZ-\(made[.unknownBarcode, default: 0])", .bad("unknown_barcode")),
      Slip(.unknownTransfer, "WH/OUT/77777", .bad("unknown_transfer")),
      Slip(.nothingOpen, Catalog.stray.barcode, .bad("nothing_open")),
    ]
    if desks[desk].hasClosed {
      slips.append(Slip(.secondValidate, "OBTVALI", .bad("already_closed")))
    } else {
      slips.append(Slip(.nothingOpen, "OBTVALI", .bad("nothing_open")))
    }
    for made in orders {
      guard let step = made.order.route.steps.first, let name = made.transfers[step]?.name else {
        continue
      }
      switch made.order.fate {
      case .withoutStock: slips.append(Slip(.notReady, name, .bad("not_ready")))
      case .cancelled: slips.append(Slip(.cancelled, name, .bad("cancelled")))
      case .doneInOdoo: slips.append(Slip(.alreadyDone, name, .bad("already_done")))
      case .left where !desks[desk].place.does(step):
        slips.append(Slip(.wrongStation, name, .bad("wrong_station")))
      case .left, .worked: break
      }
    }
    if let name = desks[desk].finished.last {
      slips.append(Slip(.alreadyClosed, name, .bad("already_closed")))
    }
    for other in desks where other.place.name != desks[desk].place.name {
      guard let tally = other.open, !tally.now.goods.isEmpty,
        tally.task.document == orders[tally.task.order].transfers[tally.task.step]?.name,
        (progress[tally.task.order].closings[tally.task.step] ?? []).isEmpty
      else { continue }
      slips.append(Slip(.openElsewhere, tally.task.document, .bad("open_elsewhere")))
    }
    return slips
  }

  private func counting(_ tally: Tally, _ desk: Int) -> [Slip] {
    var slips: [Slip] = []
    if tally.task.wanted[Catalog.stray.code] == nil {
      slips.append(Slip(.wrongProduct, Catalog.stray.barcode, .bad("wrong_product")))
    }
    if tally.now.awaiting == nil {
      slips.append(
        Slip(.unknownBarcode, "XYZ-\(made[.unknownBarcode, default: 0])", .bad("unknown_barcode"))
      )
    }
    if tally.now.goods.isEmpty, tally.now.awaiting == nil {
      slips.append(Slip(.nothingCounted, "OBTVALI", .bad("nothing_counted")))
    }
    if !tally.canUndo {
      slips.append(Slip(.nothingToUndo, "OCDCANC", .bad("nothing_to_undo")))
    }
    for (code, wanted) in tally.task.wanted.sorted(by: { $0.key < $1.key }) {
      guard let article = Catalog.article(code), !article.comesWhole else { continue }
      let left = wanted - tally.counted(code)
      if left == 0 {
        let mistake = tally.task.isArrival ? Mistake.packedMoreThanPicked : .overPick
        slips.append(Slip(mistake, article.barcode, .bad("too_many")))
      } else if let box = article.boxBarcode, left < article.boxUnits {
        slips.append(Slip(.boxTooLarge, box, .bad("too_many")))
      }
    }
    return slips + packages(tally, desk)
  }

  private func packages(_ tally: Tally, _ desk: Int) -> [Slip] {
    var slips: [Slip] = []
    let counted = tally.now.goods.keys.compactMap(\.source).min()
    if let counted {
      slips.append(Slip(.packageTwice, Self.scanned(counted), .bad("package_twice")))
    }
    for other in desks where other.place.name != desks[desk].place.name {
      guard let package = other.open?.now.packages.last, other.load == nil else { continue }
      slips.append(Slip(.packageElsewhere, Self.scanned(package), .bad("package_elsewhere")))
    }
    return slips
  }

  private func weighing(_ tally: Tally, _ desk: Int) -> [Slip] {
    guard let scale = desks[desk].place.scale else { return [] }
    func slip(_ mistake: Mistake, _ grams: Int, _ isStable: Bool, _ code: String) -> Slip {
      Slip(mistake, .weight(grams: grams, isStable: isStable), .bad(code), device: scale)
    }
    var slips = [slip(.weightUnstable, 600, false, "weight_unstable")]
    let isPacked = tally.now.goods.keys.contains { $0.package != nil }
    guard let package = tally.now.lastPackage else {
      if !isPacked { slips.append(slip(.noPackage, 600, true, "no_package")) }
      return slips
    }
    slips.append(slip(.weightImplausible, 0, true, "weight_implausible"))
    if let right = tally.grams(of: package) {
      slips.append(slip(.weightMismatch, right * 2 + 500, true, "weight_mismatch"))
    }
    return slips
  }

  private func loading(_ desk: Int) -> [Slip] {
    var slips = [
      Slip(.unknownParcel, "PACK0000404", .bad("package_unknown")),
      Slip(.productWhileLoading, Catalog.stray.barcode, .bad("scan_parcel")),
      Slip(.otherDock, Self.otherDock, .bad("wrong_location")),
    ]
    if let parcel = desks[desk].load?.parcels.last {
      slips.append(Slip(.packageTwice, Self.scanned(parcel), .bad("package_twice")))
    } else {
      slips.append(Slip(.nothingCounted, "OBTVALI", .bad("nothing_counted")))
    }
    return slips
  }
}
