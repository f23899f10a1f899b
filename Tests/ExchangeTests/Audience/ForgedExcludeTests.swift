import Exchange
import Ledger
import TestSupport
import Testing

/// An exclude that is held shuts somebody out at once, if it is its author's word.
@Suite(.timeLimit(.minutes(2))) struct ForgedExcludeTests {
  private typealias Node = SampleNode<MemoryStore>

  /// A member's node of a dossier of A with B and C, and D, which is in the directory alone.
  private struct World {
    var home = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let node = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    let member = SampleAgency("C")
    let relay = SampleAgency("D")
    let directory: DossierID
    let first: StoredChangeSet

    init() async throws {
      directory = try await home.found()
      try await node.join(home, directory)
      for agency in [member, relay] {
        try await home.carry(
          .admission(
            entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
          in: directory)
      }
      let grants = [node.agency.code, member.code].map {
        MembershipStatement.grant(Grant(agency: $0, ground: .admit))
      }
      first = try await home.append(nil, [Part(membership: grants)])
      try await node.catchUp(with: home)
    }

    var exclude: Part { Part(membership: [.exclude(agency: member.code, reason: "")]) }

    /// Whether the node gives the member what is its own.
    func isServed() async throws -> Bool {
      let request = FetchRequest(ids: [first.id])
      let answer = try await node.store.read(
        AnswerFetch(requester: member.code, request: request))
      return answer.deliveries.count == 1
    }

    /// What becomes of copies that a node brings, the relay when none is named.
    func bring(_ copies: [ReceivedChangeSet], by peer: AgencyCode? = nil) async throws -> TakenFetch
    {
      try await node.store.write(
        TakeFetched(
          peer: peer ?? relay.code,
          deliveries: copies.map { Delivery(number: 0, content: .changeSet($0)) }, now: .sample))
    }

    /// Gives the home a new key, of which the node hears nothing; gives the entries that say so.
    mutating func replaceKey() async throws -> [ReceivedChangeSet] {
      let known = home.store.contents.log[directory]?.count ?? 0
      let successor = SampleAgency("A", generation: 1)
      try await home.carry(
        .key(agency: successor.code, key: successor.signatory.key.publicKey), in: directory)
      home.agency = successor
      let rows = home.store.contents.rows
      return (home.store.contents.log[directory] ?? []).dropFirst(known).compactMap { id in
        rows[id].map { ReceivedChangeSet($0.changeSet, parts: $0.changeSet.parts) }
      }
    }

    /// The next change set of the home as anybody can write it, sealed by somebody else or not.
    func forgery(
      sealedBy forger: Signatory?, under key: KeyID? = nil, naming entry: ChangeSetID? = nil
    ) async throws -> ReceivedChangeSet {
      let graph = try await node.store.read(GraphsOf(dossiers: [first.dossier]))[first.dossier]
      let part = SaltedPart(
        salt: [UInt8](repeating: 5, count: SaltedPart.saltByteCount), content: exclude.encoded())
      let author = home.agency.signatory
      let header = try #require(
        graph?.nextHeader(
          author: author.agency, key: key ?? author.key.keyID,
          directory: entry ?? first.header.directory, authoredAt: .sample, parts: [part.hash]))
      let bytes = header.encoded()
      let leaf = (id: ChangeSetHeader.id(of: bytes), blind: [UInt8](repeating: 6, count: 32))
      let proof = try forger.map { forger in
        try #require(
          SealTree([leaf])?.sealed(by: author.agency, with: forger.key, at: .sample).first)
      }
      return ReceivedChangeSet(headerBytes: bytes, proof: proof, parts: [0: part])
    }
  }

  @Test func `security T11 a held exclude in another's name shuts nobody out, a sealed one does`()
    async throws
  {
    let world = try await World()
    for forger in [nil, world.relay.signatory] {
      let forged = try await world.forgery(sealedBy: forger)
      #expect(try await world.bring([forged]).held == 1)
      #expect(try await world.isServed())
    }
    // The home's own, whose ancestor has not come yet.
    try await world.home.append(world.first.dossier, [Part()])
    let last = try await world.home.append(world.first.dossier, [world.exclude])
    #expect(try await world.bring([ReceivedChangeSet(last, parts: last.parts)]).held == 1)
    #expect(try await world.isServed() == false)
  }

  /// Else any relay could shut anybody out with a key that it invented.
  @Test func `security T11 a relayed exclude under an unknown key closes nothing before its entry`()
    async throws
  {
    var world = try await World()
    let home = world.home.agency.code
    let entries = try await world.replaceKey()
    let exclude = try await world.home.append(world.first.dossier, [world.exclude])
    let entry = try #require(exclude.header.directory)
    #expect(entries.map(\.id).contains(entry))
    let copy = ReceivedChangeSet(exclude, parts: exclude.parts)
    let taken = try await world.bring([copy])
    #expect(taken.held == 1 && taken.wanted == [entry], "the entry is asked for at once")
    #expect(try await world.isServed())
    let questions = try await world.node.store.read(ListWanted(peers: [home, world.relay.code]))
    #expect(Set(questions.map(\.peer)) == [home, world.relay.code])
    for question in questions { #expect(question.request.ids == [entry]) }
    // With the entry it is judged, and counts.
    #expect(try await world.bring(entries).stored == entries.count + 1)
    #expect(try await world.isServed() == false)
  }

  @Test func `security T11 an exclude under an unknown key counts at once from its author's node`()
    async throws
  {
    var world = try await World()
    _ = try await world.replaceKey()
    let exclude = try await world.home.append(world.first.dossier, [world.exclude])
    let copy = ReceivedChangeSet(exclude, parts: exclude.parts)
    #expect(try await world.bring([copy], by: world.home.agency.code).held == 1)
    #expect(try await world.isServed() == false)
  }

  @Test func `security T11 an exclude under an invented key closes nothing, whatever it names`()
    async throws
  {
    let world = try await World()
    let thief = SampleAgency("Z").signatory
    let key = thief.key.keyID
    let rejected = try await world.forgery(sealedBy: thief, under: key)
    #expect(try await world.bring([rejected]).held == 0)
    let entry = ChangeSetID(.sha256([1]))
    let held = try await world.forgery(sealedBy: thief, under: key, naming: entry)
    let taken = try await world.bring([held])
    #expect(taken.held == 1 && taken.wanted == [entry])
    #expect(try await world.isServed())
  }
}
