internal import JSON

/// One field of a model.
struct Field: Sendable {
  enum Kind: Equatable, Sendable {
    case char, text, html, binary, integer, boolean, date, datetime
    case float(digits: Bool)
    case selection([String])
    case many2one(String)
    case one2many(String, inverse: String)
    case many2many(String)
  }

  let name: String
  let kind: Kind
  var required = false
  var readonly = false
  /// Computed on reading, never written.
  var computed = false
  /// Followed on reading: the value at the end of this path.
  var related: [String] = []

  var typeName: String {
    switch kind {
    case .char: "char"
    case .text: "text"
    case .html: "html"
    case .binary: "binary"
    case .integer: "integer"
    case .boolean: "boolean"
    case .date: "date"
    case .datetime: "datetime"
    case .float: "float"
    case .selection: "selection"
    case .many2one: "many2one"
    case .one2many: "one2many"
    case .many2many: "many2many"
    }
  }

  var relation: String? {
    switch kind {
    case .many2one(let model), .one2many(let model, _), .many2many(let model): model
    default: nil
    }
  }

  /// `quantity` becomes `Quantity`, `lot_id` becomes `Lot`.
  var title: String {
    if let title = Self.titles[name] { return title }
    var words = name.split(separator: "_").map(String.init)
    if words.count > 1, words.last == "id" || words.last == "ids" { words.removeLast() }
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
  }
}

extension Field {
  private static let titles = [
    "location_id": "Source Location", "location_dest_id": "Destination Location",
  ]
}

/// One model with its fields.
struct Model: Sendable {
  let name: String
  let title: String
  let order: String
  private(set) var fields: [String: Field]
  /// The names in the order of declaration.
  private(set) var names: [String]
  let indexed: [String]

  /// Reads the declaration of a model: one field a line, `name type [relation [inverse]] [marks]`.
  ///
  /// Marks are `required`, `readonly`, `computed`, `index`, a version (`@17` only there, `@18+`
  /// from there on, `@-18` up to there), and `+module` for a field that comes with a module. A
  /// `related` field names its path instead of a relation.
  init(
    _ name: String,
    _ title: String,
    order: String,
    version: OdooVersion,
    without absent: Set<SimulatorModule> = [],
    _ text: String
  ) {
    self.name = name
    self.title = title
    self.order = order
    var fields: [String: Field] = [:]
    var names: [String] = []
    var indexed: [String] = []
    let common = """
      id integer readonly
      display_name char computed
      create_uid many2one res.users readonly
      create_date datetime readonly
      write_uid many2one res.users readonly
      write_date datetime readonly
      """
    for line in (common + "\n" + text).split(separator: "\n") {
      var words = line.split(separator: " ").map(String.init)
      guard words.count >= 2 else { continue }
      let marks = Set(
        words.filter { Self.marks.contains($0) || $0.hasPrefix("@") || $0.hasPrefix("+") }
      )
      words.removeAll { marks.contains($0) }
      guard Self.applies(marks, to: version) else { continue }
      guard !absent.contains(where: { marks.contains("+\($0.rawValue)") }) else { continue }
      var field = Field(name: words[0], kind: Self.kind(words))
      field.required = marks.contains("required")
      field.readonly = marks.contains("readonly") || marks.contains("computed")
      field.computed = marks.contains("computed")
      if let path = words.last, path.hasPrefix("<") {
        field.related = path.dropFirst().split(separator: ".").map(String.init)
        field.readonly = true
      }
      if marks.contains("index") { indexed.append(field.name) }
      if fields[field.name] == nil { names.append(field.name) }
      fields[field.name] = field
    }
    self.fields = fields
    self.names = names
    self.indexed = indexed
  }

  /// Takes a field away, as when its module is uninstalled.
  mutating func remove(_ field: String) {
    fields[field] = nil
    names.removeAll { $0 == field }
  }

  /// Gives a field another type.
  mutating func retype(_ field: String, _ type: String) {
    guard let old = fields[field] else { return }
    var new = Field(name: field, kind: Self.kind([field, type]))
    new.required = old.required
    new.readonly = old.readonly
    new.computed = old.computed
    new.related = old.related
    fields[field] = new
  }

  private static let marks: Set<String> = ["required", "readonly", "computed", "index"]

  private static func applies(_ marks: Set<String>, to version: OdooVersion) -> Bool {
    guard let mark = marks.first(where: { $0.hasPrefix("@") })?.dropFirst() else { return true }
    if mark.hasPrefix("-") { return version.rawValue <= Int(mark.dropFirst()) ?? 0 }
    if mark.hasSuffix("+") { return version.rawValue >= Int(mark.dropLast()) ?? 0 }
    return version.rawValue == Int(mark)
  }

  private static func kind(_ words: [String]) -> Field.Kind {
    let relation = words.count > 2 ? words[2] : ""
    switch words[1] {
    case "text": return .text
    case "html": return .html
    case "binary": return .binary
    case "integer": return .integer
    case "boolean": return .boolean
    case "date": return .date
    case "datetime": return .datetime
    case "float": return .float(digits: false)
    case "quantity": return .float(digits: true)
    case "selection": return .selection(relation.split(separator: "|").map(String.init))
    case "many2one": return .many2one(relation)
    case "one2many": return .one2many(relation, inverse: words.count > 3 ? words[3] : "")
    case "many2many": return .many2many(relation)
    default: return .char
    }
  }
}
