import Exchange
import Ledger
import Testing

extension StoreConformance {
  /// An exclude that is held, and a grant that waits to be re-affirmed, close a comparison as they
  /// close a delivery: its items would tell of the dossier.
  func checkComparisonAudience<S: Store>(_ store: S) async throws {
    var a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(store, SampleAgency("B"))
    try await b.join(a, directory)
    let c = SampleAgency("C")
    try await a.carry(
      .admission(entry: c.entry, key: c.signatory.key.publicKey, particulars: nil), in: directory)
    let grants = Part(membership: [
      .grant(Grant(agency: b.agency.code, ground: .to)),
      .grant(Grant(agency: c.code, ground: .cc)),
    ])
    let first = try await a.append(nil, [grants])
    try await b.catchUp(with: a)
    let dossier = first.dossier
    #expect(try await told(dossier, to: c.code, by: store))
    let exclude = Part(membership: [.exclude(agency: c.code, reason: "")])
    let second = try await a.append(dossier, [exclude])
    try await store.write(Do(.hold([heldCopy(of: second, from: a.agency.code)])))
    #expect(try await !told(dossier, to: c.code, by: store))
    #expect(try await told(dossier, to: a.agency.code, by: store))
    let other = try await a.append(nil, [grants]).dossier
    try await b.catchUp(with: a)
    #expect(try await told(other, to: c.code, by: store))
    let newer = SampleAgency("A", generation: 1)
    try await a.carry(
      .key(agency: newer.code, key: newer.signatory.key.publicKey), in: directory)
    // The last page under the old key brings the new one.
    try await b.catchUp(with: a)
    a.agency = newer
    #expect(try await !told(other, to: c.code, by: store), "the grant may be a thief's")
    #expect(try await told(other, to: newer.code, by: store), "the home is always told")
    _ = try await a.store.write(
      Reaffirm(
        author: newer.signatory, after: nil, now: .sample, gate: .open, entropy: a.entropy)
    ).get()
    try await b.catchUp(with: a)
    #expect(try await told(other, to: c.code, by: store))
    #expect(try await !told(dossier, to: c.code, by: store), "its exclude came with the rest")
  }

  private func heldCopy(of changeSet: StoredChangeSet, from sender: AgencyCode) -> HeldCopy {
    HeldCopy(
      id: changeSet.id, sender: sender,
      received: ReceivedChangeSet(changeSet, parts: changeSet.parts), reason: .ancestor,
      missing: changeSet.header.links,
      origin: ChangeSetOrigin(
        dossier: changeSet.dossier, author: changeSet.header.author,
        sequence: changeSet.header.sequence),
      since: .sample, byteCount: 100)
  }

  /// Whether a comparison with the peer tells of the dossier, by items and by chains.
  private func told<S: Store>(
    _ dossier: DossierID, to peer: AgencyCode, by store: S
  ) async throws -> Bool {
    let items = try await store.read(ReconcileItems(peer: peer))
    let look = See(dossiers: [dossier], agency: peer, other: peer)
    let item = try #require(try await store.read(look).summaries[dossier]?.item)
    let answer = try await store.read(
      AnswerFetch(
        requester: peer, request: FetchRequest(items: [item], dossiers: [dossier])))
    #expect(answer.chains.map(\.dossier).contains(dossier) == items.contains(item))
    return items.contains(item)
  }
}
