import Exchange
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

/// One change set among many that cannot be taken.
@Suite(.database, .timeLimit(.minutes(LongRuns.areOn ? 60 : 5)))
struct PoisonedChangeSetTests {
  /// Makes the database refuse one change set.
  private static func poison(_ id: ChangeSetID) async throws {
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement("CREATE TABLE public.poison (id bytea)")
    try await admin.statement("INSERT INTO public.poison VALUES (\(id))")
    try await admin.statement(
      """
      CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.id IN (SELECT id FROM public.poison) THEN
          RAISE check_violation;
        END IF;
        RETURN NEW;
      END $$
      """)
    try await admin.statement(
      """
      CREATE TRIGGER refuse BEFORE INSERT ON ledger.change_set
      FOR EACH ROW EXECUTE FUNCTION public.refuse()
      """)
    await admin.close()
  }

  @Test func `what else a page tells is not lost when one change set of it is refused`()
    async throws
  {
    let peer = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let reader = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("B"))
    try await reader.join(peer, try await peer.found())
    let agency = reader.agency.code
    let grant = Part(membership: [.grant(Grant(agency: agency, ground: .admit))])
    let dossier = try await peer.append(nil, [grant]).dossier
    try await peer.append(dossier, [Part(membership: [.end(agency: agency, reason: "")])])
    try await reader.catchUp(with: peer)
    try await peer.append(dossier, [grant])
    try await Self.poison(peer.append(nil, [grant]).id)
    let taken = try await reader.pull(from: peer)
    #expect(taken.stored == 1 && taken.cursor.untaken.count == 1)
    #expect(taken.regranting == [peer.agency.code], "whom to compare with")
    await reader.store.close()
  }

  @Test func `scenario S4 one change set that the database refuses delays none of the others`()
    async throws
  {
    let world = try await ThousandsOfDeliveries.made()
    let poisoned = world.changeSets[world.changeSets.count / 3]
    try await Self.poison(poisoned)
    let taken = try await world.pulled()
    #expect(taken.stored == world.changeSets.count - 1)
    #expect(taken.held == 0 && taken.rejected == 0)
    let alarms = try await world.reader.store.read(ReadAlarms())
    #expect(alarms.map(\.kind) == [.unstorable])
    #expect(alarms.first?.subject == "\(poisoned)")
    #expect(try await world.stored(poisoned) == false)

    // Once the database takes it, one comparison brings it.
    let again = Connection(try TestDatabase.configuration)
    try await again.statement("DELETE FROM public.poison")
    await again.close()
    let repair = Reconciliation(peer: world.peer.agency.code, mode: .repair(changesMax: nil))
    let repaired = try await repair.run(
      over: world.reader.store, now: { .sample }, pause: { _ in },
      ask: { try await world.peer.answered($0, from: world.reader.agency.code) })
    #expect(repaired.repaired == 1 && repaired.isConsistent)
    #expect(try await world.stored(poisoned))
    // No receipt names it any more.
    #expect(try await world.reader.pull(from: world.peer).cursor.untaken.isEmpty)
    await world.reader.store.close()
  }
}

/// A peer with one change set in each of many dossiers, and a reader that has none of them yet.
private struct ThousandsOfDeliveries {
  let peer: SampleNode<MemoryStore>
  let reader: SampleNode<PostgresStore>
  let changeSets: [ChangeSetID]

  /// As many as the requirement says, or few enough for every run.
  static let count = LongRuns.areOn ? 10_000 : 600

  static func made() async throws -> ThousandsOfDeliveries {
    let peer = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let reader = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("B"))
    try await reader.join(peer, try await peer.found())
    try await reader.catchUp(with: peer)
    let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
    var changeSets: [ChangeSetID] = []
    while changeSets.count < count {
      let drafts = Array(repeating: Draft(dossier: nil, parts: [grant]), count: 200)
      let work = Append(
        author: peer.agency.signatory, drafts: drafts, now: .sample, gate: .open,
        entropy: peer.entropy)
      changeSets += try await peer.store.write(work).get().changeSets.map(\.id)
    }
    return ThousandsOfDeliveries(peer: peer, reader: reader, changeSets: changeSets)
  }

  /// What all pages together brought.
  func pulled() async throws -> (stored: Int, held: Int, rejected: Int) {
    var sum = (stored: 0, held: 0, rejected: 0)
    var hasMore = true
    while hasMore {
      let page = try await reader.pull(from: peer)
      sum.stored += page.stored
      sum.held += page.held
      sum.rejected += page.rejected
      hasMore = page.hasMore
    }
    return sum
  }

  func stored(_ id: ChangeSetID) async throws -> Bool {
    try await reader.store.read(IsStored(id: id))
  }
}

private struct IsStored: StoreWork {
  let id: ChangeSetID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    try !transaction.changeSets([id]).isEmpty
  }
}
