import FoundationEssentials
import Ledger
import SwiftProtobuf
import TestSupport
import Testing
import Wire

/// Each reason to reject or hold, reached by an otherwise lawful change set.
@Suite struct JudgeTests {
  private struct Scene {
    var world: World
    var graph: DossierGraph
    let home: AgencyCode
    let member: AgencyCode
    let stranger: AgencyCode
  }

  private func scene() throws -> Scene {
    var world = try World(others: ["420300-JW", "420300-FY", "420300-SFJ"])
    let home = try Agencies.code("420300-JW")
    let member = try Agencies.code("420300-FY")
    let graph = try world.begin(by: home, [.to(member)])
    return Scene(
      world: world, graph: graph, home: home, member: member,
      stranger: try Agencies.code("420300-SFJ"))
  }

  private func reject(
    _ reason: RejectionReason, by author: KeyPath<Scene, AgencyCode> = \.member,
    _ twist: (inout Scene) throws -> World.Twist
  ) throws {
    var scene = try scene()
    let change = try twist(&scene)
    let received = try scene.world.draft(by: scene[keyPath: author], on: scene.graph, [], change)
    #expect(scene.world.verdict(received, in: scene.graph) == .rejected(reason))
  }

  @Test func `a lawful change set is stored with the parts that match`() throws {
    var scene = try scene()
    let received = try scene.world.draft(
      by: scene.member, on: scene.graph, [],
      World.Twist(sealedParts: [Part(audience: [scene.home])]))
    let judgement = scene.world.judgement(of: received, in: scene.graph)
    guard case .stored(let stored) = judgement.verdict else {
      Issue.record("\(judgement.verdict)")
      return
    }
    #expect(judgement.faults.isEmpty)
    #expect(stored.id == received.id)
    #expect(stored.parts == received.parts)
  }

  @Test func `a header wrong by its own bytes is rejected for its flaw`() throws {
    try reject(.header(.noParts)) { _ in World.Twist { $0.parts = [] } }
  }

  @Test func `a sequence that leaves a gap is rejected`() throws {
    try reject(.sequence) { scene in
      try scene.world.write(by: scene.member, in: &scene.graph)
      return World.Twist { $0.sequence += 1 }
    }
  }

  @Test func `another author's change set as the one before is rejected`() throws {
    try reject(.sequence) { scene in
      let id = scene.graph.id.first
      return World.Twist { header in
        header.previous = id
        header.sequence = 2
        header.parents = []
      }
    }
  }

  @Test func `a second beginning of the home is rejected`() throws {
    try reject(.secondBeginning, by: \.home) { scene in
      let id = scene.graph.id.first
      return World.Twist { header in
        header.previous = nil
        header.sequence = 1
        header.parents = [id]
      }
    }
  }

  @Test func `a parent that another link reaches is rejected`() throws {
    try reject(.redundantParent) { scene in
      try scene.world.write(by: scene.member, in: &scene.graph)
      return World.Twist(parents: [scene.graph.id.first])
    }
  }

  @Test func `an ancestor of another dossier is rejected where that is known`() throws {
    var scene = try scene()
    let elsewhere = try scene.world.begin(by: scene.home).id.first
    let received = try scene.world.draft(
      by: scene.member, on: scene.graph, [], World.Twist(parents: [elsewhere]))
    #expect(
      scene.world.verdict(received, in: scene.graph) == .held(.ancestor, missing: [elsewhere]))
    let judge = Judge(
      pinned: scene.world.directory.id, directory: scene.world.directory, foreign: [elsewhere])
    let verdict = scene.world.verdict(received, in: scene.graph, by: judge)
    #expect(verdict == .rejected(.foreignAncestor))
  }

  @Test func `an entry that is not the registrar's is rejected`() throws {
    try reject(.directoryEntry) { scene in
      let registrar = scene.world.registrar
      try scene.world.enter(
        [
          .proposal(
            Proposal(
              basedOn: scene.world.directory.newest,
              change: .governance(governors: [registrar, scene.home].sorted(), threshold: 2)))
        ], by: registrar)
      let entry = try scene.world.enter([], by: scene.home)
      return World.Twist(directory: entry)
    }
  }

  @Test func `a change set of another directory is rejected`() throws {
    try reject(.directoryForeign) { _ in World.Twist { $0.directory = nil } }
    let scene = try scene()
    let other = try World(seed: 99)
    let founding = try #require(other.directory.graph.changeSet(other.directory.id.first))
    let received = ReceivedChangeSet(
      headerBytes: founding.headerBytes, proof: founding.proof, parts: founding.parts)
    #expect(scene.world.verdict(received, in: nil) == .rejected(.directoryForeign))
  }

  @Test func `an entry older than an ancestor's is rejected, also behind a link`() throws {
    try reject(.directoryOlder) { scene in
      let old = scene.world.directory.newest
      try scene.world.admit("420304-SFJ")
      try scene.world.write(by: scene.home, in: &scene.graph)
      try scene.world.write(by: scene.member, in: &scene.graph)
      return World.Twist(directory: old)
    }
  }

  @Test func `a key that the directory does not know is rejected`() throws {
    try reject(.keyUnknown) { scene in World.Twist(key: try scene.world.newKey()) }
  }

  @Test func `a key that comes into the directory later is rejected at the older entry`() throws {
    try reject(.keyUnknown) { scene in
      let old = scene.world.directory.newest
      try scene.world.rotate(scene.member)
      return World.Twist(key: try scene.world.key(of: scene.member), directory: old)
    }
  }

  @Test func `another agency's key is rejected`() throws {
    try reject(.keyForeign) { scene in World.Twist(key: try scene.world.key(of: scene.home)) }
  }

  @Test func `a key replaced at the named entry is rejected and one replaced later is not`() throws
  {
    try reject(.keyWithdrawn) { scene in
      World.Twist(key: try scene.world.rotate(scene.member))
    }
    var scene = try scene()
    let before = scene.world.directory.newest
    let old = try scene.world.rotate(scene.member)
    try scene.world.write(
      by: scene.member, in: &scene.graph, [], World.Twist(key: old, directory: before))
  }

  @Test func `an author without a grant in its ancestry is rejected`() throws {
    try reject(.noGrant, by: \.stranger) { _ in World.Twist() }
    // A grant that its author had not seen is none.
    try reject(.noGrant, by: \.stranger) { scene in
      let first = scene.graph.id.first
      try scene.world.write(by: scene.home, in: &scene.graph, [.admit(scene.stranger)])
      return World.Twist(parents: [first])
    }
    // Nor is one by an agency that may not grant.
    try reject(.noGrant, by: \.stranger) { scene in
      try scene.world.write(by: scene.member, in: &scene.graph, [.admit(scene.stranger)])
      return World.Twist()
    }
  }

  @Test func `what names a rejected change set or entry is rejected`() throws {
    var scene = try scene()
    let received = try scene.world.draft(by: scene.member, on: scene.graph)
    for id in [scene.graph.id.first, scene.world.directory.newest] {
      let judge = Judge(
        pinned: scene.world.directory.id, directory: scene.world.directory, rejected: [id])
      let verdict = scene.world.verdict(received, in: scene.graph, by: judge)
      #expect(verdict == .rejected(.rejectedAncestor))
    }
  }

  @Test func `the founding entry is rejected when key and author are not the founder's`() throws {
    let world = try World()
    let founding = try #require(world.directory.graph.changeSet(world.directory.id.first))
    var random = SeededGenerator(seed: 77)
    for (flaw, author, usesOwnKey) in [
      (RejectionReason.keyForeign, "420300-FY", true), (.keyUnknown, "420300-FZB", false),
    ] {
      let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
      let header = ChangeSetHeader.first(
        author: try Agencies.code(author), key: usesOwnKey ? founding.header.key : key.keyID,
        directory: nil, authoredAt: world.clock, parts: founding.header.parts)
      let received = try World.sealed(
        header, founding.parts, by: key, blind: random.bytes(32))
      let judge = Judge(pinned: DossierID(first: received.id), directory: nil)
      #expect(world.verdict(received, in: nil, by: judge) == .rejected(flaw))
    }
    let judge = Judge(pinned: world.directory.id, directory: nil)
    let lawful = ReceivedChangeSet(
      headerBytes: founding.headerBytes, proof: founding.proof, parts: founding.parts)
    #expect(world.verdict(lawful, in: nil, by: judge) == .stored(founding))
  }

  @Test func `every code of a reason is its own`() {
    let rejections = RejectionReason.all.map(\.code)
    #expect(Set(rejections).count == rejections.count)
    #expect(rejections.contains("header-parents-not-ascending"))
    #expect(HoldReason.allCases.map(\.code).contains("open-part"))
  }
}

/// Held: shown, asked for, and released when what was missing comes.
@Suite struct HoldTests {
  private func scene() throws -> (World, DossierGraph, AgencyCode) {
    var world = try World(others: ["420300-JW", "420300-FY"])
    let home = try Agencies.code("420300-JW")
    let member = try Agencies.code("420300-FY")
    let graph = try world.begin(by: home, [.to(member)])
    return (world, graph, member)
  }

  @Test func `a missing ancestor holds, and its coming releases`() throws {
    var (world, graph, member) = try scene()
    let before = graph
    let first = try world.draft(by: member, on: graph)
    let stored = try world.take(first, in: graph)
    let isNew = graph.insert(stored, directory: world.directory)
    #expect(isNew)
    let second = try world.draft(by: member, on: graph)
    #expect(world.verdict(second, in: before) == .held(.ancestor, missing: [first.id]))
    #expect(world.verdict(second, in: nil) == .held(.ancestor, missing: [first.id]))
    guard case .stored = world.verdict(second, in: graph) else {
      Issue.record("not released")
      return
    }
  }

  @Test func `a missing directory entry holds`() throws {
    var (world, graph, member) = try scene()
    let older = world.directory
    try world.admit("420304-SFJ")
    let received = try world.draft(by: member, on: graph)
    let judge = Judge(pinned: older.id, directory: older)
    #expect(
      world.verdict(received, in: graph, by: judge)
        == .held(.directoryEntry, missing: [world.directory.newest]))
    let without = Judge(pinned: older.id, directory: nil)
    #expect(
      world.verdict(received, in: graph, by: without)
        == .held(.directoryEntry, missing: [world.directory.newest]))
  }

  @Test func `a wrong seal condemns the delivery and a good one releases`() throws {
    var (world, graph, member) = try scene()
    let good = try world.draft(by: member, on: graph)
    var unsealed = good
    unsealed.proof = nil
    #expect(world.verdict(unsealed, in: graph) == .held(.seal, missing: []))
    var forged = good
    let thief = try world.newKey()
    let header = try lawful(good)
    forged.proof = try World.sealed(header, [:], by: thief, blind: world.random.bytes(32)).proof
    let judgement = world.judgement(of: forged, in: graph)
    #expect(judgement.verdict == .held(.seal, missing: []))
    #expect(judgement.faults == [.seal])
    guard case .stored = world.verdict(good, in: graph) else {
      Issue.record("a good copy of the same id is taken")
      return
    }
  }

  @Test func `wrong part bytes count as not received and condemn the delivery`() throws {
    var (world, graph, member) = try scene()
    let good = try world.draft(
      by: member, on: graph, [], World.Twist(sealedParts: [Part(audience: [member])]))
    var tampered = good
    let open = try #require(good.parts[0])
    tampered.parts[0] = SaltedPart(salt: open.salt, content: open.content + [0])
    let judgement = world.judgement(of: tampered, in: graph)
    #expect(judgement.verdict == .held(.openPart, missing: []))
    #expect(judgement.faults == [.part(0)])
    var empty = good
    empty.parts = [:]
    #expect(world.verdict(empty, in: graph) == .held(.openPart, missing: []))
    var sealed = good
    sealed.parts[1] = SaltedPart(salt: open.salt, content: [1])
    sealed.parts[7] = open
    let partial = world.judgement(of: sealed, in: graph)
    #expect(partial.faults == [.part(1), .part(7)])
    guard case .stored(var stored) = partial.verdict else {
      Issue.record("\(partial.verdict)")
      return
    }
    #expect(Set(stored.parts.keys) == [0])
    stored.add(good.parts)
    #expect(stored.parts == good.parts)
  }

  @Test func `a later format and a later membership statement hold`() throws {
    var (world, graph, member) = try scene()
    let good = try world.draft(by: member, on: graph)
    var wire = try WireChangeSetHeader(serializedBytes: good.headerBytes)
    wire.format = 2
    let later = ReceivedChangeSet(headerBytes: LawfulForm.encode(wire), proof: nil, parts: [:])
    #expect(world.verdict(later, in: graph) == .held(.unknownFormat, missing: []))

    var part = WirePart()
    part.membership = [try WireMembershipStatement(serializedBytes: [0x4A, 0x00])]
    let salted = SaltedPart(salt: world.random.bytes(32), content: LawfulForm.encode(part))
    var header = try lawful(good)
    header.parts = [salted.hash]
    let unknown = try World.sealed(
      header, [0: salted], by: try world.key(of: member), blind: world.random.bytes(32))
    #expect(world.verdict(unknown, in: graph) == .held(.unknownMembership, missing: []))
  }

  @Test func `a key of a later suite holds what it signs`() throws {
    var (world, graph, member) = try scene()
    let later = PublicKey(suite: 2, bytes: world.random.bytes(65))
    try world.carry(.key(agency: member, key: later))
    let received = try world.draft(
      by: member, on: graph, [], World.Twist { $0.key = later.id })
    #expect(world.verdict(received, in: graph) == .held(.unknownSuite, missing: []))
    try world.rotate(member)
    let replaced = try world.draft(
      by: member, on: graph, [], World.Twist { $0.key = later.id })
    #expect(world.verdict(replaced, in: graph) == .rejected(.keyWithdrawn))
  }

  private func lawful(_ received: ReceivedChangeSet) throws -> ChangeSetHeader {
    guard case .header(let header) = received.reading else { throw Unreadable() }
    return header
  }

  private struct Unreadable: Error {}
}
