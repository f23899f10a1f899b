import Ledger
import SwiftProtobuf
import Testing
import Wire

/// Agencies, keys and governance, as the registrar's entries say in their own ancestry.
@Suite struct DirectoryTests {
  private let registrar = "420300-FZB"

  private func code(_ text: String) throws -> AgencyCode { try Agencies.code(text) }

  /// A directory that three governors rule, two of whom must agree.
  private func governed() throws -> (World, fzb: AgencyCode, jw: AgencyCode, fy: AgencyCode) {
    var world = try World(others: ["420300-JW", "420300-FY"])
    let (fzb, jw, fy) = (try code(registrar), try code("420300-JW"), try code("420300-FY"))
    try world.carry(.governance(governors: [fzb, fy, jw].sorted(), threshold: 2), agreeing: [jw])
    #expect(world.directory.current.governors == [fzb, fy, jw].sorted())
    #expect(world.directory.current.threshold == 2)
    return (world, fzb, jw, fy)
  }

  private func reasons(_ world: World) -> [IneffectiveReason] {
    world.directory.ineffective.map(\.reason)
  }

  @Test func `a founding makes the registrar the only governor`() throws {
    let world = try World()
    let view = world.directory.current
    let home = try code(registrar)
    #expect(view.registrar == home)
    #expect(view.governors == [home])
    #expect(view.threshold == 1)
    #expect(view.isSample)
    #expect(view.entry == world.directory.id.first)
    #expect(world.directory.newest == world.directory.id.first)
    #expect(view.activeKey(of: home)?.id == world.keys[home]?.keyID)
  }

  @Test func `an admission gives an agency its key and its host`() throws {
    var world = try World()
    let jw = try world.admit("420300-JW")
    let unit = try world.admit("420300-U1", hostedBy: jw)
    let view = world.directory.current
    #expect(view.activeKey(of: jw)?.id == world.keys[jw]?.keyID)
    #expect(view.host(of: unit) == jw)
    #expect(view.host(of: jw) == jw)
    #expect(view.hosted(by: jw) == [jw, unit])
    #expect(view.agency(jw)?.entry.name == "示例420300-JW")
    let key = try #require(world.keys[jw])
    #expect(view.key(key.keyID) == .active(jw, key.verificationKey))
  }

  @Test func `who works on a node is known after every move`() throws {
    var world = try World(others: ["420300-JW", "420300-FY"])
    let (jw, fy) = (try code("420300-JW"), try code("420300-FY"))
    let unit = try world.admit("420300-U1", hostedBy: jw)
    try world.admit("420300-A1", hostedBy: jw)
    let key = try world.key(of: unit).publicKey
    for host in [fy, jw, jw, nil, fy] as [AgencyCode?] {
      try world.carry(
        .admission(entry: World.entry(unit, hostedBy: host), key: key, particulars: nil))
      let view = world.directory.current
      #expect(view.agency(unit)?.entry.hostedBy == host)
      for node in view.agencies.keys {
        let expected = view.agencies.keys.filter { view.host(of: $0) == node }.sorted()
        #expect(view.hosted(by: node) == expected, "\(node)")
      }
    }
  }

  @Test func `security T10 codes and keys are never reused, and weak keys never taken`() throws {
    var world = try World(others: ["420300-JW"])
    let jw = try code("420300-JW")
    let own = try #require(world.keys[jw])
    // The same code with another key, another code with the same key, a key of small order.
    try world.carry(
      .admission(entry: World.entry(jw), key: try world.newKey().publicKey, particulars: nil))
    try world.carry(
      .admission(
        entry: World.entry(try code("420300-FY")), key: own.publicKey, particulars: nil))
    let weak = PublicKey(bytes: [1] + Array(repeating: 0, count: 31))
    try world.carry(
      .admission(entry: World.entry(try code("420300-FY")), key: weak, particulars: nil))
    try world.carry(
      .admission(
        entry: World.entry(try code("420300-FY"), hostedBy: try code("420300-XX")),
        key: try world.newKey().publicKey, particulars: nil))
    #expect(reasons(world) == [.agency, .key, .key, .agency])
    #expect(world.directory.current.agencies.count == 2)
    // A key once replaced does not come back either.
    let old = try world.rotate(jw)
    try world.carry(.key(agency: jw, key: old.publicKey))
    try world.carry(.key(agency: try code("420300-XX"), key: try world.newKey().publicKey))
    #expect(reasons(world).suffix(2) == [.key, .agency])
    #expect(world.directory.current.key(old.keyID) == .withdrawn(jw, old.verificationKey))
  }

  @Test func `an entry restated keeps its key`() throws {
    var world = try World(others: ["420300-JW"])
    let jw = try code("420300-JW")
    var entry = World.entry(jw)
    entry.shortName = "纪委监委"
    let key = try #require(world.keys[jw])
    try world.carry(.admission(entry: entry, key: key.publicKey, particulars: nil))
    #expect(world.directory.current.agency(jw)?.entry.shortName == "纪委监委")
    #expect(world.directory.current.activeKey(of: jw)?.id == key.keyID)
  }

  @Test func `one governor too few, or the same governor twice, carries nothing`() throws {
    var (world, fzb, jw, fy) = try governed()
    let key = try world.newKey()
    let change = Proposal.Change.admission(
      entry: World.entry(try code("420300-SFJ")), key: key.publicKey, particulars: nil)
    try world.carry(change)
    try world.carry(change, agreeing: [fzb, fzb])
    #expect(reasons(world).suffix(2) == [.tooFewGovernors, .tooFewGovernors])
    #expect(world.directory.current.agency(try code("420300-SFJ")) == nil)
    try world.carry(change, agreeing: [fy])
    #expect(world.directory.current.agency(try code("420300-SFJ")) != nil)
    #expect(world.directory.current.governors.contains(jw))
  }

  @Test func `a countersignature under a key withdrawn by then does not count`() throws {
    var (world, fzb, jw, fy) = try governed()
    let change = Proposal.Change.admission(
      entry: World.entry(try code("420300-SFJ")), key: try world.newKey().publicKey,
      particulars: nil)
    let proposal = try world.enter(
      [.proposal(Proposal(basedOn: world.directory.newest, change: change))], by: fzb)
    let word = try world.enter([.countersignature(proposal: proposal)], by: jw)
    try world.rotate(jw, agreeing: [fy])
    let final = DirectoryStatement.finalization(
      Finalization(proposal: proposal, countersignatures: [word]))
    try world.enter([final], by: fzb)
    #expect(reasons(world) == [.tooFewGovernors])
  }

  @Test func `a change of governance needs the old and the new majority`() throws {
    var (world, fzb, jw, fy) = try governed()
    let sfj = try world.admit("420300-SFJ", agreeing: [jw])
    let next = Proposal.Change.governance(governors: [fy, sfj].sorted(), threshold: 2)
    // Two old governors, but only one of the new.
    try world.carry(next, agreeing: [fy])
    #expect(reasons(world) == [.tooFewGovernors])
    // One to be governor may write; together with the old ones it carries.
    try world.carry(next, agreeing: [fy, sfj])
    #expect(world.directory.current.governors == [fy, sfj].sorted())
    #expect(throws: World.Refused.self) { try world.enter([], by: jw) }
    #expect(world.directory.current.registrar == fzb)
  }

  @Test func `a governance without a majority is unlawful`() throws {
    var (world, _, jw, fy) = try governed()
    for (governors, threshold) in [
      ([fy, jw], 1), ([fy, jw], 3), ([], 0), ([fy, jw, try code("420300-XX")], 2),
    ] {
      try world.carry(
        .governance(governors: governors.sorted(), threshold: threshold), agreeing: [fy, jw])
    }
    let found = Set(reasons(world))
    #expect(found.isSubset(of: [.unlawfulGovernance, .tooFewGovernors]))
    #expect(found.contains(.unlawfulGovernance))
    #expect(world.directory.current.governors.count == 3)
  }

  @Test func `a proposal lapses when a later entry touches the same agency`() throws {
    var world = try World(others: ["420300-JW"])
    let jw = try code("420300-JW")
    let fzb = try code(registrar)
    let stale = try world.enter(
      [
        .proposal(
          Proposal(
            basedOn: world.directory.newest,
            change: .key(agency: jw, key: try world.newKey().publicKey)))
      ], by: fzb)
    #expect(world.directory.pendingProposals.map(\.id) == [stale])
    #expect(world.directory.pendingProposals.map(\.isReady) == [true])
    // Another agency is not in the way; the same one is.
    try world.admit("420300-FY")
    #expect(world.directory.pendingProposals.map(\.id) == [stale])
    try world.rotate(jw)
    #expect(world.directory.pendingProposals.isEmpty)
    try world.enter(
      [.finalization(Finalization(proposal: stale, countersignatures: []))], by: fzb)
    #expect(reasons(world) == [.lapsed])
  }

  @Test func `a finalization sees only its own ancestry`() throws {
    var (world, fzb, jw, _) = try governed()
    let change = Proposal.Change.admission(
      entry: World.entry(try code("420300-SFJ")), key: try world.newKey().publicKey,
      particulars: nil)
    let proposal = try world.enter(
      [.proposal(Proposal(basedOn: world.directory.newest, change: change))], by: fzb)
    let word = try world.enter([.countersignature(proposal: proposal)], by: jw)
    let final = DirectoryStatement.finalization(
      Finalization(proposal: proposal, countersignatures: [word]))
    try world.enter([final], by: fzb, parents: [])
    #expect(reasons(world) == [.proposalMissing])
    try world.enter([final], by: fzb)
    #expect(world.directory.current.agencies.count == 4)
    #expect(world.directory.pendingProposals.isEmpty)
  }

  @Test func `particulars count when the agency signed them, by version`() throws {
    var world = try World(others: ["420300-JW"])
    let jw = try code("420300-JW")
    let fzb = try code(registrar)
    let key = try #require(world.keys[jw])
    func particulars(_ version: UInt64, signer: AgencyCode, by signing: SigningKey) -> SignedObject
    {
      SignedObject(
        signing: Particulars(
          signer: signer, key: signing.keyID, version: version, endpoint: "https://v\(version)"),
        with: signing)
    }
    try world.enter([.particulars(particulars(2, signer: jw, by: key))], by: fzb)
    #expect(world.directory.current.particulars(of: jw)?.version == 2)
    try world.enter([.particulars(particulars(1, signer: jw, by: key))], by: fzb)
    try world.enter([.particulars(particulars(2, signer: jw, by: key))], by: fzb)
    let other = try #require(world.keys[fzb])
    try world.enter([.particulars(particulars(3, signer: jw, by: other))], by: fzb)
    #expect(reasons(world) == [.signature, .signature, .signature])
    #expect(world.directory.current.particulars(of: jw)?.endpoint == "https://v2")
    try world.enter([.particulars(particulars(3, signer: jw, by: key))], by: fzb)
    #expect(world.directory.current.particulars(of: jw)?.version == 3)
    #expect(world.directory.current.agency(jw)?.signedParticulars?.body.isEmpty == false)
  }

  @Test func `a key is suspended by its holder or the registrar, and by nobody else`() throws {
    var world = try World(others: ["420300-JW", "420300-FY"])
    let (fzb, jw, fy) = (try code(registrar), try code("420300-JW"), try code("420300-FY"))
    func suspension(of key: KeyID, at agency: AgencyCode, by signer: AgencyCode) throws
      -> DirectoryStatement
    {
      let signing = try #require(world.keys[signer])
      return .suspension(
        SignedObject(
          signing: Suspension(
            signer: signer, key: signing.keyID, agency: agency, suspended: key, reason: "lost"),
          with: signing))
    }
    let target = try #require(world.keys[jw]).keyID
    try world.enter([try suspension(of: target, at: jw, by: fy)], by: fzb)
    try world.enter([try suspension(of: target, at: fy, by: fzb)], by: fzb)
    #expect(reasons(world) == [.notEntitled, .key])
    #expect(!world.directory.current.isWithdrawn(target))
    try world.enter([try suspension(of: target, at: jw, by: jw)], by: fzb)
    #expect(world.directory.current.isWithdrawn(target))
    #expect(world.directory.current.activeKey(of: jw) == nil)
    let second = try #require(world.keys[fy]).keyID
    try world.enter([try suspension(of: second, at: fy, by: fzb)], by: fzb)
    #expect(world.directory.current.isWithdrawn(second))
    // Only the governors give a new one.
    try world.rotate(jw)
    #expect(world.directory.current.activeKey(of: jw)?.id == world.keys[jw]?.keyID)
  }

  @Test func `only the registrar and the governors write in the directory`() throws {
    var world = try World(others: ["420300-JW"])
    #expect(throws: World.Refused.self) { try world.enter([], by: try self.code("420300-JW")) }
    let received = try world.draftEntry([], by: try code("420300-JW"))
    #expect(world.verdict(received, in: world.directory.graph) == .rejected(.noGrant))
    let stranger = try world.draftEntry([], by: try code(registrar), key: try world.newKey())
    #expect(world.verdict(stranger, in: world.directory.graph) == .rejected(.keyUnknown))
  }

  @Test func `statements without effect are named`() throws {
    var world = try World(others: ["420300-JW"])
    let fzb = try code(registrar)
    let key = try #require(world.keys[fzb])
    let founding = Founding(registrar: World.entry(fzb), key: key.publicKey, sample: true)
    try world.enter([.founding(founding), .unknown([0x4A, 0x00])], by: fzb)
    try world.enter(
      [.finalization(Finalization(proposal: world.directory.newest, countersignatures: []))],
      by: fzb)
    #expect(reasons(world) == [.secondFounding, .unknown, .proposalMissing])
  }

  @Test func `a view is read at its entry whatever comes later`() throws {
    var world = try World(others: ["420300-JW"])
    let jw = try code("420300-JW")
    let entry = world.directory.newest
    let old = try world.rotate(jw)
    let view = try #require(world.directory.at(entry))
    #expect(view.key(old.keyID) == .active(jw, old.verificationKey))
    #expect(world.directory.current.key(old.keyID) == .withdrawn(jw, old.verificationKey))
    #expect(world.directory.at(ChangeSetID(.zero)) == nil)
  }
}
