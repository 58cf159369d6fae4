internal import Floor
internal import JSON
internal import Testing

struct OrderJSONTests {
  @Test func transfersSurviveTheirTextExactly() throws {
    var random = RandomOrders(seed: 1)
    for _ in 0..<500 {
      let value = random.transfer()
      #expect(Transfer(json: try JSON.parse(value.json.bytes)) == value)
    }
  }

  @Test func productsSurviveTheirTextExactly() throws {
    var random = RandomOrders(seed: 2)
    for _ in 0..<500 {
      let value = random.product()
      #expect(Product(json: try JSON.parse(value.json.bytes)) == value)
    }
  }

  @Test func confirmationsSurviveTheirTextExactly() throws {
    var random = RandomOrders(seed: 3)
    for _ in 0..<500 {
      let value = random.confirmation()
      #expect(Confirmation(json: try JSON.parse(value.json.bytes)) == value)
    }
  }

  @Test func refusesEveryObjectThatLacksAMember() {
    var random = RandomOrders(seed: 4)
    var transfer = random.transfer()
    transfer.partner = nil
    transfer.origin = nil
    transfer.scheduled = nil
    transfer.backorderOf = nil
    guard case .object(let whole) = transfer.json else { return #expect(Bool(false)) }
    #expect(whole.members.count == 10)
    for member in whole.members {
      var part = whole
      part[member.name] = nil
      #expect(Transfer(json: .object(part)) == nil, "without \(member.name)")
      part[member.name] = .bool(true)
      #expect(Transfer(json: .object(part)) == nil, "with a wrong \(member.name)")
    }
  }

  @Test func refusesAnOptionalMemberOfAWrongType() {
    var object = Product(id: 1, name: "a").json.object ?? [:]
    object["barcode"] = .int(4)
    #expect(Product(json: .object(object)) == nil)
    object["barcode"] = "4"
    #expect(Product(json: .object(object))?.barcode == "4")
  }

  @Test func refusesAConfirmationOfTwoTargets() {
    var random = RandomOrders(seed: 5)
    var object = random.confirmation().json.object ?? [:]
    object["transfer"] = .int(1)
    object["remainder_of"] = "u"
    #expect(Confirmation(json: .object(object)) == nil)
    object["remainder_of"] = nil
    #expect(Confirmation(json: .object(object))?.target == .transfer(1))
  }
}
