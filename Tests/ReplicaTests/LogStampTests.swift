import Exchange
import Ledger
import Postgres
import TestSupport
import Testing

@testable import Replica

/// By what a transaction knows that nobody has changed what it remembers.
@Suite(.database, .timeLimit(.minutes(2)))
struct LogStampTests {
  private func stamps(
    _ dossiers: [DossierID], in store: PostgresStore
  ) async throws -> [DossierID: LogStamp] {
    try await store.read { try $0.stamps(dossiers) }
  }

  @Test func `a stamp counts the rows that are there, and what lacks one is another`()
    async throws
  {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    _ = try await node.found()
    let sealed = Part(audience: [node.agency.code])
    let first = try await node.append(nil, [Part(), sealed])
    let second = try await node.append(first.dossier, [Part(), sealed, sealed])
    let other = try await node.append(nil, [Part()])
    let unknown = DossierID(.sha256([1]))
    let dossiers = [first.dossier, other.dossier, unknown, first.dossier]
    let before = try await stamps(dossiers, in: node.store)
    #expect(Set(before.keys) == [first.dossier, other.dossier])
    #expect(before[first.dossier]?.changeSets == 2)
    #expect(before[first.dossier]?.parts == 5)
    #expect(before[other.dossier]?.changeSets == 1)
    #expect(before[other.dossier]?.parts == 1)
    let (longer, shorter) = (
      try #require(before[first.dossier]), try #require(before[other.dossier])
    )
    #expect(longer.lastPosition < shorter.lastPosition)
    #expect(try await stamps([], in: node.store).isEmpty)
    // Behind the node's back.
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      "DELETE FROM ledger.part WHERE change_set = \(second.id) AND part = 2")
    var after = try await stamps(dossiers, in: node.store)
    #expect(after[first.dossier]?.parts == 4)
    #expect(after[first.dossier] != before[first.dossier])
    #expect(after[other.dossier] == before[other.dossier])
    try await admin.statement("DELETE FROM ledger.part WHERE change_set = \(second.id)")
    try await admin.statement("DELETE FROM ledger.change_set WHERE id = \(second.id)")
    after = try await stamps(dossiers, in: node.store)
    #expect(after[first.dossier]?.changeSets == 1)
    #expect(after[first.dossier]?.parts == 2)
    await admin.close()
    await node.store.close()
  }

  @Test func `a writing transaction is counted with the record about its node`() async throws {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    _ = try await node.found()
    let known = try await node.store.read { try $0.node() }
    let (counted, position, found) = try await node.store.write { transaction in
      (
        transaction.session.counted, transaction.session.position,
        try DatabasePosition.current(transaction.sql)
      )
    }
    #expect(counted == known)
    #expect(position == found)
    // What it knows of the directory without asking is what a reader is told who asks.
    let directory = try #require(known.directory)
    let noted = try await node.store.write { $0.session.stamps }
    let told = try await stamps([directory], in: node.store)[directory]
    #expect(told != nil)
    #expect(noted == [directory: told])
    // A record that the transaction has written is the one that counts in it.
    var other = known
    other.outbox = node.entropy.outboxID()
    let (read, moved, there) = try await node.store.write { [other] transaction in
      try transaction.save(other)
      return (
        try transaction.node(), transaction.session.position,
        try DatabasePosition.current(transaction.sql)
      )
    }
    #expect(read == other)
    #expect(moved == there)
    // The transaction between them counts, too.
    #expect(moved?.generation == position.map { $0.generation + 2 })
    await node.store.close()
  }
}
