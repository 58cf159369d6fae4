internal import Floor
internal import Journal

extension Intake {
  /// Takes one message into the open batch.
  func take(
    _ message: InboundMessage,
    _ lookup: FloorLookup<Mirror>,
    _ stamp: Stamp,
    _ outcome: inout BatchOutcome
  ) throws(SQLiteError) {
    outcome.messages += 1
    countDelivery()
    let arrival = Arrival(message, hash: EventHash(message.payload).value, stamp: stamp)
    if message.isRetained {
      // A retained message is an old state, not a scan: it is kept, and nobody is answered.
      let rejection = Rejection(
        code: .retained,
        reason: "The message was retained. Expected events without the retain flag: "
          + "switch it off on the device.",
        device: nil
      )
      return try reject(rejection, arrival, lookup, &outcome)
    }
    guard message.payload.count <= settings.payloadLimit else {
      let source = profiles.source(ofTopic: message.topic)
      let rejection = Rejection(
        code: .tooLarge,
        reason: "The payload has \(message.payload.count) bytes. Expected at most "
          + "\(settings.payloadLimit).",
        device: source?.device,
        profile: source?.profile
      )
      return try reject(rejection, arrival, lookup, &outcome)
    }
    switch profiles.decode(topic: message.topic, payload: message.payload) {
    case .ignored: outcome.ignored += 1
    case .rejected(let rejection): try reject(rejection, arrival, lookup, &outcome)
    case .events(let events):
      for (index, event) in events.enumerated() {
        try take(event, part: events.count > 1 ? index : nil, arrival, lookup, &outcome)
      }
    }
  }

  private func take(
    _ event: DecodedEvent,
    part: Int?,
    _ arrival: Arrival,
    _ lookup: FloorLookup<Mirror>,
    _ outcome: inout BatchOutcome
  ) throws(SQLiteError) {
    var arrival = arrival
    var key = event.identity.key(device: event.device, payloadHash: arrival.hash)
    if forgetsEvents { key = nil }
    if let part {
      // Several events of one message share its id and its packet.
      key = key.map { "\($0)#\(part)" }
      arrival.hash = arrival.hash &+ UInt64(part)
    }
    if let key, let known = try journal.event(key: key) {
      guard known.hash == arrival.hash else {
        let rejection = Rejection(
          code: .idConflict,
          reason: "The id was used before with another payload (event \(known.sequence)). "
            + "Expected a new id for each event.",
          device: event.device,
          profile: event.profile,
          id: event.identity.id
        )
        return try reject(rejection, arrival, lookup, &outcome)
      }
      // Hazard `stale-beep`: when the broker delivers again, the answer has been sent, or is too
      // old, or still waits. A device that sends again does so under a new packet identifier.
      guard repeated(arrival.delivery) == nil else {
        outcome.repeats += 1
        return try journal.noteRepeat(of: known.sequence)
      }
      return try answerAgain(known, event.device, event.profile, &outcome)
    }
    if key == nil, !forgetsEvents, let sequence = repeated(arrival.delivery) {
      // Only the broker can repeat an event without an id: not answered again, as above.
      outcome.repeats += 1
      return try journal.noteRepeat(of: sequence)
    }
    guard let station = station(of: event.device) else {
      let rejection = Rejection(
        code: .unknownDevice,
        reason: "Device \(event.device) belongs to no station. Add it to one in the "
          + "configuration.",
        device: event.device,
        profile: event.profile,
        id: event.identity.id
      )
      return try reject(rejection, arrival, lookup, &outcome)
    }
    try judge(event, key: key, at: station, arrival, lookup, &outcome)
  }

  private func judge(
    _ event: DecodedEvent,
    key: String?,
    at station: String,
    _ arrival: Arrival,
    _ lookup: FloorLookup<Mirror>,
    _ outcome: inout BatchOutcome
  ) throws(SQLiteError) {
    let judgement =
      key == nil && isDoubtful
      ? floor.refuseDoubtful(at: station, lookup: lookup)
      : floor.judge(
        event.body,
        at: station,
        lookup: lookup,
        moment: Moment(
          monotonic: arrival.stamp.monotonic,
          wall: provenTime(arrival.stamp),
          makeUUID: makeUUID
        )
      )
    let row = EventRow(
      id: event.identity.id,
      key: key,
      hash: arrival.hash,
      topic: arrival.message.topic,
      device: event.device,
      station: station,
      profile: event.profile,
      kind: event.kind,
      deviceTime: event.identity.time,
      payload: arrival.message.payload,
      size: arrival.message.payload.count,
      generation: generation,
      packetID: arrival.message.packetID,
      transfer: judgement.transfer,
      verdict: judgement.verdict
    )
    let sequence = try journal.append(row, arrival.stamp)
    for confirmation in judgement.confirmations {
      outcome.closed.append(
        try journal.add(confirmation, at: station, by: sequence, arrival.stamp)
      )
    }
    for count in judgement.counts {
      let entry = try journal.add(
        count,
        at: station,
        by: sequence,
        held: heldGoods(),
        isProven: provenTime(arrival.stamp) != nil,
        arrival.stamp
      )
      outcome.closed.append(entry)
    }
    try keep(judgement, by: sequence)
    outcome.events += 1
    outcome.answers.append(
      Answer(
        sequence: sequence,
        eventID: row.id ?? Journal.answerID(sequence),
        device: event.device,
        profile: event.profile,
        verdict: judgement.verdict,
        isRepeat: false
      )
    )
  }

  private func answerAgain(
    _ known: KnownEvent,
    _ device: String,
    _ profile: String,
    _ outcome: inout BatchOutcome
  ) throws(SQLiteError) {
    try journal.noteRepeat(of: known.sequence)
    outcome.repeats += 1
    outcome.answers.append(
      Answer(
        sequence: known.sequence,
        eventID: known.id,
        device: device,
        profile: profile,
        verdict: known.verdict,
        isRepeat: true
      )
    )
  }

  /// Keeps a message that is no event, with its reason, and answers its device where it is known.
  private func reject(
    _ rejection: Rejection,
    _ arrival: Arrival,
    _ lookup: FloorLookup<Mirror>,
    _ outcome: inout BatchOutcome
  ) throws(SQLiteError) {
    if let sequence = repeated(arrival.delivery) {
      try journal.noteRepeat(of: sequence)
      outcome.repeats += 1
      return
    }
    let payload = arrival.message.payload
    let kept =
      payload.count <= settings.payloadLimit
      ? payload : Array(payload.prefix(IntakeSettings.keptOfLargePayload))
    let verdict = Verdict(
      signal: .bad,
      code: rejection.code,
      message: rejection.reason,
      mirrorAge: lookup.mirrorAge
    )
    let answers = arrival.message.isRetained ? nil : rejection.device
    let row = EventRow(
      id: rejection.id,
      key: nil,
      hash: arrival.hash,
      topic: arrival.message.topic,
      device: answers,
      station: nil,
      profile: rejection.profile,
      kind: nil,
      deviceTime: nil,
      payload: kept,
      size: payload.count,
      generation: generation,
      packetID: arrival.message.packetID,
      transfer: nil,
      verdict: verdict
    )
    let sequence = try journal.append(row, arrival.stamp)
    outcome.rejected += 1
    guard let device = answers else { return }
    outcome.answers.append(
      Answer(
        sequence: sequence,
        eventID: rejection.id ?? Journal.answerID(sequence),
        device: device,
        profile: rejection.profile ?? "",
        verdict: verdict,
        isRepeat: false
      )
    )
  }

  private func station(of device: String) -> String? {
    if let station = settings.stationOfDevice[device] { return station }
    guard settings.unassignedDevicesAreStations else { return nil }
    if unassigned.contains(device) { return device }
    guard unassigned.count < settings.deviceLimit else { return nil }
    unassigned.insert(device)
    return device
  }
}

/// A message on its way into the journal.
struct Arrival {
  let message: InboundMessage
  var hash: UInt64
  let stamp: Stamp

  init(_ message: InboundMessage, hash: UInt64, stamp: Stamp) {
    self.message = message
    self.hash = hash
    self.stamp = stamp
  }

  var delivery: Delivery {
    Delivery(packetID: message.packetID, topic: message.topic, hash: hash, sequence: 0)
  }
}
