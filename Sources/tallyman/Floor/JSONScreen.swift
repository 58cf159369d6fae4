internal import Floor
internal import JSON
internal import Rehearsal

/// A rehearsal for scripts: one JSON object for each line that says something.
struct JSONScreen: FloorScreen {
  func begin(_ warehouse: String) {}
  func prompt(_ station: String) {}
  func echo(_ line: String, at station: String) {}

  func fault(_ text: String, _ line: String) {
    Output.json(["input": .string(line), "fault": .string(text)])
  }

  func note(_ text: String) { Output.json(["note": .string(text)]) }

  func show(_ answer: FloorAnswer) {
    let judgement = answer.judgement
    var object: JSONObject = [
      "input": .string(answer.line), "station": .string(answer.station),
    ]
    object["verdict"] = judgement.verdict.json
    object["said"] = .string(answer.message)
    object["open"] = answer.board.json
    object["confirmations"] = .array(judgement.confirmations.map(\.json))
    object["counts"] = .array(judgement.counts.map(\.json))
    Output.json(.object(object))
  }

  func show(_ board: Board, at station: String) {
    Output.json(["station": .string(station), "open": board.json])
  }

  func list(_ lists: [CodeList]) {
    Output.json([
      "codes": .array(
        lists.flatMap(\.entries).map {
          ["code": .string($0.code), "meaning": .string($0.meaning)]
        }
      )
    ])
  }

  func help() { note("tallyman floor without --json explains its words.") }
}

extension StockCount {
  var json: JSON {
    [
      "uuid": .string(uuid), "location": location.json, "lines": .array(lines.map(\.json)),
    ]
  }
}

extension Board {
  var json: JSON {
    [
      "group": .text(group), "joined": .text(joined),
      "transfers": .array(transfers.map(\.json)), "count": count?.json ?? .null,
      "keyed": keyed?.json ?? .null,
    ]
  }
}

extension Board.OpenTransfer {
  var json: JSON {
    [
      "name": .string(name), "step": .string(step.rawValue), "standing": .string(standing.rawValue),
      "counted": counted.json, "left": left.json, "goods": .array(goods.map(\.json)),
      "packages": .array(packages.map(\.json)), "open_package": .text(openPackage),
      "awaiting_lot_of": .text(awaitingLot), "tracking": .text(tracking),
    ]
  }
}

extension Board.Goods {
  var json: JSON {
    [
      "product": .string(product), "product_id": .int(productID), "counted": counted.json,
      "demand": demand?.json ?? .null,
      "places": .array(
        places.map {
          [
            "quantity": $0.quantity.json, "lot": .text($0.lot), "package": .text($0.package),
          ]
        }
      ),
    ]
  }
}

extension Board.Package {
  var json: JSON {
    [
      "name": .string(name), "weight": weight?.json ?? .null, "type": .text(type),
      "parent": .text(parent),
    ]
  }
}

extension Board.Count {
  var json: JSON { ["location": .text(location), "goods": .array(goods.map(\.json))] }
}
