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
      session.set(\.held[copy.id], (session.contents.held[copy.id] ?? [:]).adding(newer))
      count(copy.sender, newer.byteCount)
      for object in copy.missing {
        session.set(
          \.waiting[object], (session.contents.waiting[object] ?? []).union([copy.id]))
      }
    }
  }

  private func count(_ sender: AgencyCode, _ bytes: Int) {
    session.set(\.heldBytes[sender], (session.contents.heldBytes[sender] ?? 0) + bytes)
  }

  private func forget(_ copy: HeldCopy) {
    count(copy.sender, -copy.byteCount)
    var left = session.contents.held[copy.id] ?? [:]
    left[copy.sender] = nil
    session.set(\.held[copy.id], left.isEmpty ? nil : left)
    for object in copy.missing
    where !left.values.contains(where: { $0.missing.contains(object) }) {
      var waiting = session.contents.waiting[object] ?? []
      waiting.remove(copy.id)
      session.set(\.waiting[object], waiting.isEmpty ? nil : waiting)
    }
  }

  package func heldCopies(_ ids: [ChangeSetID]) throws -> [HeldCopy] {
    Set(ids).sorted().flatMap { id in
      (session.contents.held[id] ?? [:]).values.sorted { $0.sender < $1.sender }
    }
  }

  package func heldCopies(in dossiers: [DossierID]) throws -> [HeldCopy] {
    let wanted = Set(dossiers)
    let copies = session.contents.held.values.flatMap(\.values).filter { copy in
      copy.origin.map { wanted.contains($0.dossier) } ?? false
    }
    return copies.sorted { ($0.id, $0.sender) < ($1.id, $1.sender) }
  }

  package func heldCopies(writtenBy agencies: [AgencyCode], limit: Int) throws -> [HeldCopy] {
    let copies = session.contents.held.values.flatMap(\.values).filter { copy in
      copy.origin.map { agencies.contains($0.author) } ?? false
    }
    return Array(copies.sorted { ($0.id, $0.sender) < ($1.id, $1.sender) }.prefix(limit))
  }

  package func held(awaiting objects: [ChangeSetID]) throws -> [ChangeSetID] {
    if session.mistake == .losesHeld { return [] }
    return objects.reduce(into: Set()) { $0.formUnion(session.contents.waiting[$1] ?? []) }.sorted()
  }

  package func heldOtherwise(limit: Int) throws -> [ChangeSetID] {
    let ids = session.contents.held.filter { $0.value.values.contains { $0.missing.isEmpty } }.keys
    return Array(ids.sorted().prefix(limit))
  }

  package func heldCopies(limit: Int) throws -> [HeldCopy] {
    let all = session.contents.held.values.flatMap(\.values)
    let sorted = all.sorted { ($0.since, $0.id, $0.sender) < ($1.since, $1.id, $1.sender) }
    return Array(sorted.prefix(limit))
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
        session.set(\.rejected[id], delivery.reason)
      }
    }
    var kept = session.contents.quarantine + deliveries
    for sender in Set(deliveries.map(\.sender)).sorted() {
      var bytes = kept.reduce(0) { $0 + ($1.sender == sender ? $1.bytes.count : 0) }
      while bytes > Limits.quarantineBytesPerPeerMax,
        let oldest = kept.firstIndex(where: { $0.sender == sender })
      {
        bytes -= kept.remove(at: oldest).bytes.count
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
