import Ledger
import TestSupport
import Testing

/// A directory with agencies whose keys are known, and the means to write change sets as them.
struct World {
  var directory: Directory
  var keys: [AgencyCode: SigningKey] = [:]
  var random: SeededGenerator
  var clock = Timestamp(microseconds: 1_700_000_000_000_000)
  var seals = SealVerifier()

  /// A directory of one registrar, then the others admitted by it alone.
  init(seed: UInt64 = 1, registrar: String = "420300-FZB", others: [String] = []) throws {
    random = SeededGenerator(seed: seed)
    let code = try #require(AgencyCode(registrar))
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let part = Part(directory: [
      .founding(Founding(registrar: Self.entry(code), key: key.publicKey, sample: true))
    ])
    let salted = SaltedPart(salt: random.bytes(32), content: part.encoded())
    let header = ChangeSetHeader.first(
      author: code, key: key.keyID, directory: nil, authoredAt: clock, parts: [salted.hash])
    let received = try Self.sealed(header, [0: salted], by: key, blind: random.bytes(32))
    let proof = try #require(received.proof)
    let stored = try #require(
      StoredChangeSet(headerBytes: received.headerBytes, proof: proof, parts: received.parts))
    directory = try #require(Directory(founding: stored))
    keys[code] = key
    for other in others { try admit(other) }
  }

  static func entry(_ code: AgencyCode, hostedBy: AgencyCode? = nil) -> AgencyEntry {
    AgencyEntry(
      code: code, name: "示例\(code.rawValue)", shortName: code.rawValue, level: "city",
      region: code.region, kind: "unit", hostedBy: hostedBy)
  }

  /// Seals a change set, in the middle of so many others that nobody here will see.
  static func sealed(
    _ header: ChangeSetHeader, _ parts: [Int: SaltedPart], by key: SigningKey, blind: [UInt8],
    among others: Int = 0
  ) throws -> ReceivedChangeSet {
    var leaves = (0..<UInt8(others)).map { number in
      (id: ChangeSetID(.sha256(header.id.bytes + [number])), blind: blind)
    }
    leaves.insert((id: header.id, blind: blind), at: others / 2)
    let tree = try #require(SealTree(leaves))
    let proof = tree.sealed(by: header.author, with: key, at: header.authoredAt)[others / 2]
    return ReceivedChangeSet(headerBytes: header.encoded(), proof: proof, parts: parts)
  }

  mutating func newKey() throws -> SigningKey {
    try #require(SigningKey(rawRepresentation: random.bytes(32)))
  }

  mutating func key(of code: AgencyCode) throws -> SigningKey { try #require(keys[code]) }

  mutating func tick() -> Timestamp {
    clock = clock.adding(seconds: 1)
    return clock
  }

  var judge: Judge { Judge(pinned: directory.id, directory: directory) }
}

// MARK: The directory

extension World {
  /// Writes an entry of the directory on its heads, judged like any that comes.
  @discardableResult
  mutating func enter(
    _ statements: [DirectoryStatement], by author: AgencyCode, key: SigningKey? = nil,
    after previous: ChangeSetID? = nil, parents: [ChangeSetID]? = nil
  ) throws -> ChangeSetID {
    let received = try draftEntry(
      statements, by: author, key: key, after: previous, parents: parents)
    let judgement = judge.judge(received, in: directory.graph, seals: &seals)
    guard case .stored(let stored) = judgement.verdict else {
      throw Refused(verdict: judgement.verdict)
    }
    directory.insert(stored)
    return stored.id
  }

  /// The same, not yet judged.
  mutating func draftEntry(
    _ statements: [DirectoryStatement], by author: AgencyCode, key: SigningKey? = nil,
    after previous: ChangeSetID? = nil, parents: [ChangeSetID]? = nil
  ) throws -> ReceivedChangeSet {
    let key = try key ?? self.key(of: author)
    let part = SaltedPart(
      salt: random.bytes(32), content: Part(directory: statements).encoded())
    var header = try #require(
      directory.graph.nextHeader(
        author: author, key: key.keyID, directory: nil, authoredAt: tick(), parts: [part.hash],
        after: previous))
    if let parents { header.parents = parents.sorted() }
    return try Self.sealed(header, [0: part], by: key, blind: random.bytes(32))
  }

  struct Refused: Error {
    let verdict: Verdict
  }

  var registrar: AgencyCode { directory.current.registrar }

  /// Proposes, lets governors agree and finalizes.
  @discardableResult
  mutating func carry(
    _ change: Proposal.Change, agreeing: [AgencyCode] = []
  ) throws -> ChangeSetID {
    let registrar = registrar
    let proposal = try enter(
      [.proposal(Proposal(basedOn: directory.newest, change: change))], by: registrar)
    var cited: [ChangeSetID] = []
    for governor in agreeing {
      cited.append(try enter([.countersignature(proposal: proposal)], by: governor))
    }
    return try enter(
      [.finalization(Finalization(proposal: proposal, countersignatures: cited))], by: registrar)
  }

  @discardableResult
  mutating func admit(
    _ text: String, hostedBy: AgencyCode? = nil, agreeing: [AgencyCode] = []
  ) throws -> AgencyCode {
    let code = try #require(AgencyCode(text))
    let key = try newKey()
    try carry(
      .admission(
        entry: Self.entry(code, hostedBy: hostedBy), key: key.publicKey, particulars: nil),
      agreeing: agreeing)
    keys[code] = key
    return code
  }

  /// Gives an agency a new key and returns the old one.
  @discardableResult
  mutating func rotate(
    _ code: AgencyCode, agreeing: [AgencyCode] = []
  ) throws -> SigningKey {
    let old = try key(of: code)
    let key = try newKey()
    try carry(.key(agency: code, key: key.publicKey), agreeing: agreeing)
    keys[code] = key
    return old
  }
}

// MARK: Dossiers

extension World {
  /// Begins a dossier.
  mutating func begin(
    by home: AgencyCode, _ membership: [MembershipStatement] = [], directory: ChangeSetID? = nil
  ) throws -> DossierGraph {
    let key = try key(of: home)
    let part = SaltedPart(
      salt: random.bytes(32), content: Part(membership: membership).encoded())
    let header = ChangeSetHeader.first(
      author: home, key: key.keyID, directory: directory ?? self.directory.newest,
      authoredAt: tick(), parts: [part.hash])
    let received = try Self.sealed(header, [0: part], by: key, blind: random.bytes(32))
    let judgement = judge.judge(received, in: nil, seals: &seals)
    guard case .stored(let stored) = judgement.verdict else {
      throw Refused(verdict: judgement.verdict)
    }
    var graph = DossierGraph(stored.dossier)
    let isNew = graph.insert(stored, directory: self.directory)
    #expect(isNew)
    return graph
  }

  /// What to change about the header that a graph would give.
  struct Twist {
    var key: SigningKey?
    var directory: ChangeSetID?
    var after: ChangeSetID?
    var parents: [ChangeSetID]?
    var records: [Record] = []
    var sealedParts: [Part] = []
    /// How many others are sealed with it.
    var others = 0
    var mutate: (inout ChangeSetHeader) -> Void = { _ in }
  }

  /// Drafts the author's next change set on a graph.
  mutating func draft(
    by author: AgencyCode, on graph: DossierGraph, _ membership: [MembershipStatement] = [],
    _ twist: Twist = Twist()
  ) throws -> ReceivedChangeSet {
    let key = try twist.key ?? self.key(of: author)
    let contents =
      [Part(membership: membership, records: twist.records)] + twist.sealedParts
    let parts = contents.map { SaltedPart(salt: random.bytes(32), content: $0.encoded()) }
    var header = try #require(
      graph.nextHeader(
        author: author, key: key.keyID, directory: twist.directory ?? directory.newest,
        authoredAt: tick(), parts: parts.map(\.hash), after: twist.after))
    if let parents = twist.parents { header.parents = parents.sorted() }
    twist.mutate(&header)
    let numbered = Dictionary(uniqueKeysWithValues: zip(parts.indices, parts))
    return try Self.sealed(
      header, numbered, by: key, blind: random.bytes(32), among: twist.others)
  }

  func judgement(
    of received: ReceivedChangeSet, in graph: DossierGraph?, by other: Judge? = nil
  ) -> Judgement {
    var seals = SealVerifier()
    return (other ?? judge).judge(received, in: graph, seals: &seals)
  }

  func verdict(
    _ received: ReceivedChangeSet, in graph: DossierGraph?, by other: Judge? = nil
  ) -> Verdict {
    judgement(of: received, in: graph, by: other).verdict
  }

  /// Writes a change set that is stored, and inserts it.
  @discardableResult
  mutating func write(
    by author: AgencyCode, in graph: inout DossierGraph,
    _ membership: [MembershipStatement] = [], _ twist: Twist = Twist()
  ) throws -> ChangeSetID {
    let stored = try take(try draft(by: author, on: graph, membership, twist), in: graph)
    let isNew = graph.insert(stored, directory: directory)
    #expect(isNew)
    return stored.id
  }

  mutating func take(
    _ received: ReceivedChangeSet, in graph: DossierGraph?
  ) throws -> StoredChangeSet {
    let judgement = judge.judge(received, in: graph, seals: &seals)
    guard case .stored(let stored) = judgement.verdict else {
      throw Refused(verdict: judgement.verdict)
    }
    return stored
  }
}

extension MembershipStatement {
  static func admit(_ agency: AgencyCode, lifting: [ChangeSetID] = []) -> MembershipStatement {
    .grant(Grant(agency: agency, ground: .admit, lifting: lifting))
  }
  static func to(_ agency: AgencyCode) -> MembershipStatement {
    .grant(Grant(agency: agency, ground: .to))
  }
  static func cc(_ agency: AgencyCode) -> MembershipStatement {
    .grant(Grant(agency: agency, ground: .cc))
  }
  static func forward(_ agency: AgencyCode) -> MembershipStatement {
    .grant(Grant(agency: agency, ground: .forward))
  }
  static func end(_ agency: AgencyCode) -> MembershipStatement {
    .end(agency: agency, reason: "done")
  }
  static func exclude(_ agency: AgencyCode) -> MembershipStatement {
    .exclude(agency: agency, reason: "related")
  }
}

/// The agencies that the tests speak of; all of them fictional role labels.
enum Agencies {
  static let names = ["420300-JW", "420300-FY", "420300-SFJ", "420322-JW", "420322-FZB"]

  static func code(_ text: String) throws -> AgencyCode { try #require(AgencyCode(text)) }
}
