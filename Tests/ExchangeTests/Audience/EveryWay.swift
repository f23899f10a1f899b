import Exchange
import Ledger
import TestSupport

/// What somebody who may know everything would ask for.
struct Curiosity {
  var ids: [ChangeSetID] = []
  var dossiers: [DossierID] = []
  var authors: [AgencyCode] = []
  var items: Set<Hash256> = []
  var places: [AttachmentPlace] = []

  /// The same question about things that never were.
  var aboutNothing: Curiosity {
    func other(_ hash: Hash256) -> Hash256 { .sha256(hash.bytes) }
    return Curiosity(
      ids: ids.map { ChangeSetID(other($0.hash)) },
      dossiers: dossiers.map { DossierID(other($0.hash)) }, authors: authors,
      items: Set(items.map(other)),
      places: places.map {
        AttachmentPlace(
          change: ChangeSetID(other($0.change.hash)), part: $0.part, position: $0.position)
      })
  }

  var request: FetchRequest {
    FetchRequest(
      ids: ids,
      ranges: dossiers.flatMap { dossier in
        authors.map { FetchRequest.Range(dossier: dossier, author: $0, sequences: 1...1_000) }
      },
      items: items.sorted(), dossiers: dossiers, asksPosition: true)
  }
}

/// What a node handed to another, by every way there is to ask, and all the bytes of it.
struct HandedOut {
  var parts: [ChangeSetID: Set<Int>] = [:]
  var items: Set<Hash256> = []
  var described: Set<DossierID> = []
  var attachments: Set<AttachmentPlace> = []
  var bytes: [[UInt8]] = []

  mutating func take(_ deliveries: [Delivery]) {
    for received in deliveries.compactMap(\.received) {
      parts[received.id, default: []].formUnion(received.parts.keys)
    }
  }
}

extension Delivery {
  /// What it carries; nothing of a blank.
  fileprivate var received: ReceivedChangeSet? {
    if case .changeSet(let received) = content { received } else { nil }
  }
}

extension BundleWorld {
  /// Asks one node in another's name in every way there is: pull (what a push carries is the same
  /// page), fetch by id, range, dossier and item, reconcile, attachment, bundle and join.
  func everything(
    of owner: String, to reader: String, _ curiosity: Curiosity
  ) async throws -> HandedOut {
    var handed = HandedOut()
    let (node, code) = (self[owner], Self.code(reader))
    try await pull(node, code, into: &handed)
    let answer = try await node.store.read(
      AnswerFetch(requester: code, request: curiosity.request))
    handed.take(answer.deliveries)
    handed.described.formUnion(answer.chains.map(\.dossier))
    handed.bytes.append(answer.encoded())
    for isUnshared in [false, true] {
      let listing = FetchRequest.Listing(isUnshared: isUnshared)
      let listed = try await node.store.read(
        AnswerFetch(requester: code, request: FetchRequest(listing: listing)))
      handed.described.formUnion(listed.chains.map(\.dossier))
      handed.bytes.append(listed.encoded())
    }
    let side = Negentropy(NegentropySet([]), frameBytesMax: Exchange.Limits.reconcileFrameBytesMax)
    let frame = try await node.store.read(
      AnswerReconcile(requester: code, message: side.initiate())
    ).get()
    var difference = Negentropy.Difference()
    _ = try side.resume(with: frame, into: &difference)
    handed.items = difference.need
    handed.bytes.append(frame)
    for place in curiosity.places {
      guard let range = AttachmentRange(first: 0) else { continue }
      let piece = try await node.store.read(
        AnswerAttachment(requester: code, place: place, range: range))
      guard case .slice(let slice) = piece else { continue }
      handed.attachments.insert(place)
      handed.bytes.append(slice.bytes)
    }
    try await bundle(owner, reader, into: &handed)
    let join = try await node.store.read(
      AnswerJoin(agency: code, key: self[reader].agency.signatory.key.keyID))
    if case .admitted(let deliveries) = join { handed.take(deliveries) }
    return handed
  }

  private func pull(_ node: Node, _ reader: AgencyCode, into handed: inout HandedOut) async throws {
    let outbox = try await node.store.read(OutboxNow())
    var after: UInt64 = 0
    while true {
      let served = try await node.store.write(
        ServeDeliveries(
          reader: reader, outbox: outbox, after: after, hash: nil,
          signatory: node.agency.signatory, now: .sample))
      handed.bytes.append(served.bytes)
      guard served.count > 0, let page = DeliveryPage.decode(served.bytes) else { return }
      handed.take(page.deliveries)
      after = page.deliveries.last?.number ?? after
    }
  }

  private func bundle(
    _ owner: String, _ reader: String, into handed: inout HandedOut
  ) async throws {
    let envelopes = Bundled()
    _ = try await ExportBundle(
      reader: Self.code(reader), signatory: self[owner].agency.signatory, isFromStart: true
    ).run(over: self[owner].store, now: { .sample }, write: { envelopes.all.append($0) })
    for bytes in envelopes.all {
      for content in [Envelope.Content.page, .returns, .pieces] {
        let binding = Envelope.Binding(
          sender: Self.code(owner), reader: Self.code(reader), content: content)
        guard
          let opened = Envelope.decode(bytes)?.opened(
            binding, with: DecryptionKeys(current: Self.decryptionKey(reader)))
        else { continue }
        handed.bytes.append(opened)
        if content == .pieces {
          handed.attachments.formUnion(BundlePieces.decode(opened)?.pieces.map(\.place) ?? [])
        }
        if content == .returns {
          let held = BundleReturns.decode(opened)?.held ?? []
          handed.take(held.map { Delivery(number: 0, content: .changeSet($0)) })
        }
        if let page = DeliveryPage.decode(opened) { handed.take(page.deliveries) }
      }
    }
  }
}

/// Envelopes as they were written.
private final class Bundled {
  var all: [[UInt8]] = []
}

/// The id of the node's outbox.
private struct OutboxNow: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> OutboxID {
    try transaction.node().outbox
  }
}

/// The graphs of dossiers.
struct GraphsOf: StoreWork {
  let dossiers: [DossierID]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [DossierID: DossierGraph] {
    try transaction.graphs(dossiers)
  }
}

/// The reconcile items of dossiers.
struct ItemsOf: StoreWork {
  let dossiers: [DossierID]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [DossierID: Hash256] {
    try transaction.summaries(dossiers).mapValues(\.item)
  }
}

extension BundleWorld {
  /// Pulls and asks among these nodes until nothing moves.
  func settle(_ labels: [String]) async throws {
    var isMoving = true
    var rounds = 0
    while isMoving, rounds < 50 {
      isMoving = false
      rounds += 1
      for reader in labels {
        for owner in labels where owner != reader {
          let page = try await self[reader].pull(from: self[owner])
          let came = page.stored + page.known + page.held + page.rejected
          if came > 0 || page.hasMore || page.isNewOutbox { isMoving = true }
        }
        if try await askWanted(reader, among: labels) > 0 { isMoving = true }
      }
    }
  }

  /// Asks these nodes for what a node waits for.
  ///
  /// - Returns: how many change sets came, stored or held for others that are asked for next.
  func askWanted(_ label: String, among labels: [String]) async throws -> Int {
    let node = self[label]
    let peers = Dictionary(uniqueKeysWithValues: labels.map { (Self.code($0), $0) })
    var came = 0
    for question in try await node.store.read(ListWanted(peers: peers.keys.sorted())) {
      guard let peer = peers[question.peer] else { continue }
      let answer = try await self[peer].store.read(
        AnswerFetch(requester: Self.code(label), request: question.request))
      let taken = try await node.store.write(
        TakeFetched(peer: question.peer, deliveries: answer.deliveries, now: .sample))
      came += taken.stored + taken.held
    }
    return came
  }

  /// How many copies a node holds.
  func held(at label: String) async throws -> Int {
    try await state(of: label, dossiers: []).held
  }
}
