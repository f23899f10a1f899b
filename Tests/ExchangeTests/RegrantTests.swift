import Exchange
import Ledger
import Synchronization
import TestSupport
import Testing

/// Whom a node compares with once it has been let into a dossier again.
struct RegrantTests {
  @Test(arguments: [true, false])
  func `whoever is let in again compares with those who hold the dossier`(
    isExcluded: Bool
  ) async throws {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    let agency = b.agency.code
    let first = Part(membership: [.grant(Grant(agency: agency, ground: .admit))])
    let dossier = try await a.append(nil, [first]).dossier
    #expect(try await regranting(b, from: a).isEmpty, "a first grant is none again")
    let out: MembershipStatement =
      isExcluded ? .exclude(agency: agency, reason: "") : .end(agency: agency, reason: "")
    let cut = try await a.append(dossier, [Part(membership: [out])])
    try await a.append(dossier, [Part()])
    #expect(try await regranting(b, from: a).isEmpty)
    let again = Grant(agency: agency, ground: .admit, lifting: isExcluded ? [cut.id] : [])
    try await a.append(dossier, [Part(membership: [.grant(again)])])
    // An exclude is final, whatever is granted later.
    #expect(try await regranting(b, from: a) == (isExcluded ? [] : [a.agency.code]))
    try await a.append(dossier, [Part()])
    #expect(try await regranting(b, from: a).isEmpty, "it is in")
  }

  @Test func `what a repair changes is told at once: whom it concerns, and whom to compare with`()
    async throws
  {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    let c = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("C"))
    for node in [b, c] { try await node.join(a, directory) }
    try await b.catchUp(with: a)
    func admitted(_ node: SampleNode<MemoryStore>) -> MembershipStatement {
      .grant(Grant(agency: node.agency.code, ground: .admit))
    }
    let dossier = try await a.append(nil, [Part(membership: [admitted(b)])]).dossier
    try await b.catchUp(with: a)
    try await b.append(dossier, [Part()])
    try await a.catchUp(with: b)
    try await a.append(
      dossier, [Part(membership: [.end(agency: b.agency.code, reason: "")])])
    try await b.catchUp(with: a)
    // The grant that lets the one in again, and another with it, comes by a repair.
    try await a.append(dossier, [Part(membership: [admitted(b), admitted(c)])])
    let told = Mutex<[TakenFetch]>([])
    let report = try await Reconciliation(
      peer: a.agency.code, mode: .repair(changesMax: nil),
      settled: { taken in told.withLock { $0.append(taken) } }
    ).run(
      over: b.store, now: { .sample }, pause: { _ in },
      ask: { try await a.answered($0, from: b.agency.code) })
    #expect(report.repaired == 1 && report.isConsistent)
    let taken = told.withLock { $0 }
    #expect(Set(taken.flatMap(\.readers)) == [c.agency.code], "it is owed what b wrote")
    #expect(Set(taken.flatMap(\.comparing)) == [a.agency.code, c.agency.code])
    // What the other side lacks is queued for it, and told as well.
    told.withLock { $0 = [] }
    try await a.append(dossier, [Part()])
    #expect(try await a.store.write(Unqueue(reader: b.agency.code)) > 0)
    let back = try await Reconciliation(
      peer: b.agency.code, mode: .repair(changesMax: nil),
      settled: { taken in told.withLock { $0.append(taken) } }
    ).run(
      over: a.store, now: { .sample }, pause: { _ in },
      ask: { try await b.answered($0, from: a.agency.code) })
    #expect(back.repaired == 1)
    #expect(told.withLock { $0.flatMap(\.readers) } == [b.agency.code])
  }

  /// Pulls until nothing more comes; whom the pages say to compare with.
  private func regranting(
    _ b: SampleNode<MemoryStore>, from a: SampleNode<MemoryStore>
  ) async throws -> Set<AgencyCode> {
    var nodes: Set<AgencyCode> = []
    for _ in 0..<3 { nodes.formUnion(try await b.pull(from: a).regranting) }
    return nodes
  }
}

/// Loses the lines that wait for a reader, as a database does that was damaged; gives their number.
private struct Unqueue: StoreWork {
  let reader: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    let lines = try transaction.queued(for: reader, after: nil, limit: 100).map(\.id)
    try transaction.unqueue(lines, for: reader)
    return lines.count
  }
}
