import Ledger

extension Reconciliation {
  /// Takes or fetches what is missing here, and queues what is missing there.
  func repair<S: Store>(
    _ found: ChainDifferences, over store: S, _ run: inout Run, _ now: () -> Timestamp,
    _ ask: (Question) async throws -> [UInt8]
  ) async throws {
    var missing = found.onlyRemote.sorted().map(\.id)
    var questions = 0
    while !missing.isEmpty, questions < Limits.reconcileFetchesMax {
      let batch = Array(missing.prefix(Limits.fetchIDsMax))
      var deliveries = run.takeFetched(batch)
      if deliveries.isEmpty {
        questions += 1
        deliveries = try await fetch(FetchRequest(ids: batch), &run, ask).deliveries
      }
      guard !deliveries.isEmpty else { break }
      let taken = try await store.write(
        TakeFetched(peer: peer, deliveries: deliveries, now: now()))
      settled(taken)
      run.report.repaired += taken.stored
      let came = Set(deliveries.compactMap { $0.received?.id })
      missing.removeAll { came.contains($0) }
      let more = taken.wanted.filter { !came.contains($0) && !missing.contains($0) }
      missing = more + missing
    }
    let lacking = found.onlyLocal.filter { !found.inFlight.contains($0.id) }
    if !lacking.isEmpty {
      let count = try await store.write(QueueForRepair(peer: peer, entries: Array(lacking)))
      if count > 0 { settled(TakenFetch(queuedFor: peer)) }
      run.report.repaired += count
    }
  }

  /// Fetches parts that their authors have opened and that have not come: heads say nothing of
  /// them, so no comparison finds them.
  func fetchLacking<S: Store>(
    over store: S, _ run: inout Run, _ now: () -> Timestamp,
    _ ask: (Question) async throws -> [UInt8]
  ) async throws {
    let list = ListLacking(peers: [peer], dossier: dossier)
    guard let question = try await store.read(list).first else { return }
    let answer = try await fetch(question.request, &run, ask)
    guard !answer.deliveries.isEmpty else { return }
    settled(
      try await store.write(
        TakeFetched(peer: peer, deliveries: answer.deliveries, now: now())))
    let left = Set(try await store.read(list).first?.request.ids ?? [])
    run.report.repaired += question.request.ids.count { !left.contains($0) }
  }

  /// What a repair would do: the same works in transactions that are undone.
  ///
  /// A copy whose ancestors come with an earlier answer needs them in its transaction, so every
  /// rehearsal takes all that has come, up to `Limits.rehearsedBytesMax`; what is beyond is not
  /// rehearsed, and an error of the report says so.
  func rehearse<S: Store>(
    _ found: ChainDifferences, over store: S, _ run: inout Run, _ now: () -> Timestamp,
    _ ask: (Question) async throws -> [UInt8]
  ) async throws {
    var missing = found.onlyRemote.sorted().map(\.id)
    var deliveries: [Delivery] = []
    var (stored, bytes, questions) = (0, run.report.bytes, 0)
    while !missing.isEmpty, questions < Limits.reconcileFetchesMax {
      guard run.report.bytes - bytes <= Limits.rehearsedBytesMax else {
        run.report.errors.append(.notRehearsed(missing.count))
        break
      }
      questions += 1
      let batch = Array(missing.prefix(Limits.fetchIDsMax))
      let answer = try await fetch(FetchRequest(ids: batch), &run, ask)
      guard !answer.deliveries.isEmpty else { break }
      deliveries += answer.deliveries
      let taken = try await store.rehearse(
        TakeFetched(peer: peer, deliveries: deliveries, now: now()))
      stored = taken.stored
      let came = Set(deliveries.compactMap { $0.received?.id })
      missing.removeAll { came.contains($0) }
      let more = taken.wanted.filter { !came.contains($0) && !missing.contains($0) }
      missing = more + missing
    }
    run.report.repaired += stored
    let lacking = found.onlyLocal.filter { !found.inFlight.contains($0.id) }
    if !lacking.isEmpty {
      run.report.repaired += try await store.rehearse(
        QueueForRepair(peer: peer, entries: Array(lacking)))
    }
  }
}

extension Reconciliation.Run {
  /// Keeps what was fetched: whole as long as there is room, then the headers alone, which tell
  /// what differs; a repair fetches the rest again.
  mutating func keep(_ deliveries: [Delivery]) {
    for var received in deliveries.compactMap(\.received)
    where received.header != nil && fetched[received.id] == nil {
      room.headers -= received.headerBytes.count + Limits.comparedHeaderBytesMin
      guard room.headers >= 0 else { return isTooMuch() }
      let bytes = received.parts.values.reduce(0) { $0 + $1.content.count }
      if bytes <= room.parts {
        room.parts -= bytes
      } else {
        (received.parts, received.proof) = ([:], nil)
      }
      fetched[received.id] = received
    }
  }

  /// What was fetched of these before, once each and as much as one answer would bring.
  mutating func takeFetched(_ ids: [ChangeSetID]) -> [Delivery] {
    var deliveries: [Delivery] = []
    var room = Limits.pageBytesMax
    for id in ids {
      guard let received = fetched[id], received.parts[0] != nil else { continue }
      let delivery = Delivery(number: 0, content: .changeSet(received))
      room -= delivery.wireBytes
      guard deliveries.isEmpty || room >= 0 else { break }
      fetched[id] = nil
      deliveries.append(delivery)
    }
    return deliveries
  }
}

extension ChainDifferences {
  var ids: Set<ChangeSetID> { Set(onlyLocal.map(\.id)).union(onlyRemote.map(\.id)) }

  var count: Int { onlyLocal.count + onlyRemote.count }

  var isEmpty: Bool { onlyLocal.isEmpty && onlyRemote.isEmpty }

  /// Only what a plan names, as far as it still differs in the way that the plan says; the rest of
  /// the plan is skipped.
  func limited(
    to planned: [ReconcileReport.Planned]
  ) -> (chosen: ChainDifferences, skipped: [ReconcileReport.Planned]) {
    let here = Dictionary(onlyLocal.map { ($0.id, $0) }) { first, _ in first }
    let there = Dictionary(onlyRemote.map { ($0.id, $0) }) { first, _ in first }
    var chosen = ChainDifferences()
    var skipped: [ReconcileReport.Planned] = []
    for one in planned {
      if one.side != .there, let entry = here[one.id] {
        chosen.onlyLocal.insert(entry)
      } else if one.side != .here, let entry = there[one.id] {
        chosen.onlyRemote.insert(entry)
      } else {
        skipped.append(one)
      }
    }
    chosen.inFlight = inFlight.intersection(chosen.ids)
    return (chosen, skipped)
  }
}
