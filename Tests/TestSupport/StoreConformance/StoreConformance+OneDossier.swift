import Exchange
import Ledger
import Testing

extension StoreConformance {
  /// A comparison and a check of one dossier see, repair and count that one alone.
  func checkOneDossier<S: Store>(_ store: S) async throws {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(store, SampleAgency("B"))
    try await b.join(a, directory)
    let open = Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])
    let one = try await a.append(nil, [open])
    let other = try await a.append(nil, [open])
    try await b.catchUp(with: a)
    let own = try await b.append(nil, [Part()]).dossier
    // Both go on at A, and B hears of neither.
    var new: [ChangeSetID] = []
    for dossier in [one.dossier, other.dossier] {
      new.append(try await a.append(dossier, [Part()]).id)
    }
    func compare(
      _ dossier: DossierID, _ mode: Reconciliation.Mode
    ) async throws -> ReconcileReport {
      try await Reconciliation(peer: a.agency.code, mode: mode, dossier: dossier).run(
        over: store, now: { .sample }, pause: { _ in },
        ask: { question in try await a.answered(question, from: b.agency.code) })
    }
    let found = try await compare(one.dossier, .compare)
    #expect([found.sharedDossiers, found.equal, found.inFlight] == [1, 0, 1])
    let refused = try await compare(one.dossier, .repair(changesMax: 0))
    #expect(refused.errors.map(\.code) == [.maxChanges])
    let repaired = try await compare(one.dossier, .repair(changesMax: 1))
    #expect([repaired.repaired, repaired.sharedDossiers, repaired.equal] == [1, 1, 1])
    #expect(repaired.isConsistent && repaired.inFlight == 0)
    let look = See(
      ids: new, dossiers: [one.dossier, other.dossier], agency: b.agency.code, other: a.agency.code)
    #expect(try await store.read(look).changeSets.map(\.id) == [new[0]])
    // What the two do not share is not compared, and that is said.
    let unknown = try #require(DossierID(hex: String(repeating: "ab", count: 32)))
    for dossier in [own, unknown] {
      let none = try await compare(dossier, .compare)
      #expect(none.errors.map(\.code) == [.notShared])
      #expect(!none.isConsistent && none.sharedDossiers == 0)
    }
    #expect(try await store.read(SelfCheck(only: unknown)).last == nil)
    try await checkOneByItself(b, one, other, from: a)
  }

  private func checkOneByItself<S: Store, R: Store>(
    _ b: SampleNode<S>, _ one: StoredChangeSet, _ other: StoredChangeSet,
    from a: SampleNode<R>
  ) async throws {
    let gone = [one.id, other.id]
    try await b.store.write(
      Do(.forget([one.id], one.dossier), .forget([other.id], other.dossier)))
    func check(_ dossier: DossierID?, repairs: Bool = false) async throws -> SelfCheckReport {
      try await SelfChecking(repairs: repairs, dossier: dossier).run(
        over: b.store, now: { .sample },
        ask: { _, request in
          try await a.store.read(AnswerFetch(requester: b.agency.code, request: request))
        })
    }
    #expect(Set(try await check(nil).holes.map(\.id)) == Set(gone))
    #expect(try await check(nil).found == 2)
    let alone = try await check(one.dossier)
    #expect(alone.holes.map(\.id) == [gone[0]])
    #expect(alone.found == 1 && alone.changeSetsChecked == 1)
    let mended = try await check(one.dossier, repairs: true)
    #expect(mended.isConsistent && mended.repaired == 1)
    #expect(try await check(nil).holes.map(\.id) == [gone[1]])
  }
}
