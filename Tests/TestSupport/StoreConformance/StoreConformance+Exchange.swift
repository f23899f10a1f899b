package import Exchange
package import Ledger
import Testing

extension StoreConformance {
  /// The store under test as member B; the registrar A over a store in memory.
  func checkExchange<S: Store>(_ store: S) async throws {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(store, SampleAgency("B"))
    try await b.join(a, directory)
    try await b.catchUp(with: a)
    let grant = Grant(agency: b.agency.code, ground: .admit)
    let first = try await a.append(
      nil, [Part(membership: [.grant(grant)]), Part(audience: [b.agency.code])])
    let second = try await a.append(first.dossier, [Part(), Part(audience: [a.agency.code])])
    try await b.catchUp(with: a)
    let answer = try await b.append(first.dossier, [Part()])
    try await a.catchUp(with: b)
    try await b.catchUp(with: a)
    let ids = [first.id, second.id, answer.id]
    let look = See(
      ids: ids, dossiers: [first.dossier], agency: b.agency.code, other: a.agency.code)
    let seen = try await store.read(look)
    #expect(seen.changeSets.map(\.id) == ids)
    #expect(seen.changeSets.map(\.parts.count) == [2, 1, 1], "one sealed part is not for B")
    #expect(seen.graphs[first.dossier]?.heads == [answer.id])
    #expect(seen.differences.isEmpty)
    let home = try await a.store.read(
      See(ids: ids, dossiers: [first.dossier], agency: a.agency.code, other: b.agency.code))
    #expect(home.graphs[first.dossier]?.heads == [answer.id])
    #expect(home.position.receipted == home.position.number)
    #expect(seen.cursor?.number == home.position.number)
    #expect(seen.cursor?.runningHash == home.position.runningHash)
    #expect(home.trails.count == 2, "the two that A delivered")
    let report = try await Reconciliation(peer: a.agency.code, mode: .compare).run(
      over: store, now: { .sample }, pause: { _ in },
      ask: { question in try await a.answered(question, from: b.agency.code) })
    #expect(report.isConsistent)
    #expect(report.sharedDossiers == 2 && report.equal == 2)
    #expect(report.roundTrips == 1)
  }

  /// What a transaction left held though its ancestor has come is released by a later look; until
  /// then an exclude in it closes delivery.
  func checkLeftHeld<S: Store>(_ store: S) async throws {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(store, SampleAgency("B"))
    try await b.join(a, directory)
    let c = SampleAgency("C").code
    let first = try await a.append(
      nil, [Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])])
    try await b.catchUp(with: a)
    let second = try await a.append(
      first.dossier, [Part(membership: [.exclude(agency: c, reason: "")])])
    let copy = ReceivedChangeSet(second, parts: second.parts)
    let held = HeldCopy(
      id: second.id, sender: a.agency.code, received: copy, reason: .ancestor,
      missing: [first.id],
      origin: ChangeSetOrigin(
        dossier: first.dossier, author: a.agency.code, sequence: second.header.sequence),
      since: .sample, byteCount: 100)
    try await store.write(Do(.hold([held])))
    let look = See(
      ids: [second.id], dossiers: [first.dossier], agency: b.agency.code, other: a.agency.code)
    let before = try await store.read(look)
    #expect(before.changeSets.isEmpty)
    #expect(
      before.exclusions == [
        first.dossier: [HeldExclusion(author: a.agency.code, agency: c)]
      ])
    let retry = RetryHeld(node: b.agency.code, isAfterStart: false, now: .sample)
    #expect(try await store.write(retry).stored == 1)
    let after = try await store.read(look)
    #expect(after.changeSets.map(\.id) == [second.id])
    #expect(after.held.isEmpty && after.exclusions.isEmpty)
    #expect(try await store.write(retry).stored == 0)
  }

  /// Change sets deleted behind the store's back are named and fetched again from a member.
  func checkHoles<S: Store>(_ store: S) async throws {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(store, SampleAgency("B"))
    try await b.join(a, directory)
    let first = try await a.append(
      nil, [Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])])
    var written = [first]
    for _ in 0..<4 { written.append(try await a.append(first.dossier, [Part()])) }
    try await b.catchUp(with: a)
    let look = See(
      ids: written.map(\.id), dossiers: [first.dossier], agency: b.agency.code,
      other: a.agency.code)
    let before = try await store.read(look)
    #expect(before.changeSets.count == 5)
    let gone = [written[1].id, written[4].id]
    try await store.write(Do(.forget(gone, first.dossier)))
    let found = try await SelfChecking(repairs: false).run(
      over: store, now: { .sample }, ask: { _, _ in FetchAnswer() })
    #expect(Set(found.holes.map(\.id)) == Set(gone))
    let repaired = try await SelfChecking(repairs: true).run(
      over: store, now: { .sample },
      ask: { _, request in
        try await a.store.read(AnswerFetch(requester: b.agency.code, request: request))
      })
    #expect(repaired.isConsistent)
    #expect(repaired.repaired == 2)
    let after = try await store.read(look)
    #expect(after.changeSets == before.changeSets)
    #expect(after.digests == before.digests)
    #expect(after.graphs[first.dossier]?.heads == before.graphs[first.dossier]?.heads)
  }
}

extension SampleNode {
  /// Answers a question of a reconciliation as the peer's server does.
  package func answered(
    _ question: Reconciliation.Question, from requester: AgencyCode
  ) async throws -> [UInt8] {
    switch question {
    case .compare(let message):
      return try await store.read(AnswerReconcile(requester: requester, message: message)).get()
    case .fetch(let bytes):
      guard let request = FetchRequest.decode(bytes) else {
        throw Refused(description: "malformed")
      }
      return try await store.read(AnswerFetch(requester: requester, request: request)).encoded()
    }
  }
}
