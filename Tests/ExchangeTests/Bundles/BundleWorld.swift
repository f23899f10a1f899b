import Exchange
import Foundation
import Ledger
import TestSupport
import Testing

/// Nodes of one directory over stores in memory, each with a published encryption key.
struct BundleWorld {
  typealias Node = SampleNode<MemoryStore>

  let directory: DossierID
  private var registrar: Node
  private(set) var nodes: [String: Node] = [:]

  /// Founds a directory with the first label as registrar; everybody joins and hears of everybody.
  init(_ labels: [String]) async throws {
    let first = Node(MemoryStore(fold: SampleFold.fold), SampleAgency(labels[0]))
    directory = try await first.found()
    registrar = first
    nodes[labels[0]] = first
    for label in labels.dropFirst() {
      let node = Node(MemoryStore(fold: SampleFold.fold), SampleAgency(label))
      try await node.join(first, directory)
      nodes[label] = node
    }
    for label in labels { try await publish(label) }
    for label in labels.dropFirst() {
      try await self[label].catchUp(with: first)
    }
  }

  subscript(label: String) -> Node {
    guard let node = nodes[label] else { preconditionFailure("a node of this world") }
    return node
  }

  /// Lets the registrar publish the encryption key of an agency.
  func publish(_ label: String, _ key: DecryptionKey? = nil, version: UInt64 = 1) async throws {
    let agency = self[label].agency
    let particulars = Particulars(
      signer: agency.code, key: agency.signatory.key.keyID, version: version,
      encryptionKey: (key ?? Self.decryptionKey(label)).encryptionKey.bytes)
    let signed = SignedObject(signing: particulars, with: agency.signatory.key)
    try await registrar.append(directory, [Part(directory: [.particulars(signed)])])
  }

  /// Gives an agency its next key, as the governors do, and its node that key.
  mutating func rotate(_ label: String) async throws {
    let next = SampleAgency(label, generation: 1)
    try await registrar.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: directory)
    nodes[label]?.agency = next
    if registrar.agency.code == next.code { registrar.agency = next }
  }

  /// Lets the registrar publish that an agency withdraws its key.
  func suspend(_ label: String) async throws {
    let signatory = self[label].agency.signatory
    let suspension = Suspension(
      signer: signatory.agency, key: signatory.key.keyID, agency: signatory.agency,
      suspended: signatory.key.keyID, reason: "")
    let signed = SignedObject(signing: suspension, with: signatory.key)
    try await registrar.append(directory, [Part(directory: [.suspension(signed)])])
  }

  static func code(_ label: String) -> AgencyCode { SampleAgency(label).code }

  static func decryptionKey(_ label: String) -> DecryptionKey {
    let seed = Hash256.sha256(Array("encryption of \(label)".utf8)).bytes
    guard let key = DecryptionKey(rawRepresentation: seed) else {
      preconditionFailure("32 bytes are a key")
    }
    return key
  }

  /// The key that discs for an agency are sealed to.
  static func encryptionKey(_ label: String) -> EncryptionKey { decryptionKey(label).encryptionKey }

  /// The bytes of a file from one node to another.
  func export(
    _ from: String, to reader: String, isFromStart: Bool = false, carriesAttachments: Bool = true,
    pageBytesMax: Int = Exchange.Limits.pageBytesMax,
    bytesMax: Int = Exchange.Limits.bundleBytesMax, turn: UInt64 = 0,
    particulars: SignedObject? = nil, keyRequest: JoinRequest? = nil, holed: [DossierID] = []
  ) async throws -> [UInt8] {
    let node = self[from]
    let envelopes = Bytes()
    let made = try await ExportBundle(
      reader: Self.code(reader), signatory: node.agency.signatory, isFromStart: isFromStart,
      carriesAttachments: carriesAttachments, particulars: particulars,
      keyRequest: keyRequest, holed: holed, pageBytesMax: pageBytesMax, bytesMax: bytesMax,
      turn: turn
    ).run(over: node.store, now: { .sample }, write: { envelopes.all += $0 })
    #expect(made.byteCount == made.opening.count + envelopes.all.count)
    return made.opening + envelopes.all
  }

  /// Takes a file at a node.
  @discardableResult
  func `import`(
    _ bytes: [UInt8], at label: String, keys: DecryptionKeys? = nil, holed: [DossierID] = []
  ) async throws -> TakenBundle {
    let node = self[label]
    return try await ImportBundle(
      source: .memory(bytes), keys: keys ?? DecryptionKeys(current: Self.decryptionKey(label)),
      signatory: node.agency.signatory, holed: holed
    ).run(over: node.store, now: { .sample })
  }

  /// One file each way between two nodes.
  func swap(_ left: String, _ right: String) async throws {
    try await self.import(export(left, to: right), at: right)
    try await self.import(export(right, to: left), at: left)
  }

  /// What a node keeps, so far as replicas must agree or a refusal must leave it alone.
  func state(of label: String, dossiers: [DossierID]) async throws -> State {
    try await self[label].store.read(ReadState(dossiers: dossiers))
  }
}

/// Bytes that grow.
final class Bytes {
  var all: [UInt8] = []
}

/// What is compared.
struct State: Sendable, Equatable {
  var digests: [DossierID: Hash256] = [:]
  var heads: [DossierID: [ChangeSetID]] = [:]
  var cursors: [Cursor] = []
  var held = 0
  var alarms = 0
}

/// Takes what is queued for a reader away, but for one change set.
struct WithdrawQueued: StoreWork {
  let reader: AgencyCode
  let except: ChangeSetID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    let queued = try transaction.queued(for: reader, after: nil, limit: 1_000)
      .map(\.id).filter { $0 != except }
    try transaction.unqueue(queued, for: reader)
  }
}

private struct ReadState: StoreWork {
  let dossiers: [DossierID]

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> State {
    var state = State()
    for (dossier, graph) in try transaction.graphs(dossiers) {
      state.heads[dossier] = graph.heads
      state.digests[dossier] = try transaction.digest(of: dossier)
    }
    state.cursors = try transaction.cursors()
    state.held = try transaction.heldNotices(limit: 100).count
    state.alarms = try transaction.alarms(limit: 100).count
    return state
  }
}
