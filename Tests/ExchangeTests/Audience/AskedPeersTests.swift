import Exchange
import Ledger
import TestSupport
import Testing

/// A question names what it is about, so it goes to nobody who is shut out.
@Suite(.timeLimit(.minutes(2))) struct AskedPeersTests {
  private typealias Node = SampleNode<MemoryStore>

  @Test func `security T11 an excluded author's node is not asked for an attachment of it`()
    async throws
  {
    let a = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let b = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    let c = SampleAgency("C")
    let directory = try await a.found()
    try await b.join(a, directory)
    try await a.carry(
      .admission(entry: c.entry, key: c.signatory.key.publicKey, particulars: nil), in: directory)
    try await b.catchUp(with: a)
    let grants = [b.agency.code, c.code].map {
      MembershipStatement.grant(Grant(agency: $0, ground: .admit))
    }
    let dossier = try await a.append(nil, [Part(membership: grants)]).dossier
    try await b.catchUp(with: a)
    let theirs = try await b.append(dossier, [Part()])
    try await a.catchUp(with: b)
    let listed = ListedAttachment(
      place: AttachmentPlace(change: theirs.id, part: 0, position: 0), dossier: dossier, record: 0,
      index: 0, content: SampleAttachment(bytes: 9).content)
    let asked: () async throws -> [[AgencyCode]] = {
      // No document lists it, so a store may drop it whenever it folds.
      try await a.store.write(DoAttachments(.list([listed])))
      return try await a.store.read(ListWantedAttachments()).map(\.peers)
    }
    #expect(try await asked() == [[b.agency.code, c.code]])
    try await a.append(
      dossier, [Part(membership: [.exclude(agency: b.agency.code, reason: "")])])
    #expect(try await asked() == [[c.code]])
  }

  @Test func `a hole is filled by its author first, who has every part`() async throws {
    let a = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let b = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    let author = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("C"))
    let directory = try await a.found()
    for node in [b, author] { try await node.join(a, directory) }
    for node in [b, author] { try await node.catchUp(with: a) }
    let grants = [a, b].map {
      MembershipStatement.grant(Grant(agency: $0.agency.code, ground: .admit))
    }
    let sheet = Part(
      audience: [b.agency.code, author.agency.code].sorted(),
      records: [.about(nil, type: 4, by: author.agency)])
    let first = try await author.append(nil, [Part(membership: grants), sheet])
    try await author.append(first.dossier, [Part()])
    for node in [a, b] { try await node.catchUp(with: author) }
    // A is asked before C by their codes, and may not see the sheet.
    #expect(a.store.contents.rows[first.id]?.changeSet.parts.keys.sorted() == [0])
    b.store.tamper { contents in
      contents.rows[first.id] = nil
      contents.log[first.dossier]?.removeAll { $0 == first.id }
    }
    let nodes = [a.agency.code: a, author.agency.code: author]
    let report = try await SelfChecking(repairs: true).run(
      over: b.store, now: { .sample },
      ask: { peer, request in
        let node = try #require(nodes[peer])
        return try await node.store.read(
          AnswerFetch(requester: b.agency.code, request: request))
      })
    #expect(report.repaired > 0 && report.isConsistent)
    #expect(b.store.contents.rows[first.id]?.changeSet.parts == first.parts)
  }
}
