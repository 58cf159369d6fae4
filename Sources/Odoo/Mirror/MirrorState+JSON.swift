internal import Floor
public import JSON

extension MirrorState {
  /// Grows when transfers are read that an earlier version did not read, or not whole: the mirror
  /// goes on with what it holds, and everything is read again at the next contact.
  private static let format = 2

  /// The state as one JSON object, to be kept with the mirror.
  public var json: JSON {
    var sourcesJSON = JSONObject()
    for source in TransferSource.allCases {
      guard let state = sources?[source] else { continue }
      let seen = state.seen.sorted { $0.key < $1.key }.map { id, row -> JSON in
        .array([.int(id), .int64(row.date), .int(row.settled ? 1 : 0)])
      }
      sourcesJSON[source.rawValue] = .array([
        .int64(state.watermark.floor), .int64(state.watermark.newest), .array(seen),
      ])
    }
    var tablesJSON = JSONObject()
    for table in MirrorTable.allCases {
      guard let state = tables[table] else { continue }
      tablesJSON[table.rawValue] = .array([
        .int64(state.watermark.floor), .int64(state.watermark.newest), .int(state.loading),
      ])
    }
    return .object([
      "format": .int(Self.format), "major": .int(major),
      "sources": sources == nil ? .null : .object(sourcesJSON),
      "open": .array(
        open.sorted { $0.key < $1.key }.map { .array([.int($0.key), .number(String($0.value))]) }
      ),
      "types": .array(types.values.sorted { $0.id < $1.id }.map(Self.json)),
      "ratios": .array(
        ratios.sorted { $0.key < $1.key }.map { unit, ratio in
          .array([.int(unit), .int64(ratio), .int64(roundings[unit] ?? 0)])
        }
      ),
      "tables": .object(tablesJSON),
    ])
  }

  /// A state from its own JSON; nil if it is of another format or broken, which costs a full load.
  public init?(json: JSON) {
    guard json["format"]?.int == Self.format, let major = json["major"]?.int,
      let open = json["open"]?.array, let types = json["types"]?.array,
      let ratios = json["ratios"]?.array, let tables = json["tables"]?.object
    else { return nil }
    self.init(major: major)
    if let members = json["sources"]?.object {
      var read: [TransferSource: SourceState] = [:]
      for source in TransferSource.allCases {
        guard let json = members[source.rawValue], let state = SourceState(json: json) else {
          return nil
        }
        read[source] = state
      }
      sources = read
    }
    for pair in open {
      guard let id = pair[0]?.int, let text = pair[1]?.number, let print = UInt64(text) else {
        return nil
      }
      self.open[id] = print
    }
    for json in types {
      guard let type = Self.operationType(json) else { return nil }
      self.types[type.id] = type
    }
    for pair in ratios {
      guard let id = pair[0]?.int, let ratio = pair[1]?.int64 else { return nil }
      self.ratios[id] = ratio
      roundings[id] = pair[2]?.int64
    }
    for member in tables.members {
      guard let table = MirrorTable(rawValue: member.name),
        let watermark = Watermark(json: member.value)
      else { return nil }
      self.tables[table] = TableState(watermark: watermark, loading: member.value[2]?.int)
    }
  }

  private static func json(_ type: Mirrored.OperationType) -> JSON {
    .array([
      .int(type.id), .string(type.name), .text(type.barcode), .string(type.step.rawValue),
      .int(type.warehouse),
    ])
  }

  private static func operationType(_ json: JSON) -> Mirrored.OperationType? {
    guard let id = json[0]?.int, let name = json[1]?.string,
      let step = json[3]?.string.flatMap(Transfer.Step.init(rawValue:)),
      let warehouse = json[4]?.int
    else { return nil }
    return Mirrored.OperationType(
      id: id,
      name: name,
      barcode: json[2]?.string,
      step: step,
      warehouse: warehouse
    )
  }
}

extension SourceState {
  fileprivate init?(json: JSON) {
    guard let watermark = Watermark(json: json), let rows = json[2]?.array else { return nil }
    self.init(watermark: watermark)
    for row in rows {
      guard let id = row[0]?.int, let date = row[1]?.int64, let settled = row[2]?.int else {
        return nil
      }
      seen[id] = SeenRow(date: date, settled: settled == 1)
    }
  }
}

extension Watermark {
  fileprivate init?(json: JSON) {
    guard let floor = json[0]?.int64, let newest = json[1]?.int64 else { return nil }
    self.init(floor: floor, newest: newest)
  }
}

extension JSON {
  fileprivate var int64: Int64? { number.flatMap { Int64($0) } }
}
