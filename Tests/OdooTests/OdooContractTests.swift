import Barcodes
import JSON
import Testing

@testable import Odoo

@Suite("The contract with Odoo")
struct OdooContractTests {
  /// An Odoo that keeps the contract of its version.
  private func whole(_ version: OdooVersion) -> OdooSchema {
    let contract = OdooContract(version: version)
    var schema = OdooSchema()
    for model in contract.models {
      let fields = contract.needs.filter { $0.model == model }.map { need -> (String, JSON) in
        let values = JSON.array(need.values.map { [.string($0), .string("label")] })
        var field: JSONObject = ["type": .string(need.types.min() ?? "char")]
        if !need.values.isEmpty { field["selection"] = values }
        if need.field == "quantity" { field["digits"] = [16, 2] }
        return (need.field, .object(field))
      }
      schema.learn(model, .object(fields.reduce(into: JSONObject()) { $0[$1.0] = $1.1 }))
    }
    return schema
  }

  /// The same without or with another field.
  private func whole(
    _ version: OdooVersion,
    _ model: String,
    _ field: String,
    _ new: OdooSchema.Field?
  ) -> OdooSchema {
    let whole = whole(version)
    var changed = OdooSchema()
    for (name, fields) in whole.models {
      var fields = fields
      if name == model { fields[field] = new }
      changed.learn(name, fields)
    }
    return changed
  }

  private static let versions = [17, 18, 19].map { OdooVersion(major: $0) }

  @Test("an Odoo that has everything is fit", arguments: versions)
  func isFit(version: OdooVersion) {
    #expect(OdooContract(version: version).problems(in: whole(version)).isEmpty)
  }

  @Test("each field that sending needs is missed", arguments: versions)
  func missesEachRequiredField(version: OdooVersion) {
    let contract = OdooContract(version: version)
    for (model, fields) in OdooFields(version: version).required {
      for field in fields {
        let problems = contract.problems(in: whole(version, model, field, nil))
        #expect(problems.map(\.effect) == [.stopsSending], "\(model).\(field)")
        #expect(problems.first?.sentence.contains("\(model).\(field)") == true)
        #expect(problems.first?.hint.isEmpty == false)
      }
    }
  }

  @Test("a field that only the copy needs stops the copy, not the sending")
  func copyOnly() {
    let version = OdooVersion(major: 18)
    let contract = OdooContract(version: version)
    for (model, field) in [("stock.location", "usage"), ("stock.picking", "scheduled_date")] {
      let problems = contract.problems(in: whole(version, model, field, nil))
      #expect(problems.map(\.effect) == [.stopsCopying], "\(model).\(field)")
    }
  }

  @Test("what comes with a module only warns, where it leaves something out")
  func moduleFields() {
    let version = OdooVersion(major: 18)
    let contract = OdooContract(version: version)
    let without = contract.problems(
      in: whole(version, "stock.picking", "carrier_tracking_ref", nil)
    )
    #expect(without.map(\.effect) == [.warns])
    #expect(without.first?.sentence.contains("tracking numbers") == true)
    #expect(without.first?.hint.contains("stock_delivery") == true)
    // A site without batches needs no word about them.
    #expect(contract.problems(in: whole(version, "stock.picking", "batch_id", nil)).isEmpty)
  }

  @Test("another type, and a value that is gone, are noticed")
  func changedShapes() {
    let version = OdooVersion(major: 17)
    let contract = OdooContract(version: version)
    let text = OdooSchema.Field(type: "char")
    let retyped = contract.problems(in: whole(version, "stock.move.line", "quantity", text))
    #expect(retyped.map(\.effect) == [.stopsSending])
    #expect(retyped.first?.sentence.contains("char") == true)
    let fewer = OdooSchema.Field(type: "selection", values: ["draft", "assigned", "cancel"])
    let gone = contract.problems(in: whole(version, "stock.picking", "state", fewer))
    #expect(gone.first?.sentence.contains("waiting, confirmed, done") == true)
    let more = OdooSchema.Field(
      type: "selection",
      values: ["draft", "waiting", "confirmed", "assigned", "signed", "done", "cancel"]
    )
    #expect(contract.problems(in: whole(version, "stock.picking", "state", more)).isEmpty)
  }

  @Test("a whole model that is gone is one problem, not one for each field")
  func missingModel() {
    let version = OdooVersion(major: 18)
    var schema = whole(version)
    schema.learnAbsence(of: "stock.move.line")
    let problems = OdooContract(version: version).problems(in: schema)
    #expect(problems.count == 1 && problems.first?.effect == .stopsSending)
    schema = whole(version)
    schema.learnAbsence(of: "stock.package.type")
    #expect(OdooContract(version: version).problems(in: schema).isEmpty)
  }

  @Test(
    "a version that nobody has tried warns, and no more than that",
    arguments: [
      (OdooVersion(major: 19), false), (OdooVersion(major: 20), true),
      (OdooVersion(major: 18, minor: 2, isOnline: true), true),
      (OdooVersion(major: 19, minor: 1, isOnline: true), true),
    ]
  )
  func untried(version: OdooVersion, warns: Bool) {
    let problems = OdooContract(version: version).problems(in: whole(version))
    #expect(problems.map(\.effect) == (warns ? [.warns] : []))
    #expect(version.isTried == !warns)
    // It is not excused from the contract.
    let broken = whole(version, "stock.picking", "state", nil)
    let effects = OdooContract(version: version).problems(in: broken).map(\.effect)
    #expect(effects.contains(.stopsSending))
  }

  @Test("tells what has changed since")
  func tellsChanges() throws {
    let (old, new) = (OdooVersion(major: 17), OdooVersion(major: 18))
    func memory(_ version: OdooVersion, _ schema: OdooSchema) -> ContractMemory {
      ContractMemory(OdooContract(version: version), schema)
    }
    let before = memory(old, whole(old))
    #expect(before.changes(since: before).isEmpty)
    #expect(
      memory(new, whole(new)).changes(since: before)
        == ["Odoo was changed from version 17.0 to 18.0."]
    )
    let lost = memory(old, whole(old, "stock.picking", "batch_id", nil))
    #expect(lost.changes(since: before).first?.contains("stock_picking_batch") == true)
    #expect(before.changes(since: lost) == ["Odoo got the field stock.picking.batch_id."])
    let finer = OdooSchema.Field(type: "float", decimals: 3)
    let changed = memory(old, whole(old, "stock.move.line", "quantity", finer))
    #expect(
      changed.changes(since: before)
        == ["Odoo keeps 3 decimals of stock.move.line.quantity now; it kept 2."]
    )
    let kept = try JSON.parse(before.json.text)
    #expect(ContractMemory(kept) == before)
  }

  @Test("models that were not asked for are neither missing nor changed")
  func partialLook() {
    let version = OdooVersion(major: 18)
    let contract = OdooContract(version: version)
    var part = OdooSchema()
    for model in contract.sendingModels { part.learn(model, whole(version).models[model] ?? [:]) }
    #expect(contract.problems(in: part).isEmpty)
    let before = ContractMemory(contract, whole(version))
    #expect(ContractMemory(contract, part, last: before) == before)
  }

  @Test("the recorded fields are understood", .enabled(if: Recordings.present))
  func readsRecordedFields() throws {
    for version in ["17.0", "18.0", "19.0"] {
      let all = try Recordings.exchanges("\(version)/40-master-data")
      let step = try #require(all.first { $0.name.hasPrefix("decimal precision") })
      let answer = try OdooAnswer.decode(step.outcome, as: .jsonRPC).get()
      var schema = OdooSchema()
      schema.learn("stock.move.line", answer)
      #expect(
        schema.field("quantity", of: "stock.move.line")
          == OdooSchema.Field(type: "float", decimals: 2)
      )
    }
  }

  @Test(
    "real servers keep the contract of transfers",
    .enabled(if: Recordings.present),
    arguments: versions
  )
  func realServersAreFit(version: OdooVersion) throws {
    let all = try Recordings.exchanges("\(version)/40-master-data")
    let step = try #require(all.first { $0.name.hasPrefix("fields_get of stock.picking") })
    var schema = OdooSchema()
    schema.learn("stock.picking", try OdooAnswer.decode(step.outcome, as: .jsonRPC).get())
    #expect(OdooContract(version: version).problems(in: schema).isEmpty)
  }

  @Test(
    "Odoo's own barcode rules do not hide each other",
    .enabled(if: Recordings.present),
    arguments: versions
  )
  func ownRulesDoNotClash(version: OdooVersion) throws {
    let all = try Recordings.exchanges("\(version)/40-master-data")
    func rows(_ name: String) throws -> [JSON] {
      let step = try #require(all.first { $0.name == name })
      return try OdooAnswer.decode(step.outcome, as: .jsonRPC).get().array ?? []
    }
    let rules = try rows("rules")
    for head in try rows("nomenclatures") {
      let own = rules.filter { $0["barcode_nomenclature_id"]?[0] == head["id"] }
      let nomenclature = try #require(OdooNomenclature.read(head, rules: own))
      #expect(nomenclature.clashes.isEmpty, "\(nomenclature.name)")
      #expect(nomenclature.unusable.isEmpty, "\(nomenclature.unusable)")
    }
  }
}

extension OdooSchema {
  /// Takes fields as they are.
  fileprivate mutating func learn(_ model: String, _ fields: [String: Field]) {
    let json = fields.reduce(into: JSONObject()) { object, member in
      var field: JSONObject = ["type": .string(member.value.type)]
      field["selection"] = .array(member.value.values.map { [.string($0), "label"] })
      if let decimals = member.value.decimals { field["digits"] = [16, .int(decimals)] }
      object[member.key] = .object(field)
    }
    learn(model, .object(json))
  }
}

@Suite("The end of an API key")
struct KeyExpiryTests {
  /// 2026-11-24 12:00:00 UTC.
  private let now: Int64 = 1_795_521_600

  private func ending(_ dates: String?...) -> [KeyExpiry.Ending] {
    let rows = dates.enumerated().map { index, date -> JSON in
      ["id": .int(index), "name": .string("key \(index)"), "expiration_date": .text(date)]
    }
    return KeyExpiry.ending(.array(rows), now: now)
  }

  @Test("is told two weeks before, and not earlier")
  func tellsInTime() {
    #expect(ending("2026-12-08 12:00:01").isEmpty)
    #expect(ending("2026-12-08 12:00:00").map(\.daysLeft) == [14])
    #expect(ending("2026-11-25 11:00:00").map(\.daysLeft) == [0])
    #expect(ending("2026-11-24 11:00:00").map(\.daysLeft) == [-1])
    #expect(ending(nil).isEmpty)
  }

  @Test("is told in words")
  func tellsInWords() throws {
    let one = try #require(ending("2026-11-30 12:00:00").first)
    #expect(one.problem.sentence.contains("expires in 6 days, on 2026-11-30"))
    #expect(!one.problem.sentence.contains("several"))
    #expect(one.problem.effect == .warns)
    let two = ending("2027-02-01 00:00:00", "2026-11-26 12:00:00")
    #expect(two.map(\.name) == ["key 1"])
    #expect(two.first?.problem.sentence.contains("several keys") == true)
  }

  @Test("is asked for where keys expire")
  func asks() {
    for (major, asks) in [(17, false), (18, true), (19, true)] {
      let session = OdooSession(
        database: "lab",
        uid: 8,
        key: Secret("k"),
        version: OdooVersion(major: major)
      )
      #expect((KeyExpiry.question(session) != nil) == asks)
    }
  }
}
