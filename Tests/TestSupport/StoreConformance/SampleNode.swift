package import Exchange
package import Ledger
import Synchronization

/// A source of bytes that repeats with its seed.
package func seededEntropy(_ seed: UInt64) -> Entropy {
  let generator = SharedGenerator(seed)
  return Entropy { count in generator.bytes(count) }
}

private final class SharedGenerator: Sendable {
  private let state: Mutex<SeededGenerator>

  init(_ seed: UInt64) { state = Mutex(SeededGenerator(seed: seed)) }

  func bytes(_ count: Int) -> [UInt8] { state.withLock { $0.bytes(count) } }
}

/// An agency of the tests, a role label and never a real one, with a key made from its name.
package struct SampleAgency: Sendable {
  /// The agency with its key.
  package var signatory: Signatory
  /// What the directory says about it.
  package var entry: AgencyEntry

  /// The code.
  package var code: AgencyCode { signatory.agency }

  /// Makes an agency; `generation` counts its keys from 0.
  package init(_ label: String, generation: Int = 0, hostedBy: String? = nil) {
    let seed = Hash256.sha256(Array("key of \(label) \(generation)".utf8)).bytes
    guard let code = AgencyCode("990000-\(label)"), let key = SigningKey(rawRepresentation: seed)
    else { preconditionFailure("a lawful label") }
    signatory = Signatory(agency: code, key: key)
    entry = AgencyEntry(
      code: code, name: "Sample agency \(label)", shortName: label, level: "city",
      region: "990000", kind: "unit", hostedBy: hostedBy.flatMap { AgencyCode("990000-\($0)") })
  }
}

/// One agency's node over a store, writing and exchanging as production does.
package struct SampleNode<S: Store>: Sendable {
  /// The store.
  package let store: S
  /// The agency that runs it.
  package var agency: SampleAgency
  /// For salts and blinds.
  package let entropy: Entropy

  /// A refusal where a test expected none.
  package struct Refused: Error, CustomStringConvertible {
    /// What was refused and why.
    package let description: String
  }

  /// Takes an empty store.
  package init(_ store: S, _ agency: SampleAgency, seed: UInt64 = 0) {
    self.store = store
    self.agency = agency
    entropy = seededEntropy(
      seed ^ UInt64(agency.code.rawValue.utf8.reduce(0) { $0 * 31 + Int($1) }))
  }

  /// Makes the record of the node.
  package func initialize(directory: DossierID?) async throws {
    try await store.write(
      InitializeNode(
        NodeRecord(agency: agency.code, outbox: entropy.outboxID(), directory: directory)))
  }

  /// Writes one change set; a refusal is thrown.
  @discardableResult
  package func append(
    _ dossier: DossierID?, _ parts: [Part], at now: Timestamp = .sample,
    by author: Signatory? = nil,
    foundsDirectory: Bool = false
  ) async throws -> StoredChangeSet {
    let work = Append(
      author: author ?? agency.signatory, drafts: [Draft(dossier: dossier, parts: parts)],
      now: now, gate: .open, entropy: entropy, foundsDirectory: foundsDirectory)
    switch try await store.write(work) {
    case .success(let appended):
      guard let first = appended.changeSets.first else {
        throw Refused(description: "nothing written")
      }
      return first
    case .failure(let refusal): throw Refused(description: "\(refusal)")
    }
  }

  /// Founds the directory with this node's agency as registrar and only governor.
  package func found() async throws -> DossierID {
    try await initialize(directory: nil)
    let founding = Founding(
      registrar: agency.entry, key: agency.signatory.key.publicKey, sample: true)
    return try await append(
      nil, [Part(directory: [.founding(founding)])], foundsDirectory: true
    ).dossier
  }

  /// Admits an agency, or changes the directory otherwise, by the registrar's own vote.
  package func carry(_ change: Proposal.Change, in directory: DossierID) async throws {
    let newest = try await store.read(NewestEntry())
    guard let newest else { throw Refused(description: "no directory") }
    let proposal = try await append(
      directory, [Part(directory: [.proposal(Proposal(basedOn: newest, change: change))])])
    let finalization = Finalization(proposal: proposal.id, countersignatures: [])
    try await append(directory, [Part(directory: [.finalization(finalization)])])
  }

  /// Makes this node a member of the directory that a registrar keeps.
  package func join<R: Store>(_ registrar: SampleNode<R>, _ directory: DossierID) async throws {
    try await registrar.carry(
      .admission(
        entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
      in: directory)
    try await initialize(directory: directory)
    let answer = try await registrar.store.read(
      AnswerJoin(agency: agency.code, key: agency.signatory.key.keyID))
    guard case .admitted(let deliveries) = answer else {
      throw Refused(description: "not admitted")
    }
    _ = try await store.write(
      TakeFetched(peer: registrar.agency.code, deliveries: deliveries, now: .sample))
  }

  /// Pulls one page from another node and hands it the receipt.
  @discardableResult
  package func pull<O: Store>(
    from other: SampleNode<O>, at now: Timestamp = .sample,
    bytesMax: Int = Exchange.Limits.pageBytesMax
  ) async throws -> TakenPage {
    let cursor = try await store.read(CursorOf(other.agency.code))
    var place: ChangeSetID?
    let served = try await other.store.serve(
      ServeDeliveries(
        reader: agency.code, outbox: cursor?.outbox, after: cursor?.number ?? 0,
        hash: cursor?.runningHash, bytesMax: bytesMax, signatory: other.agency.signatory, now: now),
      from: &place)
    guard let page = DeliveryPage.decode(served.bytes) else {
      throw Refused(description: "not a page")
    }
    let outcome = try await store.take(
      TakeDeliveries(
        peer: other.agency.code, page: page, signatory: agency.signatory, now: now))
    switch outcome {
    case .failure(let refusal): throw Refused(description: refusal.rawValue)
    case .success(let taken):
      if let receipt = taken.receipt {
        let kept = try await other.store.write(
          TakeReceipt(reader: agency.code, signed: receipt, now: now))
        guard case .kept = kept else { throw Refused(description: "\(kept)") }
      }
      return taken
    }
  }

  /// Pulls until nothing comes any more.
  package func catchUp<O: Store>(with other: SampleNode<O>) async throws {
    var rounds = 0
    while rounds < 100 {
      let page = try await pull(from: other)
      rounds += 1
      if page.stored + page.known + page.held + page.rejected == 0, !page.hasMore, !page.isNewOutbox
      {
        return
      }
    }
    throw Refused(description: "never caught up")
  }
}

extension Timestamp {
  /// A fixed moment of the tests: 2026-01-01T00:00:00Z.
  package static let sample = Timestamp(microseconds: 1_767_225_600_000_000)
}

/// The registrar's newest entry.
private struct NewestEntry: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> ChangeSetID? {
    try transaction.directory()?.newest
  }
}
