import Exchange
import Ledger
import Testing

extension StoreConformance {
  /// What a repair would do is counted by doing it, and nothing of it remains.
  func checkRehearsal<S: Store>(_ store: S) async throws {
    let (a, b, dossiers) = try await sharing(store, dossiers: 2)
    var new: [ChangeSetID] = []
    for _ in 0..<3 { new.append(try await a.append(dossiers[0], [Part()]).id) }
    let own = try await b.append(dossiers[1], [Part()])
    try await store.write(Do(.unqueue([own.id], a.agency.code)))
    let look = See(
      ids: new + [own.id], dossiers: dossiers, agency: b.agency.code, other: a.agency.code)
    let before = try await store.read(look)
    let rehearsed = try await compare(b, a, .rehearse(changesMax: 4))
    #expect(rehearsed.repaired == 4)
    #expect(rehearsed.onlyLocal.map(\.id) == [own.id] && rehearsed.inFlight == 3)
    let after = try await store.read(look)
    #expect(after.changeSets == before.changeSets && after.queued == before.queued)
    #expect(after.held.isEmpty)
    #expect(after.graphs.mapValues(\.heads) == before.graphs.mapValues(\.heads))
    #expect(
      try await compare(b, a, .rehearse(changesMax: 3)).errors.map(\.code) == [.maxChanges])
    let repaired = try await compare(b, a, .repair(changesMax: 4))
    #expect(repaired.repaired == rehearsed.repaired)
    #expect(try await store.read(look).changeSets.count == 4)
  }

  /// A plan repairs what it names; what came meanwhile is skipped, and what is new stays.
  func checkPlan<S: Store>(_ store: S) async throws {
    let (a, b, dossiers) = try await sharing(store, dossiers: 3)
    var new: [ChangeSetID] = []
    for dossier in dossiers.prefix(2) { new.append(try await a.append(dossier, [Part()]).id) }
    let plan = new.map { ReconcileReport.Planned(id: $0, side: .there) }
    // One of the two comes by itself, and a third is written.
    let answer = try await a.store.read(
      AnswerFetch(requester: b.agency.code, request: FetchRequest(ids: [new[0]])))
    _ = try await store.write(
      TakeFetched(peer: a.agency.code, deliveries: answer.deliveries, now: .sample))
    let third = try await a.append(dossiers[2], [Part()])
    let applied = try await compare(b, a, .repair(changesMax: 1), plan)
    #expect(applied.errors.isEmpty && applied.repaired == 1)
    #expect(applied.skipped == [plan[0]])
    #expect(applied.inFlight == 1, "what the plan does not name is found by the check after it")
    let look = See(
      ids: new + [third.id], dossiers: dossiers, agency: b.agency.code, other: a.agency.code)
    #expect(try await store.read(look).changeSets.map(\.id) == new)
    let wrongSide = [ReconcileReport.Planned(id: third.id, side: .here)]
    let none = try await compare(b, a, .repair(changesMax: nil), wrongSide)
    #expect(none.repaired == 0 && none.skipped == wrongSide)
  }

  /// The store as member B of dossiers of A, which keeps its own in memory.
  private func sharing<S: Store>(
    _ store: S, dossiers count: Int
  ) async throws -> (SampleNode<MemoryStore>, SampleNode<S>, [DossierID]) {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(store, SampleAgency("B"))
    try await b.join(a, directory)
    let open = Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])
    var dossiers: [DossierID] = []
    for _ in 0..<count { dossiers.append(try await a.append(nil, [open]).dossier) }
    try await b.catchUp(with: a)
    return (a, b, dossiers)
  }

  private func compare<S: Store, R: Store>(
    _ node: SampleNode<S>, _ peer: SampleNode<R>, _ mode: Reconciliation.Mode,
    _ planned: [ReconcileReport.Planned]? = nil
  ) async throws -> ReconcileReport {
    try await Reconciliation(
      peer: peer.agency.code, mode: mode, settle: .zero, planned: planned
    ).run(
      over: node.store, now: { .sample }, pause: { _ in },
      ask: { question in try await peer.answered(question, from: node.agency.code) })
  }
}
