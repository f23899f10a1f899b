import Exchange
import FoundationEssentials
import Ledger
import Postgres
import Replica
import Synchronization
import TestSupport
import Testing

/// What a commit means: it stays, whatever is killed, and the marker tells when it did not.
@Suite(.timeLimit(.minutes(5)))
struct DurabilityTests {
  /// A store of a node that has founded its directory, on a cluster of its own.
  private func world(
    _ cluster: TestCluster, marker: String? = nil
  ) async throws -> SampleNode<PostgresStore> {
    let admin = Connection(cluster.configuration())
    try await admin.statement("CREATE DATABASE node")
    await admin.close()
    let configuration = cluster.configuration(database: "node")
    let owner = Connection(configuration)
    try await Schema.migrate(owner)
    await owner.close()
    let node = SampleNode(
      PostgresStore(configuration, marker: marker), SampleAgency("A"))
    _ = try await node.found()
    return node
  }

  private func change(_ node: SampleNode<PostgresStore>, _ dossier: DossierID?) async throws
    -> StoredChangeSet
  {
    try await node.append(dossier, [Part()])
  }

  @Test func `what was acknowledged survives the server's death, the rest is wholly gone`()
    async throws
  {
    let cluster = try await TestCluster.start()
    let node = try await world(cluster)
    let dossier = try await change(node, nil).dossier
    let acknowledged = Mutex<[ChangeSetID]>([])
    let writing = Task {
      while true {
        let written = try await change(node, dossier)
        acknowledged.withLock { $0.append(written.id) }
      }
    }
    for round in 1...3 {
      while acknowledged.withLock({ $0.count }) < round * 5 { await Task.yield() }
      if round == 3 { break }
    }
    try await cluster.crash()
    let error = await #expect(throws: PostgresError.self) { try await writing.value }
    #expect(error?.isUnavailable == true)
    try await cluster.resume()
    let known = acknowledged.withLock { $0 }
    let (graph, rows) = try await node.store.read { transaction in
      (
        try #require(try transaction.graphs([dossier])[dossier]),
        try transaction.sql.value("SELECT count(*) FROM ledger.change_set", as: Int.self)
      )
    }
    for id in known { #expect(graph.contains(id)) }
    // At most the one whose answer was cut off may be there beyond the acknowledged ones.
    #expect(graph.count - 1 - known.count <= 1)
    #expect(graph.chain(of: node.agency.code).count == graph.count)
    #expect(rows == graph.count + 1)
    let next = try await change(node, dossier)
    #expect(next.header.sequence == UInt64(graph.count + 1))
    #expect(try await node.store.read(SelfCheck(after: nil)).report.isConsistent)
    await node.store.close()
    cluster.stop()
  }

  @Test func `what a peer is shown stands in the marker before it leaves`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await TestCluster.start()
      let marker = "\(directory)/marker"
      let node = try await world(cluster, marker: marker)
      // A commit whose own process has not come to the marker yet.
      let configuration = cluster.configuration(database: "node")
      let other = PostgresStore(configuration)
      try await other.begin(agency: node.agency.code, outbox: node.entropy.outboxID())
      let before = try String(contentsOfFile: marker, encoding: .utf8)
      _ = try await node.store.serve(CursorOf(SampleAgency("B").code))
      #expect(try String(contentsOfFile: marker, encoding: .utf8) != before)
      await node.store.close()
      await other.close()
      // A database without that commit is found out by it.
      let admin = Connection(configuration)
      try await admin.statement("UPDATE exchange.node SET generation = generation - 1")
      await admin.close()
      let lost = PostgresStore(configuration, marker: marker)
      guard case .wentBack = try await lost.markerVerdict() else {
        Issue.record("the loss of what was served went unnoticed")
        return
      }
      await lost.close()
      cluster.stop()
    }
  }

  @Test func `a database that lost commits is told by its marker`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await TestCluster.start()
      let marker = "\(directory)/marker"
      let node = try await world(cluster, marker: marker)
      #expect(try await node.store.markerVerdict() == .consistent)
      let admin = Connection(cluster.configuration())
      // A copy of the database as it is now stands for yesterday's dump.
      await node.store.close()
      try await admin.statement("CREATE DATABASE yesterday TEMPLATE node")
      try await admin.statement("CREATE DATABASE older TEMPLATE node")
      let today = PostgresStore(cluster.configuration(database: "node"), marker: marker)
      _ = try await change(SampleNode(today, SampleAgency("A"), seed: 2), nil)
      #expect(try await today.markerVerdict() == .consistent)
      await today.close()
      let yesterday = PostgresStore(
        cluster.configuration(database: "yesterday"), marker: marker)
      guard case .wentBack(let noted, let found) = try await yesterday.markerVerdict() else {
        Issue.record("the loss went unnoticed")
        return
      }
      #expect(noted.generation > found.generation)
      // Writing to it does not hide it, in this process or a later one.
      for _ in 0..<5 {
        _ = try await yesterday.begin(
          agency: node.agency.code, outbox: node.entropy.outboxID())
      }
      guard case .wentBack = try await yesterday.markerVerdict() else {
        Issue.record("a write made the loss unseen")
        return
      }
      // Once the database says so itself, the file need not, and follows it again.
      try await yesterday.write(
        MarkRestored(witness: node.agency.code, subject: "marker", now: .sample))
      #expect(try await yesterday.markerVerdict() == .consistent)
      try await yesterday.write(ResumeAfterRestore(outbox: node.entropy.outboxID()))
      _ = try await change(SampleNode(yesterday, SampleAgency("A"), seed: 3), nil)
      #expect(try await yesterday.markerVerdict() == .consistent)
      // So a second loss shows too.
      let older = PostgresStore(cluster.configuration(database: "older"), marker: marker)
      guard case .wentBack = try await older.markerVerdict() else {
        Issue.record("the second loss went unnoticed")
        return
      }
      await older.close()
      await yesterday.close()
      await admin.close()
      cluster.stop()
    }
  }

  @Test func `scenario S8 a takeover that lost commits is told by the next write of the process`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let cluster = try await TestCluster.start()
      let first = try await world(cluster, marker: "\(directory)/marker")
      let dossier = try await change(first, nil).dossier
      await first.store.close()
      let admin = Connection(cluster.configuration())
      try await admin.statement("CREATE DATABASE standby TEMPLATE node")
      let store = PostgresStore(
        cluster.configuration(database: "node"), marker: "\(directory)/marker")
      let node = SampleNode(store, SampleAgency("A"), seed: 2)
      _ = try await change(node, dossier)
      // The process goes on; behind its back the database is one that lacks the last commit.
      try await admin.statement(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'node'")
      try await admin.statement("ALTER DATABASE node RENAME TO lost")
      try await admin.statement("ALTER DATABASE standby RENAME TO node")
      var refusal: (any Error)?
      while refusal == nil {
        do {
          _ = try await change(node, dossier)
          break
        } catch let error as PostgresError where error.isUnavailable {
          continue
        } catch {
          refusal = error
        }
      }
      #expect((refusal as? SampleNode<PostgresStore>.Refused)?.description == "restored")
      let (record, count) = try await store.read { transaction in
        (
          try transaction.node(),
          try transaction.graphs([dossier])[dossier]?.changeSets(of: node.agency.code).count
        )
      }
      #expect(record.restored?.witness == node.agency.code && count == 1)
      #expect(try await store.markerVerdict() == .consistent, "the database says so itself")
      try await store.write(ResumeAfterRestore(outbox: node.entropy.outboxID()))
      #expect(try await change(node, dossier).header.sequence == 2)
      await store.close()
      await admin.close()
      cluster.stop()
    }
  }

  @Test(.database) func `writers wait for each other, also those of another process`() async throws
  {
    let configuration = try TestDatabase.configuration
    let stores = [PostgresStore(configuration), PostgresStore(configuration)]
    let node = SampleNode(stores[0], SampleAgency("A"))
    _ = try await node.found()
    let dossier = try await change(node, nil).dossier
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, store) in stores.enumerated() {
        group.addTask {
          let own = SampleNode(store, SampleAgency("A"), seed: UInt64(index + 5))
          for _ in 0..<10 { _ = try await own.append(dossier, [Part()]) }
        }
      }
      try await group.waitForAll()
    }
    // Both kept graphs in memory; still the chain has no fork and no gap.
    for store in stores {
      let graph = try await store.read { try $0.graphs([dossier])[dossier] }
      #expect(graph?.chain(of: node.agency.code).count == 21)
      #expect(graph?.forks.isEmpty == true)
      await store.close()
    }
  }

  @Test(.database) func `a new line wakes who listens for it, a new entry who listens for those`()
    async throws
  {
    let store = PostgresStore(try TestDatabase.configuration)
    let node = SampleNode(store, SampleAgency("A"))
    let directory = try await node.found()
    let reader = SampleAgency("B").code
    let (woken, feed) = AsyncStream.makeStream(of: Void.self)
    let (told, news) = AsyncStream.makeStream(of: Void.self)
    let listening = Task {
      async let lines: Void = store.listen(for: .outbox) { feed.yield() }
      async let entries: Void = store.listen(for: .directory) { news.yield() }
      _ = await (lines, entries)
    }
    var wakings = woken.makeAsyncIterator()
    var tidings = told.makeAsyncIterator()
    #expect(await wakings.next() != nil)  // it listens
    #expect(await tidings.next() != nil)
    let id = ChangeSetID(.sha256([1]))
    try await store.write { try $0.enqueue([OutboxLine(reader: reader, id: id)]) }
    #expect(await wakings.next() != nil)
    let newcomer = SampleAgency("B")
    try await node.carry(
      .admission(
        entry: newcomer.entry, key: newcomer.signatory.key.publicKey, particulars: nil),
      in: directory)
    #expect(await tidings.next() != nil)
    listening.cancel()
    await store.close()
    await listening.value
  }
}
