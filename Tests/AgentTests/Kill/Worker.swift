import Glibc
import JSON
import TestKit

/// A person with a scanner, who goes on whatever happens to the agent: an event is sent again,
/// unchanged, until its feedback comes.
final class FloorWorker {
  let name: String
  private let device: Device
  private let site: Site
  private var count = 0
  private(set) var answered: Set<String> = []
  private(set) var closings: [History.Closing] = []

  init(_ name: String, broker: Int, site: Site) {
    self.name = name
    self.site = site
    device = Device(
      port: broker,
      clientID: name,
      subscriptions: ["tallyman/main/\(name)/feedback"]
    )
  }

  /// Works off one order of a kind, from 0.
  func work(_ kind: Int) throws {
    switch kind % 5 {
    case 0: try deliver(site.order("WH", [("TM-1001", 2), ("TM-1002", 1)]), packed: true)
    case 1: try deliver(site.order("WH", [("TM-1003", 1), ("TM-1006", 2)]), partial: true)
    case 2: try chain(site.order("TM3", [("TM-1001", 2), ("TM-1004", 1)]))
    case 3: try deliver(site.order("WH", [("TM-1004", 2), ("TM-1005", 1)]))
    default: try handheld(site.order("WH", [("TM-1002", 2), ("TM-1007", 1)]))
    }
  }

  private func deliver(_ order: String, packed: Bool = false, partial: Bool = false) throws {
    let transfer = try find(order, "OUT")
    var closing = try count(transfer, only: partial ? 1 : nil)
    if packed { try pack(&closing) }
    try validate(closing)
  }

  /// Pick, pack and ship, one after the other.
  private func chain(_ order: String) throws {
    try validate(try count(try find(order, "PICK"), only: nil))
    var packing = try count(try find(order, "PACK"), only: nil)
    try pack(&packing)
    try validate(packing)
    try validate(try count(try find(order, "OUT"), only: nil))
  }

  /// Everything in one event.
  private func handheld(_ order: String) throws {
    let transfer = try find(order, "OUT")
    let name = transfer["name"]?.string ?? ""
    var closing = History.Closing(transfer: name, goods: [:])
    var lines: [JSON] = []
    for move in transfer["moves"]?.array ?? [] {
      let product = move["product"]?.string ?? ""
      let quantity = move["demand"]?.double ?? 0
      lines.append(["code": .string(Self.barcode(product)), "quantity": .double(quantity)])
      closing.goods[.init(product: product), default: 0] += quantity
    }
    let tracking = "1Z\(self.name)\(count)"
    closing.tracking = tracking
    let body: JSONObject = [
      "transfer": .string(name), "lines": .array(lines), "tracking": .string(tracking),
      "validate": true,
    ]
    try until("\(name) is closed") {
      let code = try send("ship", body)
      if code == "confirmed" { return true }
      guard ["unknown_transfer", "not_ready"].contains(code) else {
        throw TestKitError.unexpected("\(name): \(code)")
      }
      return false
    }
    closings.append(closing)
  }

  private func find(_ order: String, _ type: String) throws -> JSON {
    var found: JSON?
    try until("\(type) of \(order)") {
      found = try site.transfer(of: order, type: type)
      return found != nil
    }
    guard let found else { throw TestKitError.unexpected("\(type) of \(order)") }
    return found
  }

  /// Opens a transfer and counts what Odoo has reserved, all of it or its first move.
  private func count(_ transfer: JSON, only moves: Int?) throws -> History.Closing {
    let name = transfer["name"]?.string ?? ""
    try until("\(name) is open") {
      let code = try scan(name)
      if code == "opened" || code == "status" { return true }
      guard ["unknown_transfer", "not_ready"].contains(code) else {
        throw TestKitError.unexpected("\(name): \(code)")
      }
      return false
    }
    var closing = History.Closing(transfer: name, goods: [:])
    var scannedPackages: Set<String> = []
    for (index, move) in (transfer["moves"]?.array ?? []).enumerated() {
      let isLeft = moves.map { index >= $0 } ?? false
      for line in move["lines"]?.array ?? [] {
        let quantity = line["quantity"]?.double ?? 0
        guard !isLeft else {
          closing.left += quantity
          continue
        }
        let product = line["product"]?.string ?? ""
        let lot = line["lot"]?.string
        let package = line["package"]?.string
        if let package {
          if scannedPackages.insert(package).inserted { try good(scan(package)) }
        } else {
          for _ in 0..<Int(quantity) { try good(scan(lot ?? Self.barcode(product))) }
        }
        closing.goods[.init(product: product, lot: lot, package: package), default: 0] += quantity
      }
    }
    return closing
  }

  /// Packs all that was counted into a new package, and weighs it.
  private func pack(_ closing: inout History.Closing) throws {
    count += 1
    let package = Self.sscc(worker: name, number: count)
    try good(scan("(00)\(package)"))
    let weight = Double(count % 20) + 0.25
    try good(send("weight", ["value": .double(weight), "unit": "kg"]))
    var goods: [History.Goods: Double] = [:]
    for (one, quantity) in closing.goods {
      goods[.init(product: one.product, lot: one.lot, package: package), default: 0] += quantity
    }
    closing.goods = goods
    closing.weights[package] = weight
  }

  /// Closes the open transfer; asked whether that is meant, says so again.
  private func validate(_ closing: History.Closing) throws {
    try until("\(closing.transfer) is closed") {
      let code = try scan("OBTVALI")
      guard code == "confirmed" || code == "confirm_incomplete" else {
        throw TestKitError.unexpected("\(closing.transfer): \(code)")
      }
      return code == "confirmed"
    }
    closings.append(closing)
  }

  private func good(_ code: String) throws {
    guard ["counted", "complete", "packed", "weighed"].contains(code) else {
      throw TestKitError.unexpected("\(name): \(code)")
    }
  }

  private func scan(_ code: String) throws -> String {
    try send("scan", ["code": .string(code)])
  }

  /// Sends an event until its feedback comes; gives the verdict's code.
  private func send(_ kind: String, _ body: JSONObject) throws -> String {
    count += 1
    let id = "\(name)-\(count)"
    var object = body
    object["id"] = .string(id)
    let receipt = try device.publishUntilFeedback(
      "tallyman/main/\(name)/\(kind)",
      JSON.object(object).bytes,
      patience: .milliseconds(1500),
      sendings: 40,
      where: { (try? JSON.parse($0.payload))?["event"]?.string == id }
    )
    answered.insert(id)
    return (try JSON.parse(receipt.feedback.payload))["code"]?.string ?? ""
  }

  private func until(_ what: String, _ condition: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(60)
    while try !condition() {
      guard ContinuousClock.now < end else {
        throw TestKitError.timedOut(waitingFor: what, after: .seconds(60), seen: "")
      }
      // People look again after a moment, too.
      _ = poll(nil, 0, 50)
    }
  }

  /// The demo world's barcode of a product: GTIN-13 in the range for internal use.
  static func barcode(_ product: String) -> String {
    let index = (Int(product.dropFirst(3)) ?? 1001) - 1001
    return withCheckDigit("29900227" + String(10_000 + index).dropFirst())
  }

  private static func sscc(worker: String, number: Int) -> String {
    let station = Int(worker.filter(\.isNumber)) ?? 0
    return withCheckDigit(
      "3" + String(1_000_000 + station).dropFirst() + String(10_000_000_000 + number).dropFirst()
    )
  }

  private static func withCheckDigit(_ digits: String) -> String {
    var sum = 0
    for (index, character) in digits.reversed().enumerated() {
      sum += (character.wholeNumberValue ?? 0) * (index.isMultiple(of: 2) ? 3 : 1)
    }
    return digits + String((10 - sum % 10) % 10)
  }
}
