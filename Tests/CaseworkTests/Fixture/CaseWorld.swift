import Casework
import Ledger
import TestSupport
import Testing

/// Agencies with a directory and one replica each of one dossier; deliveries happen when a test
/// says so.
struct CaseWorld {
  var directory: Directory
  var keys: [AgencyCode: SigningKey] = [:]
  var random: SeededGenerator
  var clock = Timestamp(microseconds: 1_677_628_800_000_000)
  /// What each agency holds of the dossier.
  var replicas: [AgencyCode: DossierGraph] = [:]
  var dossier: DossierID?
  /// Who alone reads what is written next; empty for what every member reads.
  var sealing: [AgencyCode] = []
  private var folds: [AgencyCode: CaseworkFold] = [:]

  /// A town whose unit FZB hosts, and another agency beside it.
  init(seed: UInt64 = 1, hosting other: AgencyCode? = nil) throws {
    random = SeededGenerator(seed: seed)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    keys[Town.fzb] = key
    let founding = Founding(registrar: Self.entry(Town.fzb), key: key.publicKey, sample: true)
    let first = try Self.sealed(
      [Part(directory: [.founding(founding)])], key: key, random: &random
    ) { hashes in
      .first(
        author: Town.fzb, key: key.keyID, directory: nil,
        authoredAt: Timestamp(microseconds: 1_677_000_000_000_000), parts: hashes)
    }
    directory = try #require(Directory(founding: first))
    for agency in Town.all where agency != Town.fzb {
      let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
      keys[agency] = key
      var entry = Self.entry(agency)
      if agency == other { entry.hostedBy = Town.fzb }
      try carry(.admission(entry: entry, key: key.publicKey, particulars: nil))
    }
    for agency in Town.all { try publish(agency, Town.people(agency)) }
  }

  static func entry(_ code: AgencyCode) -> AgencyEntry {
    AgencyEntry(
      code: code, name: "样例\(code.rawValue)", shortName: code.rawValue, level: "city",
      region: code.region, kind: Town.kind(code).rawValue,
      hostedBy: code == Town.unit ? Town.fzb : nil)
  }

  static func sealed(
    _ parts: [Part], key: SigningKey, random: inout SeededGenerator,
    _ header: ([PartHash]) throws -> ChangeSetHeader
  ) throws -> StoredChangeSet {
    let salted = parts.map { SaltedPart(salt: random.bytes(32), content: $0.encoded()) }
    let made = try header(salted.map(\.hash))
    let tree = try #require(SealTree([(id: made.id, blind: random.bytes(32))]))
    let proof = try #require(tree.sealed(by: made.author, with: key, at: made.authoredAt).first)
    return try #require(
      StoredChangeSet(
        headerBytes: made.encoded(), proof: proof,
        parts: Dictionary(uniqueKeysWithValues: zip(salted.indices, salted))))
  }

  mutating func tick() -> Timestamp {
    clock = clock.adding(seconds: 60)
    return clock
  }

  mutating func newID() -> RecordID { RecordID(timestamp: clock, random: random.bytes(10)) }

  func key(of agency: AgencyCode) throws -> SigningKey { try #require(keys[agency]) }

  // MARK: Directory

  @discardableResult
  mutating func enter(_ statements: [DirectoryStatement]) throws -> ChangeSetID {
    let key = try key(of: Town.fzb)
    let (time, graph) = (tick(), directory.graph)
    let stored = try Self.sealed([Part(directory: statements)], key: key, random: &random) {
      try #require(
        graph.nextHeader(
          author: Town.fzb, key: key.keyID, directory: nil, authoredAt: time, parts: $0))
    }
    directory.insert(stored)
    return stored.id
  }

  mutating func carry(_ change: Proposal.Change) throws {
    let proposal = try enter([.proposal(Proposal(basedOn: directory.newest, change: change))])
    try enter([.finalization(Finalization(proposal: proposal, countersignatures: []))])
  }

  mutating func publish(_ agency: AgencyCode, _ people: [Person]) throws {
    let key = try key(of: agency)
    let version = (directory.current.particulars(of: agency)?.version ?? 0) + 1
    let particulars = Particulars(
      signer: agency, key: key.keyID, version: version, people: people)
    try enter([.particulars(SignedObject(signing: particulars, with: key))])
  }

  // MARK: Writing

  /// What an agency sees.
  func folded(_ agency: AgencyCode) throws -> FoldedDossier {
    let graph = try #require(replicas[agency])
    return CaseworkFold.full(graph, roster: directory).folded(graph)
  }

  /// What an agency sees, by a fold that grew with its replica.
  mutating func seen(_ agency: AgencyCode) throws -> FoldedDossier {
    let graph = try #require(replicas[agency])
    return folds[agency, default: CaseworkFold(graph.id)].advance(to: graph, roster: directory)
  }

  mutating func composer(_ agency: AgencyCode) throws -> Composer {
    Composer(agency, on: replicas[agency] == nil ? nil : try seen(agency))
  }

  /// Writes content as an agency on what it holds; `after` goes on from an older change set.
  @discardableResult
  mutating func write(
    _ content: ChangeContent, by agency: AgencyCode, after previous: ChangeSetID? = nil
  ) throws -> ChangeSetID {
    let key = try key(of: agency)
    let (time, entry) = (tick(), directory.newest)
    let graph = replicas[agency]
    let content = sealing.isEmpty ? content : content.sealed(for: sealing.sorted())
    let stored = try Self.sealed(content.parts, key: key, random: &random) { hashes in
      guard let graph else {
        return .first(
          author: agency, key: key.keyID, directory: entry, authoredAt: time, parts: hashes)
      }
      return try #require(
        graph.nextHeader(
          author: agency, key: key.keyID, directory: entry, authoredAt: time, parts: hashes,
          after: previous))
    }
    dossier = dossier ?? stored.dossier
    let isNew = replicas[agency, default: DossierGraph(stored.dossier)].insert(
      stored, directory: directory)
    #expect(isNew)
    return stored.id
  }

  /// Delivers everything one agency holds to others, sealed parts only to their audience.
  mutating func deliver(from sender: AgencyCode, to readers: AgencyCode...) throws {
    let source = try #require(replicas[sender])
    for reader in readers {
      for change in source.changeSets {
        replicas[reader, default: DossierGraph(source.id)].insert(
          Self.redacted(change, for: reader), directory: directory)
      }
    }
  }

  static func redacted(_ change: StoredChangeSet, for reader: AgencyCode) -> StoredChangeSet {
    let visible = change.parts.filter { number, _ in
      number == 0 || change.part(number)?.audience.contains(reader) ?? false
    }
    // What is given whole need not be read again.
    guard visible.count < change.parts.count else { return change }
    return StoredChangeSet(headerBytes: change.headerBytes, proof: change.proof, parts: visible)
      ?? change
  }

  /// Delivers between all holders until nothing is new.
  mutating func sync() throws {
    let holders = replicas.keys.sorted()
    for _ in 0..<2 {
      for sender in holders {
        for reader in holders where reader != sender { try deliver(from: sender, to: reader) }
      }
    }
  }
}

extension ChangeContent {
  /// The same, with the records of its open part in a sealed one.
  func sealed(for audience: [AgencyCode]) -> ChangeContent {
    var content = self
    content.records = []
    content.add(records, audience: audience)
    return content
  }
}
