/// Makes up the orders of a shift.
public struct OrderMaker {
  private var chances: Chances

  /// Orders with each fate but being worked on, for those who scan them by mistake.
  private static let fates: [(Route, Order.Fate)] = [
    (.oneStep, .withoutStock), (.threeSteps, .withoutStock), (.oneStep, .cancelled),
    (.threeSteps, .cancelled), (.oneStep, .doneInOdoo), (.threeSteps, .left), (.receipt, .left),
    (.receipt, .doneInOdoo),
  ]

  /// A maker whose orders begin at a seed.
  public init(seed: UInt64) { chances = Chances(seed: seed &+ 17) }

  /// So many orders to be worked on, and some that nobody works on.
  public mutating func orders(_ count: Int) -> [Order] {
    var orders: [Order] = []
    for number in 0..<count {
      // A shift has some of each, however small it is.
      let route: Route =
        switch number % 8 {
        case 0, 2, 4, 6: .threeSteps
        case 1, 5: .oneStep
        case 3: .twoSteps
        default: .receipt
        }
      var order = Order(number: number, route: route, lines: lines(route, number))
      order.shortage = shortage(order, number)
      orders.append(order)
    }
    for (route, fate) in Self.fates {
      var order = Order(
        number: orders.count,
        route: route,
        lines: [.init(article: "P-1", units: 2)]
      )
      order.fate = fate
      if fate == .withoutStock { order.lines = [.init(article: Self.neverThere, units: 1)] }
      orders.append(order)
    }
    return orders
  }

  /// The article that is ordered and of which there is no stock.
  static let neverThere = "P-9"

  private mutating func lines(_ route: Route, _ number: Int) -> [Order.Line] {
    var articles = draw(chances.number(1...3)) {
      $0.tracking == .none && !$0.comesWhole && $0.orderUnits == 1
    }
    switch number % 5 {
    case 0, 3: articles += draw(1) { $0.tracking == .lot }
    case 1: articles += draw(1) { $0.tracking == .serial }
    case 2 where route != .receipt: articles += draw(1) { $0.comesWhole }
    case 4: articles += draw(1) { $0.orderUnits > 1 }
    default: break
    }
    if chances.happens(20) { articles += draw(1) { $0.tracking != .none } }
    var seen: Set<String> = []
    return articles.filter { seen.insert($0.code).inserted }.map { article in
      let units: Int =
        switch article.tracking {
        case .none where article.comesWhole: article.boxUnits * chances.number(1...2)
        case .none where article.orderUnits > 1: article.orderUnits * chances.number(1...2)
        case .none where article.boxBarcode != nil: chances.number(2...14)
        case .none: chances.number(1...6)
        case .lot: chances.number(1...4)
        case .serial: chances.number(1...3)
        }
      return Order.Line(article: article.code, units: units)
    }
  }

  private mutating func draw(_ count: Int, where fits: (Article) -> Bool) -> [Article] {
    let all = Catalog.articles.filter { fits($0) && $0.code != Self.neverThere }
    return Array(all.shuffled(using: &chances).prefix(count))
  }

  /// Every fourth order is short of something, where at least one unit is left.
  private mutating func shortage(_ order: Order, _ number: Int) -> Order.Shortage? {
    guard number % 4 == 2 || number % 12 == 5 else { return nil }
    let able = order.lines.filter { line in
      guard let article = Catalog.article(line.article) else { return false }
      return line.units > 1 && !article.comesWhole && article.orderUnits == 1
    }
    guard let line = able.first else { return nil }
    return Order.Shortage(
      article: line.article,
      units: chances.number(1...line.units - 1),
      isFetched: number % 8 == 2
    )
  }
}
