import Casework
import Ledger
import TestSupport
import Testing

@testable import guantong

/// The agencies of the demo with their keys and people, and what each of them holds of each
/// dossier; nothing moves unless somebody delivers it.
struct YearReplicas {
  private(set) var directory: Directory
  private(set) var held: [AgencyCode: [DossierID: DossierGraph]] = [:]
  private var keys: [AgencyCode: SigningKey] = [:]
  private var folds: [AgencyCode: [DossierID: CaseworkFold]] = [:]
  private var random = SeededGenerator(seed: 23)
  private var clock = Timestamp(microseconds: 1_609_459_200_000_000)

  /// Founds a directory and takes everybody into it.
  init(_ agencies: [DemoAgency]) throws {
    let registrar = try #require(agencies.first)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let founding = Founding(
      registrar: try Self.entry(registrar), key: key.publicKey, sample: true)
    let author = try Self.code(registrar.code)
    let time = clock
    let first = try Self.sealed(
      [Part(directory: [.founding(founding)])], key: key, random: &random
    ) { hashes in
      .first(author: author, key: key.keyID, directory: nil, authoredAt: time, parts: hashes)
    }
    directory = try #require(Directory(founding: first))
    keys[author] = key
    for agency in agencies.dropFirst() { try admit(agency, by: author) }
    for agency in agencies { try publish(agency, by: author) }
  }

  /// The person of an agency who holds a role.
  static func person(_ agency: AgencyCode, _ person: DemoPerson) -> RecordID {
    let place = DemoPerson.allCases.firstIndex(of: person) ?? 0
    // The region's last two digits and the letters of the office tell the agencies apart.
    let letters = agency.rawValue.utf8.suffix(8)
    return RecordID(
      timestamp: Timestamp(microseconds: 1_600_000_000_000_000),
      random: Array(letters) + [7, UInt8(truncatingIfNeeded: place)])
  }

  static func code(_ text: String) throws -> AgencyCode { try #require(AgencyCode(text)) }

  /// A new record id.
  mutating func newID() -> RecordID { RecordID(timestamp: clock, random: random.bytes(10)) }

  /// What an agency sees of a dossier, by a fold that grew with its replica.
  mutating func seen(_ dossier: DossierID, by agency: AgencyCode) throws -> FoldedDossier {
    let graph = try #require(held[agency]?[dossier])
    folds[agency, default: [:]][dossier, default: CaseworkFold(dossier)]
      .extend(graph, roster: directory)
    return try #require(folds[agency]?[dossier]).folded(graph)
  }

  /// Writes a change set of an agency on what it holds; of a new dossier when none is named.
  mutating func write(
    _ content: ChangeContent, by agency: AgencyCode, in dossier: DossierID?
  ) throws -> StoredChangeSet {
    let key = try #require(keys[agency])
    clock = clock.adding(seconds: 1)
    let (time, entry) = (clock, directory.newest)
    let graph = dossier.flatMap { held[agency]?[$0] }
    let stored = try Self.sealed(content.parts, key: key, random: &random) { hashes in
      guard let graph else {
        return .first(
          author: agency, key: key.keyID, directory: entry, authoredAt: time, parts: hashes)
      }
      return try #require(
        graph.nextHeader(
          author: agency, key: key.keyID, directory: entry, authoredAt: time, parts: hashes))
    }
    insert(stored, at: agency)
    return stored
  }

  /// Gives a reader what another agency has of a dossier, unless it has a change set of it already.
  mutating func deliver(
    _ dossier: DossierID, with change: ChangeSetID, from sender: AgencyCode, to reader: AgencyCode
  ) {
    guard held[reader]?[dossier]?.contains(change) != true, let source = held[sender]?[dossier]
    else { return }
    for stored in source.changeSets where held[reader]?[dossier]?.contains(stored.id) != true {
      insert(stored, at: reader)
    }
  }

  /// All change sets of each dossier, ancestors first, whoever holds them.
  var everything: [DossierID: [StoredChangeSet]] {
    var graphs: [DossierID: DossierGraph] = [:]
    for (dossier, graph) in held.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
      for stored in graph.changeSets {
        graphs[dossier, default: DossierGraph(dossier)].insert(stored, directory: directory)
      }
    }
    return graphs.mapValues { Array($0.changeSets) }
  }

  private mutating func insert(_ stored: StoredChangeSet, at agency: AgencyCode) {
    held[agency, default: [:]][stored.dossier, default: DossierGraph(stored.dossier)]
      .insert(stored, directory: directory)
  }

  private static func entry(_ agency: DemoAgency) throws -> AgencyEntry {
    let code = try code(agency.code)
    return AgencyEntry(
      code: code, name: agency.name, shortName: agency.shortName, level: agency.level,
      region: code.region, kind: agency.kind)
  }

  private static func sealed(
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

  private mutating func admit(_ agency: DemoAgency, by registrar: AgencyCode) throws {
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let entry = try Self.entry(agency)
    keys[entry.code] = key
    let change = Proposal.Change.admission(entry: entry, key: key.publicKey, particulars: nil)
    let proposal = try enter(
      [.proposal(Proposal(basedOn: directory.newest, change: change))], by: registrar)
    _ = try enter(
      [.finalization(Finalization(proposal: proposal, countersignatures: []))], by: registrar)
  }

  private mutating func publish(_ agency: DemoAgency, by registrar: AgencyCode) throws {
    let code = try Self.code(agency.code)
    let key = try #require(keys[code])
    let people = DemoPerson.allCases.map { person in
      Person(id: Self.person(code, person), name: person.rawValue, roles: [person.role])
    }
    let particulars = Particulars(signer: code, key: key.keyID, version: 1, people: people)
    _ = try enter([.particulars(SignedObject(signing: particulars, with: key))], by: registrar)
  }

  private mutating func enter(
    _ statements: [DirectoryStatement], by registrar: AgencyCode
  ) throws -> ChangeSetID {
    let key = try #require(keys[registrar])
    clock = clock.adding(seconds: 1)
    let (time, graph) = (clock, directory.graph)
    let stored = try Self.sealed([Part(directory: statements)], key: key, random: &random) {
      try #require(
        graph.nextHeader(
          author: registrar, key: key.keyID, directory: nil, authoredAt: time, parts: $0))
    }
    directory.insert(stored)
    return stored.id
  }
}
