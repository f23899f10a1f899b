import Exchange
import Ledger
import TestSupport
import Testing

/// An exclude that is held shuts somebody out at once, if it is its author's word.
@Suite(.timeLimit(.minutes(2))) struct ForgedExcludeTests {
  private typealias Node = SampleNode<MemoryStore>

  /// A member's node of a dossier of A with B and C, and D, which is in the directory alone.
  private struct World {
    let home = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let node = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    let member = SampleAgency("C")
    let relay = SampleAgency("D")
    let first: StoredChangeSet

    init() async throws {
      let directory = try await home.found()
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

    /// How many copies are held after the relay has brought this one.
    func bring(_ copy: ReceivedChangeSet) async throws -> Int {
      try await node.store.write(
        TakeFetched(
          peer: relay.code, deliveries: [Delivery(number: 0, content: .changeSet(copy))],
          now: .sample)
      ).held
    }

    /// The next change set of the home as anybody can write it, sealed by somebody else or not.
    func forgery(sealedBy forger: Signatory?) async throws -> ReceivedChangeSet {
      let graph = try await node.store.read(GraphsOf(dossiers: [first.dossier]))[first.dossier]
      let part = SaltedPart(
        salt: [UInt8](repeating: 5, count: SaltedPart.saltByteCount), content: exclude.encoded())
      let author = home.agency.signatory
      let header = try #require(
        graph?.nextHeader(
          author: author.agency, key: author.key.keyID, directory: first.header.directory,
          authoredAt: .sample, parts: [part.hash]))
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
      #expect(try await world.bring(forged) == 1)
      #expect(try await world.isServed())
    }
    // The home's own, whose ancestor has not come yet.
    try await world.home.append(world.first.dossier, [Part()])
    let last = try await world.home.append(world.first.dossier, [world.exclude])
    #expect(try await world.bring(ReceivedChangeSet(last, parts: last.parts)) == 1)
    #expect(try await world.isServed() == false)
  }
}
