package import Ledger

extension MemoryTransaction {
  package func hold(_ copies: [HeldCopy]) throws {
    try session.beginWrite()
    for copy in copies {
      var newer = copy
      if let former = session.contents.held[copy.id]?[copy.sender] {
        newer.since = former.since
        forget(former)
      }
      session.set(\.held, copy.id, (session.contents.held[copy.id] ?? [:]).adding(newer))
      count(copy.sender, newer.byteCount)
      for object in copy.missing {
        session.set(
          \.waiting, object, (session.contents.waiting[object] ?? []).union([copy.id]))
      }
    }
  }

  private func count(_ sender: AgencyCode, _ bytes: Int) {
    session.set(\.heldBytes, sender, (session.contents.heldBytes[sender] ?? 0) + bytes)
  }

  private func forget(_ copy: HeldCopy) {
    count(copy.sender, -copy.byteCount)
    var left = session.contents.held[copy.id] ?? [:]
    left[copy.sender] = nil
    session.set(\.held, copy.id, left.isEmpty ? nil : left)
    for object in copy.missing
    where !left.values.contains(where: { $0.missing.contains(object) }) {
      var waiting = session.contents.waiting[object] ?? []
      waiting.remove(copy.id)
      session.set(\.waiting, object, waiting.isEmpty ? nil : waiting)
    }
  }

  package func heldCopies(_ ids: [ChangeSetID]) throws -> [HeldCopy] {
    Set(ids).sorted().flatMap { id in
      (session.contents.held[id] ?? [:]).values.sorted { $0.sender < $1.sender }
    }
  }

  package func heldExclusions(
    in dossiers: [DossierID]
  ) throws -> [DossierID: Set<HeldExclusion>] {
    let wanted = Set(dossiers)
    var result: [DossierID: Set<HeldExclusion>] = [:]
    for copy in session.contents.held.values.flatMap(\.values) {
      guard let origin = copy.origin, wanted.contains(origin.dossier) else { continue }
      for agency in copy.excludes {
        result[origin.dossier, default: []].insert(
          HeldExclusion(author: origin.author, agency: agency))
      }
    }
    return result
  }

  package func held(writtenBy agencies: [AgencyCode], limit: Int) throws -> [ChangeSetID] {
    let copies = session.contents.held.values.flatMap(\.values).filter { copy in
      copy.origin.map { agencies.contains($0.author) } ?? false
    }
    var turns: [ChangeSetID: Int] = [:]
    for (turn, copy) in Self.turns(copies) {
      turns[copy.id] = min(turns[copy.id] ?? turn, turn)
    }
    return turns.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(limit).map(\.key)
      .sorted()
  }

  /// Copies with their place among those of their sender, the oldest first.
  private static func turns(_ copies: [HeldCopy]) -> [(turn: Int, copy: HeldCopy)] {
    Dictionary(grouping: copies, by: \.sender).values.flatMap { copies in
      copies.sorted { ($0.since, $0.id) < ($1.since, $1.id) }.enumerated()
        .map { (turn: $0.offset, copy: $0.element) }
    }
  }

  package func held(awaiting objects: [ChangeSetID]) throws -> [ChangeSetID] {
    if session.mistake == .losesHeld { return [] }
    return objects.reduce(into: Set()) { $0.formUnion(session.contents.waiting[$1] ?? []) }.sorted()
  }

  package func heldNotices(limit: Int) throws -> [HeldNotice] {
    let ranked = Self.turns(session.contents.held.values.flatMap(\.values))
      .sorted { ($0.turn, $0.copy.sender) < ($1.turn, $1.copy.sender) }
    return ranked.prefix(limit).map(\.copy.notice)
  }

  package func release(_ ids: [ChangeSetID]) throws {
    try session.beginWrite()
    for copy in try heldCopies(ids) { forget(copy) }
  }

  package func heldBytes(from peer: AgencyCode) throws -> Int {
    session.contents.heldBytes[peer] ?? 0
  }

  package func quarantine(_ deliveries: [QuarantinedDelivery]) throws {
    try session.beginWrite()
    for delivery in deliveries {
      if let id = delivery.id, session.contents.rejected[id] == nil {
        session.set(\.rejected, id, delivery.reason)
      }
    }
    var kept = session.contents.quarantine + deliveries
    for sender in Set(deliveries.map(\.sender)).sorted() {
      var own = kept.filter { $0.sender == sender }
      var bytes = own.reduce(0) { $0 + $1.bytes.count }
      while bytes > Limits.quarantineBytesPerPeerMax || own.count > Limits.quarantinedPerPeerMax,
        let oldest = kept.firstIndex(where: { $0.sender == sender })
      {
        bytes -= kept.remove(at: oldest).bytes.count
        own.removeFirst()
      }
    }
    session.set(\.quarantine, kept)
  }

  package func rejected(_ ids: [ChangeSetID]) throws -> [ChangeSetID: RejectionReason] {
    var result: [ChangeSetID: RejectionReason] = [:]
    for id in ids { result[id] = session.contents.rejected[id] }
    return result
  }

  package func quarantined(limit: Int) throws -> [QuarantinedDelivery] {
    Array(session.contents.quarantine.reversed().prefix(limit))
  }
}

extension [AgencyCode: HeldCopy] {
  fileprivate func adding(_ copy: HeldCopy) -> [AgencyCode: HeldCopy] {
    var result = self
    result[copy.sender] = copy
    return result
  }
}
