/// What this agent needs of an Odoo of one version, field by field.
///
/// The names are those that `OdooFields` and `MirrorSchema` ask for, so the contract cannot fall
/// behind them; types and values are added where something depends on them.
public struct OdooContract: Sendable {
  /// The server's version.
  public let version: OdooVersion
  /// What is needed, model by model.
  let needs: [Need]
  /// The models to ask for, those first without which nothing can be sent.
  public let models: [String]

  /// One field that is needed.
  struct Need: Hashable, Sendable {
    /// The field's model.
    var model: String
    /// Its name.
    var field: String
    /// What stops without it.
    var use: Use
  }

  /// What stops without a field.
  enum Use: Int, Hashable, Sendable {
    /// Nothing can be sent.
    case sending
    /// The copy of Odoo's transfers is not refreshed; the floor works with an ageing one.
    case copying
    /// A detail is left out.
    case detail
  }

  /// The contract of a version.
  public init(version: OdooVersion) {
    self.version = version
    let fields = OdooFields(version: version)
    var needs: [Need] = []
    var seen: Set<Need> = []
    func add(_ model: String, _ names: [String], _ use: Use) {
      for name in names where name != "id" {
        let isKnown = Use.upTo(use).contains {
          seen.contains(Need(model: model, field: name, use: $0))
        }
        guard !isKnown else { continue }
        let need = Need(model: model, field: name, use: use)
        seen.insert(need)
        needs.append(need)
      }
    }
    for (model, names) in fields.required { add(model, names, .sending) }
    let core = MirrorSchema.least(of: version.major)
    let whole = MirrorSchema.most(of: version.major)
    for (model, names) in core.everything { add(model, names, .copying) }
    for (model, names) in fields.optional { add(model, names, .detail) }
    for (model, names) in whole.everything { add(model, names, .detail) }
    self.needs = needs
    var models: [String] = []
    for need in needs where !models.contains(need.model) { models.append(need.model) }
    self.models = models
  }

  /// The models without which nothing can be sent.
  public var sendingModels: [String] {
    models.filter { model in needs.contains { $0.model == model && $0.use == .sending } }
  }
}

extension OdooContract.Use {
  /// This use and the graver ones.
  static func upTo(_ use: Self) -> [Self] { (0...use.rawValue).compactMap(Self.init(rawValue:)) }
}

extension MirrorSchema {
  /// What is read of every Odoo of a version.
  static func least(of major: Int) -> MirrorSchema {
    let bare: [String: Set<String>] = MirrorSchema(major: major, known: [:]).everything.reduce(
      into: [:]
    ) { $0[$1.model] = ["id"] }
    return MirrorSchema(major: major, known: bare)
  }

  /// What is read of an Odoo of a version that has all that is understood.
  static func most(of major: Int) -> MirrorSchema {
    let group = major >= 19 ? "reference_ids" : "group_id"
    var known: [String: Set<String>] = [
      "stock.picking": [group, "batch_id", "carrier_id"], "stock.lot": ["expiration_date"],
    ]
    let plain = MirrorSchema(major: major, known: [:])
    for (model, names) in plain.everything where known[model] == nil { known[model] = Set(names) }
    return MirrorSchema(major: major, known: known)
  }

  /// Everything that is read, by model.
  var everything: [(model: String, fields: [String])] {
    let sources = TransferSource.allCases.map { (model: model($0), fields: fields($0)) }
    let tables = MirrorTable.allCases.map { (model: model($0), fields: fields($0)) }
    return sources + tables + [
      ("stock.warehouse", warehouseFields),
      ("stock.picking.type", typeFields), ("uom.uom", unitFields),
      ("res.company", ["nomenclature_id"]), ("barcode.nomenclature", nomenclatureFields),
      ("barcode.rule", ruleFields),
    ]
  }
}
