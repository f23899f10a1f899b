import Casework
import Exchange
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

/// A node with a newer build talks to one with this build, and back.
@Suite(.database, .timeLimit(.minutes(5))) struct NewerBuildTests {
  private struct Three {
    /// A newer build, which knows the record type 99.
    let newer: SampleNode<MemoryStore>
    /// This build.
    let older: SampleNode<PostgresStore>
    let third: SampleNode<MemoryStore>
    let directory: DossierID
    let dossier: DossierID
  }

  private func three() async throws -> Three {
    let newer = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let older = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("B"))
    let third = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("C"))
    let directory = try await newer.found()
    try await older.join(newer, directory)
    try await third.join(newer, directory)
    let grants = ["B", "C"].map { label in
      MembershipStatement.grant(Grant(agency: SampleAgency(label).code, ground: .admit))
    }
    let opened = try await newer.append(nil, [Part(membership: grants)])
    try await older.catchUp(with: newer)
    return Three(
      newer: newer, older: older, third: third, directory: directory, dossier: opened.dossier)
  }

  /// What a record has that this build does not know.
  enum Novelty: CaseIterable {
    case type, field
  }

  private func later(_ novelty: Novelty = .type, by agency: SampleAgency) -> Record {
    let id = RecordID(timestamp: .sample, random: Array(repeating: 3, count: 10))
    switch novelty {
    case .type:
      return Record(
        id: id, type: 99, author: agency.code, revises: nil, body: [0xF8, 0x07, 0x01])
    case .field:
      var record = Record(
        id: id, author: agency.code, .dossier(Dossier(kind: .petition, title: "反映办证超期")))
      // Field 5000, the number 1.
      record.body += [0xC0, 0xB8, 0x02, 0x01]
      return record
    }
  }

  private func needsUpgrade(_ dossier: DossierID) async throws -> Bool {
    let connection = Connection(try TestDatabase.configuration)
    let answer = try await connection.transaction(.read) { transaction in
      try transaction.value(
        "SELECT needs_upgrade FROM ledger.dossier WHERE id = \(dossier)", as: Bool.self)
    }
    await connection.close()
    return answer ?? false
  }

  /// How many rows say that something of a dossier has no effect.
  private func voids(of dossier: DossierID) async throws -> Int? {
    let connection = Connection(try TestDatabase.configuration)
    let count = try await connection.transaction(.read) { transaction in
      try transaction.value(
        "SELECT count(*) FROM casework.void WHERE dossier = \(dossier)", as: Int.self)
    }
    await connection.close()
    return count
  }

  private func digest(of dossier: DossierID, at node: SampleNode<PostgresStore>) async throws
    -> Hash256?
  {
    try await node.store.read(DigestOf(dossier))
  }

  @Test(arguments: Novelty.allCases)
  func `scenario S17 a newer record is stored and passed on unchanged, its dossier waits`(
    _ novelty: Novelty
  ) async throws {
    let world = try await three()
    #expect(try await digest(of: world.dossier, at: world.older) != nil)
    let written = try await world.newer.append(
      world.dossier, [Part(records: [later(novelty, by: world.newer.agency)])])
    try await world.older.catchUp(with: world.newer)
    #expect(try await needsUpgrade(world.dossier))
    #expect(try await voids(of: world.dossier) == 0)
    #expect(try await digest(of: world.dossier, at: world.older) == nil)
    // The third node has it from the older one, byte for byte.
    let first = ChangeSetID(world.dossier.hash)
    let answer = try await world.older.store.read(
      AnswerFetch(
        requester: world.third.agency.code, request: FetchRequest(ids: [first, written.id])))
    let passed = answer.deliveries.compactMap { delivery -> ReceivedChangeSet? in
      if case .changeSet(let changeSet) = delivery.content { changeSet } else { nil }
    }.first { $0.id == written.id }
    #expect(passed?.headerBytes == written.headerBytes)
    #expect(passed?.parts == written.parts && passed?.proof == written.proof)
    let taken = try await world.third.store.write(
      TakeFetched(
        peer: world.older.agency.code, deliveries: answer.deliveries, now: .sample))
    #expect(taken.stored == 2)
    await world.older.store.close()
  }

  @Test func `scenario S17 peers one version apart work both ways, the directory never waits`()
    async throws
  {
    let world = try await three()
    // A directory statement of the newer build, then an admission on top of it.
    try await world.newer.append(
      world.directory, [Part(directory: [.unknown([0x4A, 0x01, 0x07])])])
    let fourth = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("D"))
    try await fourth.join(world.newer, world.directory)
    try await world.newer.append(
      world.dossier, [Part(records: [later(by: world.newer.agency)])])
    try await world.older.catchUp(with: world.newer)
    let view = try await world.older.store.read(View())
    #expect(view?.agency(fourth.agency.code) != nil)
    #expect(try await needsUpgrade(world.directory) == false)
    // The older build writes in a dossier of its own, and the newer one reads it.
    let grant = MembershipStatement.grant(
      Grant(agency: world.newer.agency.code, ground: .admit))
    let own = try await world.older.append(nil, [Part(membership: [grant])])
    #expect(try await needsUpgrade(own.dossier) == false)
    try await world.newer.catchUp(with: world.older)
    #expect(try await world.newer.store.read(DigestOf(own.dossier)) != nil)
    await world.older.store.close()
  }

  @Test func `scenario S17 after an upgrade a dossier that waited is folded`() async throws {
    let world = try await three()
    _ = try await world.newer.append(
      world.dossier, [Part(records: [later(by: world.newer.agency)])])
    try await world.older.catchUp(with: world.newer)
    let other = try await world.older.append(nil, [Part()]).dossier
    // The tables as a build left them that knew less than this one.
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement("UPDATE ledger.dossier SET needs_upgrade = true WHERE id = \(other)")
    try await admin.statement(
      "UPDATE casework.dossier SET upgrade_needed = true WHERE dossier = \(other)")
    try await admin.statement("DELETE FROM casework.member WHERE dossier = \(other)")
    await admin.close()
    #expect(try await digest(of: other, at: world.older) == nil)
    let folded = try await world.older.store.write(FoldAgain())
    #expect(folded == FoldAgain.Folded(mended: 1, next: nil))
    #expect(try await digest(of: other, at: world.older) != nil)
    #expect(try await needsUpgrade(world.dossier), "this build does not know its record either")
    #expect(try await world.older.store.read(SelfCheck(after: nil)).report.differing.isEmpty)
    #expect(try await world.older.store.write(FoldAgain()).mended == 0)
    await world.older.store.close()
  }

  @Test func `scenario S17 after an upgrade the rows of a record with newer fields appear`()
    async throws
  {
    let world = try await three()
    let agency = world.older.agency
    let cover = Dossier(kind: .petition, title: "反映办证超期", channel: .visit)
    let id = RecordID(timestamp: .sample, random: Array(repeating: 4, count: 10))
    let dossier = try await world.older.append(
      nil, [Part(records: [Record(id: id, author: agency.code, .dossier(cover))])]
    ).dossier
    let before = try await digest(of: dossier, at: world.older)
    #expect(before != nil)
    // What a build that knew no channel made of it: no cover, and a dossier that waits.
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      "UPDATE ledger.dossier SET needs_upgrade = true WHERE id = \(dossier)")
    try await admin.statement(
      """
      UPDATE casework.dossier
      SET upgrade_needed = true, id = NULL, change = NULL, kind = NULL, title = NULL
      WHERE dossier = \(dossier)
      """)
    await admin.close()
    #expect(try await digest(of: dossier, at: world.older) == nil)
    #expect(try await world.older.store.write(FoldAgain()).mended == 1)
    #expect(try await digest(of: dossier, at: world.older) == before)
    #expect(try await world.older.store.read(SelfCheck(after: nil)).report.differing.isEmpty)
    await world.older.store.close()
  }

  /// What a build that did not know disclosures and destructions left of a dossier.
  private func forgetParts(_ destroyed: StoredChangeSet, lacking: StoredChangeSet) async throws {
    let part = try #require(destroyed.parts[1])
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      """
      UPDATE ledger.dossier SET needs_upgrade = true, lacking = '{}'
      WHERE id = \(lacking.dossier)
      """)
    try await admin.statement(
      """
      INSERT INTO ledger.part (change_set, part, salt, content)
      VALUES (\(destroyed.id), 1, \(part.salt), \(part.content))
      """)
    await admin.close()
  }

  @Test func `scenario S17 after an upgrade disclosed parts are asked for and destroyed ones gone`()
    async throws
  {
    let world = try await three()
    let (newer, older) = (world.newer.agency, world.older.agency)
    let sheet = Record.about(nil, type: 4, by: newer)
    let withheld = try await world.newer.append(
      world.dossier, [Part(), Part(audience: [newer.code], records: [sheet])])
    let shared = try await world.newer.append(
      world.dossier,
      [Part(), Part(audience: [newer.code, older.code].sorted(), records: [sheet])])
    try await world.older.catchUp(with: world.newer)
    let disclosing = try await world.newer.append(
      world.dossier,
      [
        Part(),
        Part(
          audience: [newer.code, older.code].sorted(),
          records: [
            .about(PartPlace(change: withheld.id, part: 1), type: 9, by: newer)
          ]),
      ])
    let destroying = try await world.newer.append(
      world.dossier,
      [Part(records: [.about(PartPlace(change: shared.id, part: 1), type: 8, by: newer)])])
    // The word of both comes, and the part disclosed is lost on its way.
    let copies = [disclosing, destroying].map { ReceivedChangeSet($0, parts: $0.parts) }
    _ = try await world.older.store.write(
      TakeFetched(
        peer: newer.code, deliveries: copies.map { Delivery(number: 0, content: .changeSet($0)) },
        now: .sample))
    try await forgetParts(shared, lacking: withheld)
    #expect(try await world.older.store.read(ListLacking(peers: [newer.code])).isEmpty)
    #expect(try await world.older.store.write(FoldAgain()).mended == 1)
    let questions = try await world.older.store.read(ListLacking(peers: [newer.code]))
    #expect(questions.map(\.request.ids) == [[withheld.id]])
    let check = try await world.older.store.read(SelfCheck(after: nil))
    #expect(check.report.isConsistent, "the bytes of the destroyed part are gone")
    await world.older.store.close()
  }
}

/// What the directory says now.
private struct View: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> DirectoryView? {
    try transaction.directory()?.current
  }
}

/// The digest of one dossier.
private struct DigestOf: StoreWork {
  let dossier: DossierID

  init(_ dossier: DossierID) { self.dossier = dossier }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Hash256? {
    try transaction.digest(of: dossier)
  }
}
