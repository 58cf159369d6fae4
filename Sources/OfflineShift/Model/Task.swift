/// A piece of work: one step of an order, as far as it can be done now.
struct Task: Sendable, Hashable {
  /// Index of the order in the shift.
  var order: Int
  var step: Step
  /// What the worker scans to begin.
  var document: String
  /// Units that can be counted, by article.
  var wanted: [String: Int]
  /// What is reserved or has arrived.
  var expected: [Goods: Int]
  /// True where the step before was done in this shift, so that only what it brought counts.
  var isArrival = false
  /// What is not found this time.
  var shortage: Order.Shortage?

  /// Packages that are taken whole, with what is in them.
  var wholes: [String: [Goods: Int]] {
    var found: [String: [Goods: Int]] = [:]
    for (goods, units) in expected {
      guard let source = goods.source else { continue }
      found[source, default: [:]][goods, default: 0] += units
    }
    return found
  }
}

/// What is counted for a task, with its history.
struct Tally: Sendable {
  struct Content: Sendable, Hashable {
    var goods: [Goods: Int] = [:]
    var grams: [String: Int] = [:]
    /// Packages that were filled or weighed here, in order.
    var packages: [String] = []
    var openPackage: String?
    var lastPackage: String?
    /// The article whose lot is scanned next.
    var awaiting: String?

    /// Puts a package on the list, and makes it the last one.
    mutating func touch(_ package: String) {
      if !packages.contains(package) { packages.append(package) }
      lastPackage = package
    }
  }

  let task: Task
  private(set) var now = Content()
  private var before: [Content] = []

  /// Most changes that can be taken back.
  private static let longest = 20

  init(task: Task) { self.task = task }

  var isUntouched: Bool { before.isEmpty && now == Content() }
  var canUndo: Bool { !before.isEmpty }

  func counted(_ article: String) -> Int {
    now.goods.reduce(0) { $0 + ($1.key.article == article ? $1.value : 0) }
  }

  func counted(_ article: String, lot: String) -> Int {
    now.goods.reduce(0) { $0 + ($1.key.article == article && $1.key.lot == lot ? $1.value : 0) }
  }

  var isComplete: Bool { task.wanted.allSatisfy { counted($0.key) >= $0.value } }

  mutating func change(_ body: (inout Content) -> Void) {
    before.append(now)
    if before.count > Self.longest { before.removeFirst() }
    body(&now)
  }

  mutating func undo() {
    if let content = before.popLast() { now = content }
  }

  /// Counts units of an article; they go into the open package.
  mutating func count(_ article: String, lot: String?, units: Int) {
    change { content in
      let goods = Goods(article, lot: lot, package: content.openPackage)
      content.goods[goods, default: 0] += units
      content.awaiting = nil
      if let package = content.openPackage { content.touch(package) }
    }
  }

  /// Counts a package that is taken whole.
  mutating func count(whole package: String) {
    let goods = task.wholes[package] ?? [:]
    change { content in
      for (item, units) in goods {
        var item = item
        item.package = item.package ?? package
        content.goods[item, default: 0] += units
      }
      content.awaiting = nil
      content.lastPackage = package
    }
  }

  /// What a package must weigh in grams; nil where that is not known.
  func grams(of package: String) -> Int? {
    var sum = 0
    var isEmpty = true
    for (goods, units) in now.goods where goods.package == package {
      guard let grams = Catalog.article(goods.article)?.grams, grams > 0 else { return nil }
      sum += grams * units
      isEmpty = false
    }
    return isEmpty ? nil : sum
  }
}
