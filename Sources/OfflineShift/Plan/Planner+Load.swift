/// Loading parcels at the dock.
extension Planner {
  mutating func load(_ parcel: String, _ task: Task, at desk: Int) {
    guard var load = desks[desk].load else { return }
    let index =
      load.tallies.firstIndex { $0.task.order == task.order } ?? load.tallies.endIndex
    if index == load.tallies.endIndex { load.tallies.append(Tally(task: task)) }
    load.tallies[index].count(whole: parcel)
    load.parcels.append(parcel)
    desks[desk].load = load
    emit(
      desk,
      .code(Self.scanned(parcel)),
      .good("loaded"),
      about: "loads \(parcel) of \(orders[task.order].name)"
    )
  }

  /// The dock's barcode again, or validate, sends the truck off.
  mutating func closeLoad(at desk: Int) {
    guard let load = desks[desk].load, !load.tallies.isEmpty else { return }
    let content = Scan.Content.code(chances.happens(50) ? load.dock : "OBTVALI")
    if !load.tallies.allSatisfy(\.isComplete) {
      emit(desk, content, .confirm("confirm_incomplete"), about: "parcels are missing")
    }
    emit(desk, content, .good("load_closed"), about: "sends the truck off")
    desks[desk].load = nil
    for tally in load.tallies { close(tally, at: desk) }
  }
}
