/// Which picks are done together.
public enum Batches {
  /// Most transfers of a batch.
  private static let size = 3
  /// One batch for so many orders.
  private static let every = 24

  /// Groups of orders, by index, whose picks need no lots and come loose.
  public static func choose(_ orders: [MadeOrder]) -> [[Int]] {
    let able = orders.indices.filter { index in
      let order = orders[index].order
      return order.route == .threeSteps && order.fate == .worked && order.shortage == nil
        && order.lines.allSatisfy { line in
          let article = Catalog.article(line.article)
          return article?.tracking == Article.Tracking.none && article?.comesWhole == false
        }
    }
    let count = min(able.count / size, max(1, orders.count / every))
    return (0..<count).map { Array(able[$0 * size..<($0 + 1) * size]) }
  }
}

/// Picking a batch.
extension Planner {
  /// Puts batches on the list of the station that picks.
  mutating func handOutBatches() {
    var batches: [String: [Int]] = [:]
    for (index, made) in orders.enumerated() {
      if let name = made.batch { batches[name, default: []].append(index) }
    }
    guard let desk = desks.firstIndex(where: { $0.place.name == "picking" }) else { return }
    desks[desk].batches = batches.sorted { $0.key < $1.key }.map(\.value)
    for order in batches.values.joined() { progress[order].pending += 1 }
  }

  /// What is done for a batch: bin after bin, so product after product.
  mutating func pick(_ batch: [Int]) -> [Act] {
    let tasks = batch.map { order in
      current(
        Task(
          order: order,
          step: .pick,
          document: orders[order].transfers[.pick]?.name ?? "",
          wanted: [:],
          expected: [:]
        )
      )
    }.sorted { $0.document < $1.document }
    var acts: [Act] = [.slip, .openBatch(orders[batch[0]].batch ?? "", tasks), .slip]
    for code in Set(tasks.flatMap(\.wanted.keys)).sorted() {
      let units = tasks.reduce(0) { $0 + ($1.wanted[code] ?? 0) }
      acts += (0..<units).map { _ in .batchUnit(code) } + [.slip]
    }
    return acts + [.closeBatch, .slip]
  }

  mutating func open(batch name: String, _ tasks: [Task], at desk: Int) {
    desks[desk].batch = Desk.Batch(name: name, tallies: tasks.map { Tally(task: $0) })
    emit(desk, .code(name), .good("batch_opened"), about: "opens \(name)")
  }

  /// A unit counts for the first transfer that still asks for it.
  mutating func batchUnit(_ code: String, at desk: Int) {
    guard let article = Catalog.article(code),
      let index = desks[desk].batch?.tallies.firstIndex(where: { tally in
        tally.counted(code) < tally.task.wanted[code] ?? 0
      })
    else { return }
    desks[desk].batch?.tallies[index].count(code, lot: nil, units: 1)
    let isComplete = desks[desk].batch?.tallies[index].isComplete == true
    emit(
      desk,
      .code(article.barcode),
      isComplete ? .good("complete") : .good("counted"),
      about: "\(code) for a batch"
    )
  }

  mutating func closeBatch(at desk: Int) {
    guard let batch = desks[desk].batch else { return }
    emit(desk, .code("OBTVALI"), .good("confirmed"), about: "validates \(batch.name)")
    desks[desk].batch = nil
    for tally in batch.tallies { close(tally, at: desk) }
  }

  func batching(_ batch: Desk.Batch) -> [Slip] {
    var slips = [Slip(.wrongProduct, Catalog.stray.barcode, .bad("wrong_product"))]
    if batch.tallies.allSatisfy(\.now.goods.isEmpty) {
      slips.append(Slip(.nothingCounted, "OBTVALI", .bad("nothing_counted")))
      slips.append(Slip(.nothingToUndo, "OCDCANC", .bad("nothing_to_undo")))
    }
    for code in Set(batch.tallies.flatMap(\.task.wanted.keys)).sorted() {
      let isDone = batch.tallies.allSatisfy { $0.counted(code) >= $0.task.wanted[code] ?? 0 }
      guard isDone, let article = Catalog.article(code) else { continue }
      slips.append(Slip(.overPick, article.barcode, .bad("too_many")))
    }
    return slips
  }
}
