import Ledger
import TestSupport
import Testing

/// The attacks of the TUF conformance suite, made on this directory.
///
/// What TUF does with a clock, this directory does with the head statements of all peers: the two
/// freezes are in ExchangeTests, where pages are.
@Suite struct DirectoryAttackTests {
  private struct Scene {
    var world: World
    let fzb: AgencyCode
    let jw: AgencyCode
    let fy: AgencyCode

    /// The statements of the registrar that had no effect, so far.
    var reasons: [IneffectiveReason] { world.directory.ineffective.map(\.reason) }

    /// Proposes as the registrar, on the newest entry.
    mutating func propose(_ change: Proposal.Change) throws -> ChangeSetID {
      try world.enter(
        [.proposal(Proposal(basedOn: world.directory.newest, change: change))], by: fzb)
    }

    /// Finalizes a proposal as the registrar, citing what is given.
    @discardableResult
    mutating func finalize(
      _ proposal: ChangeSetID, citing: [ChangeSetID]
    ) throws -> ChangeSetID {
      try world.enter(
        [.finalization(Finalization(proposal: proposal, countersignatures: citing))], by: fzb)
    }
  }

  /// Three governors, of whom two must agree.
  private func scene(seed: UInt64 = 1) throws -> Scene {
    var world = try World(seed: seed, others: ["420300-JW", "420300-FY"])
    let codes = try ["420300-FZB", "420300-JW", "420300-FY"].map { try Agencies.code($0) }
    try world.carry(.governance(governors: codes.sorted(), threshold: 2), agreeing: [codes[1]])
    return Scene(world: world, fzb: codes[0], jw: codes[1], fy: codes[2])
  }

  private func stranger() throws -> AgencyCode { try Agencies.code("420300-SFJ") }

  private func admission(_ world: inout World) throws -> Proposal.Change {
    .admission(
      entry: World.entry(try stranger()), key: try world.newKey().publicKey, particulars: nil)
  }

  @Test func `security T7 rollback: what is old again changes nothing and carries nothing`()
    throws
  {
    var scene = try scene()
    let old = scene.world.directory.newest
    var graph = try scene.world.begin(by: scene.jw)
    try scene.world.rotate(scene.fy, agreeing: [scene.jw])
    try scene.world.write(by: scene.jw, in: &graph)
    // The older entries delivered again.
    let newest = scene.world.directory.newest
    for changeSet in Array(scene.world.directory.graph.changeSets) {
      scene.world.directory.insert(changeSet)
    }
    #expect(scene.world.directory.newest == newest)
    // An author cannot go back to the older directory either.
    let back = try scene.world.draft(
      by: scene.jw, on: graph, [], World.Twist(directory: old))
    #expect(scene.world.verdict(back, in: graph) == .rejected(.directoryOlder))
    // The registrar goes on from the older entry: the longer branch stays in force.
    let branch = try scene.world.draftEntry([], by: scene.fzb, after: old)
    if case .stored(let stored) = scene.world.verdict(branch, in: scene.world.directory.graph) {
      scene.world.directory.insert(stored)
    }
    #expect(scene.world.directory.newest == newest)
    #expect(scene.world.directory.graph.forks.count == 1, "and the fork is proof against it")
  }

  @Test func `security T7 one signature short of k carries nothing`() throws {
    var scene = try scene()
    let proposal = try scene.propose(try admission(&scene.world))
    try scene.finalize(proposal, citing: [])
    #expect(scene.reasons == [.tooFewGovernors])
    #expect(scene.world.directory.current.agency(try stranger()) == nil)
    let word = try scene.world.enter([.countersignature(proposal: proposal)], by: scene.fy)
    try scene.finalize(proposal, citing: [word])
    #expect(scene.world.directory.current.agency(try stranger()) != nil)
  }

  @Test func `security T7 the same key counts once, however often it signs`() throws {
    var scene = try scene()
    let proposal = try scene.propose(try admission(&scene.world))
    let words = try (0..<3).map { _ in
      try scene.world.enter([.countersignature(proposal: proposal)], by: scene.fzb)
    }
    try scene.finalize(proposal, citing: words)
    #expect(scene.reasons == [.tooFewGovernors])
    // And no key stands for two agencies.
    let key = try scene.world.key(of: scene.jw)
    try scene.world.carry(
      .admission(
        entry: World.entry(try stranger()), key: key.publicKey, particulars: nil),
      agreeing: [scene.jw])
    #expect(scene.reasons == [.tooFewGovernors, .key])
  }

  @Test func `security T7 a countersignature under a wrong key is no entry at all`() throws {
    var scene = try scene()
    let proposal = try scene.propose(try admission(&scene.world))
    let word = DirectoryStatement.countersignature(proposal: proposal)
    let unknown = try scene.world.draftEntry([word], by: scene.jw, key: try scene.world.newKey())
    #expect(
      scene.world.verdict(unknown, in: scene.world.directory.graph) == .rejected(.keyUnknown))
    let foreign = try scene.world.draftEntry(
      [word], by: scene.jw, key: try scene.world.key(of: scene.fy))
    #expect(
      scene.world.verdict(foreign, in: scene.world.directory.graph) == .rejected(.keyForeign))
    // A finalization that cites what was rejected cites nothing.
    try scene.finalize(proposal, citing: [unknown.id])
    #expect(scene.reasons == [.proposalMissing])
  }

  @Test func `security T7 the old k alone does not change the governance`() throws {
    var scene = try scene()
    let sfj = try scene.world.admit("420300-SFJ", agreeing: [scene.jw])
    let next = Proposal.Change.governance(governors: [scene.fy, sfj].sorted(), threshold: 2)
    try scene.world.carry(next, agreeing: [scene.jw])
    #expect(scene.reasons == [.tooFewGovernors])
    // Nor do the new ones alone.
    var other = try self.scene()
    let newcomer = try other.world.admit("420300-SFJ", agreeing: [other.jw])
    let proposal = try other.propose(
      .governance(governors: [other.fy, newcomer].sorted(), threshold: 2))
    let word = try other.world.enter([.countersignature(proposal: proposal)], by: newcomer)
    try other.finalize(proposal, citing: [word])
    #expect(other.reasons == [.tooFewGovernors])
    #expect(other.world.directory.current.governors.count == 3)
  }

  @Test func `security T7 an arbitrary entry of a non-governor is rejected`() throws {
    var scene = try scene()
    let sfj = try scene.world.admit("420300-SFJ", agreeing: [scene.jw])
    let statements: [DirectoryStatement] = [
      .proposal(
        Proposal(
          basedOn: scene.world.directory.newest,
          change: .key(agency: scene.fy, key: try scene.world.newKey().publicKey))),
      .countersignature(proposal: scene.world.directory.newest),
      .finalization(Finalization(proposal: scene.world.directory.newest, countersignatures: [])),
      .appointment(
        Appointment(
          agency: sfj, key: try scene.world.key(of: sfj).publicKey,
          lastEntry: scene.world.directory.newest)),
    ]
    for statement in statements {
      let received = try scene.world.draftEntry([statement], by: sfj)
      #expect(
        scene.world.verdict(received, in: scene.world.directory.graph) == .rejected(.noGrant))
    }
    // A governor that is not the registrar finalizes nothing.
    let proposal = try scene.propose(.key(agency: sfj, key: try scene.world.newKey().publicKey))
    try scene.world.enter(
      [.finalization(Finalization(proposal: proposal, countersignatures: []))], by: scene.jw)
    #expect(scene.world.directory.current.activeKey(of: sfj)?.id == scene.world.keys[sfj]?.keyID)
  }

  @Test func `security T7 entries of two directories do not mix`() throws {
    var scene = try scene()
    var other = try self.scene(seed: 2)
    let proposal = try scene.propose(try admission(&scene.world))
    let foreign = try other.propose(try admission(&other.world))
    let word = try other.world.draftEntry(
      [.countersignature(proposal: proposal)], by: other.jw)
    #expect(
      scene.world.verdict(word, in: other.world.directory.graph) == .rejected(.directoryForeign))
    // The same agencies, the same codes: neither the other's proposal nor its word counts here.
    try scene.finalize(proposal, citing: [foreign])
    try scene.finalize(foreign, citing: [])
    #expect(scene.reasons == [.proposalMissing, .proposalMissing])
    // A case file that names an entry of the other directory waits for one that never comes.
    let graph = try scene.world.begin(by: scene.jw)
    let mixed = try scene.world.draft(
      by: scene.jw, on: graph, [], World.Twist(directory: other.world.directory.newest))
    guard case .held(.directoryEntry, _) = scene.world.verdict(mixed, in: graph) else {
      Issue.record("an entry of another directory was taken")
      return
    }
  }

  @Test func `security T7 a key that was suspended signs nothing any more`() throws {
    var scene = try scene()
    let old = try scene.world.key(of: scene.jw)
    let proposal = try scene.propose(try admission(&scene.world))
    let word = try scene.world.enter([.countersignature(proposal: proposal)], by: scene.jw)
    let registrar = try scene.world.key(of: scene.fzb)
    try scene.world.enter(
      [
        .suspension(
          SignedObject(
            signing: Suspension(
              signer: scene.fzb, key: registrar.keyID, agency: scene.jw, suspended: old.keyID,
              reason: "stolen"), with: registrar))
      ], by: scene.fzb)
    let entry = try scene.world.draftEntry([], by: scene.jw, key: old)
    #expect(
      scene.world.verdict(entry, in: scene.world.directory.graph) == .rejected(.keyWithdrawn))
    // What it signed before may have been the thief's: it carries nothing from now on.
    try scene.finalize(proposal, citing: [word])
    #expect(scene.reasons == [.tooFewGovernors])
    // The thief cannot lift the suspension, nor give itself a key.
    let lifting = SignedObject(
      signing: Suspension(
        signer: scene.jw, key: old.keyID, agency: scene.jw, suspended: registrar.keyID,
        reason: "no"), with: old)
    try scene.world.enter([.suspension(lifting)], by: scene.fzb)
    #expect(scene.reasons == [.tooFewGovernors, .signature])
    #expect(scene.world.directory.current.activeKey(of: scene.jw) == nil)
    try scene.world.rotate(scene.jw, agreeing: [scene.fy])
    #expect(scene.world.directory.current.activeKey(of: scene.jw) != nil)
  }
}
