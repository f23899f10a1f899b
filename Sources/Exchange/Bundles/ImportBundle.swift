package import Ledger

/// What became of a bundle.
package struct TakenBundle: Sendable {
  /// What it carried.
  package var manifest: BundleManifest
  /// Whether every number of it was here already.
  package var isRepeated = false
  /// Change sets stored, those released included.
  package var stored = 0
  /// Change sets that were here already.
  package var known = 0
  /// Change sets held.
  package var held = 0
  /// Change sets rejected.
  package var rejected = 0
  /// What became of the receipt that came with it; nil when none did.
  package var receipt: ReceiptOutcome?
  /// Change sets that its sender lacks and that are queued for it.
  package var queued = 0
  /// Particulars that came with it to be published; the caller judges them.
  package var particulars: SignedObject?
  /// Pieces of attachments stored.
  package var pieces = 0
  /// Whether the sender's outbox is another than the one followed before.
  package var isNewOutbox = false
}

/// Takes a bundle: checks the whole file first, then takes every page as if it had been pulled.
///
/// `TakeDeliveries` takes the pages, so verdicts, holding, folding and the cursor are those of the
/// network. Pieces of attachments come last, each held against the root that its part states. A
/// failure of the machine between two envelopes leaves what a broken connection would; the same
/// file goes on from there.
package struct ImportBundle: Sendable {
  private let source: BundleSource
  private let keys: DecryptionKeys
  private let signatory: Signatory

  /// Plans to take a file.
  package init(source: BundleSource, keys: DecryptionKeys, signatory: Signatory) {
    self.source = source
    self.keys = keys
    self.signatory = signatory
  }

  /// Checks, then takes.
  ///
  /// - Parameters:
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - settled: called after each page that is durable.
  /// - Returns: what became of it.
  /// - Throws: ``BundleRefusal`` when nothing was taken for what the file is, or `full`; what the
  ///   store or reading throws.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp, settled: (TakenPage) -> Void = { _ in }
  ) async throws -> TakenBundle {
    let file = try await BundleFile(reading: source)
    let manifest = file.manifest
    let place = try await store.read(BundlePlace(manifest)).get()
    do {
      try await file.check(with: keys, known: place.known)
    } catch let refusal as BundleRefusal where refusal.code == .otherHistory {
      try await store.write(RaiseBundleAlarm(file: file, now: now()))
      throw refusal
    }
    var taken = TakenBundle(manifest: manifest, isRepeated: place.isRepeated)
    for index in manifest.pages.indices where !place.isRepeated {
      let page = try await file.page(at: index, with: keys)
      var work = TakeDeliveries(
        peer: manifest.signer, page: page, signatory: signatory, now: now())
      work.passesOverKnown = true
      switch try await store.take(work) {
      case .failure(.full): throw BundleRefusal(.full)
      case .failure: throw BundleRefusal(.otherHistory, envelope: index + 1)
      case .success(let outcome):
        taken.add(outcome)
        settled(outcome)
      }
    }
    let returns = try await file.returns(with: keys)
    taken.particulars = returns.particulars
    if let receipt = returns.receipt {
      taken.receipt = try await store.write(
        TakeReceipt(reader: manifest.signer, signed: receipt, now: now()))
    }
    if !returns.wants.isEmpty {
      taken.queued = try await store.write(
        QueueWanted(reader: manifest.signer, wants: returns.wants))
    }
    for index in manifest.pieceIndices {
      let pieces = try await file.pieces(at: index, with: keys)
      taken.pieces += try await store.write(
        TakePieces(peer: manifest.signer, pieces, now: now()))
    }
    return taken
  }
}

extension TakenBundle {
  fileprivate mutating func add(_ page: TakenPage) {
    stored += page.stored
    known += page.known
    held += page.held
    rejected += page.rejected
    isNewOutbox = isNewOutbox || page.isNewOutbox
  }
}

/// Whether a bundle may be taken here now: who signed it, for whom, and where it begins.
private struct BundlePlace: StoreWork {
  /// Where the node stands in the sender's outbox.
  struct Found: Sendable {
    let known: (number: UInt64, hash: Hash256)?
    let isRepeated: Bool
  }

  private let manifest: BundleManifest

  init(_ manifest: BundleManifest) {
    self.manifest = manifest
  }

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<Found, BundleRefusal> {
    let node = try transaction.node()
    guard manifest.reader == node.agency, manifest.signer != node.agency else {
      return .failure(BundleRefusal(.foreign, agency: manifest.reader))
    }
    guard let directory = try transaction.directory(),
      let key = directory.current.agency(manifest.signer)?.key(manifest.key),
      key.verification?.bytes == manifest.publicKey
    else { return .failure(BundleRefusal(.unknownKey, agency: manifest.signer)) }
    guard key.withdrawnBy == nil else { return .failure(BundleRefusal(.withdrawnKey)) }
    let cursor = try transaction.cursor(of: manifest.signer)
    guard let cursor, cursor.outbox == manifest.outbox else {
      guard manifest.first == 1 else { return .failure(BundleRefusal(.gap, number: 1)) }
      return isOlder(cursor, directory)
        ? .failure(BundleRefusal(.olderDirectory)) : .success(Found(known: nil, isRepeated: false))
    }
    let known = (number: cursor.number, hash: cursor.runningHash)
    guard manifest.first <= cursor.number + 1 else {
      return .failure(BundleRefusal(.gap, number: cursor.number + 1))
    }
    if manifest.first <= manifest.last, manifest.last <= cursor.number {
      return .success(Found(known: known, isRepeated: true))
    }
    guard !isOlder(cursor, directory) else { return .failure(BundleRefusal(.olderDirectory)) }
    return .success(Found(known: known, isRepeated: false))
  }

  /// Whether the sender has shown a newer directory before than the one it names now.
  private func isOlder(_ cursor: Cursor?, _ directory: Directory) -> Bool {
    guard let shown = cursor?.directory, shown != manifest.directory else { return false }
    return directory.graph.isAncestor(manifest.directory, of: shown)
  }
}

/// Keeps a bundle's manifest as evidence that an outbox says two things.
private struct RaiseBundleAlarm: StoreWork {
  let file: BundleFile
  let now: Timestamp

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.raise([
      Alarm(
        peer: file.manifest.signer, kind: .withholding,
        subject: "bundle \(file.manifest.outbox) \(file.manifest.first)",
        evidence: file.signed.body + file.signed.signature, at: now)
    ])
  }
}

/// Queues for a reader what it says it lacks: the next page or bundle carries it.
///
/// Look-ups start from the dossiers that the reader's agencies may read, as for a fetch; what it
/// may not have is passed over like what is unknown, and what it is owed anyway is not queued
/// twice. Serving looks at the audience once more.
package struct QueueWanted: StoreWork {
  private let reader: AgencyCode
  private let wants: [ChangeSetID]

  /// Takes what a reader wants.
  package init(reader: AgencyCode, wants: [ChangeSetID]) {
    self.reader = reader
    self.wants = wants
  }

  /// How many were queued.
  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    let node = try transaction.node()
    let directory = try transaction.directory()
    let routing = Routing(node: node.agency, view: directory?.current)
    let found = try transaction.locate(wants, readableBy: routing.agencies(at: reader))
    let open = wants.filter { found[$0] != nil || directory?.graph.contains($0) == true }
    let receipted = try transaction.position(of: reader).receipted
    let owed = try transaction.owes(open, to: reader, above: receipted)
    let missing = open.filter { !owed.contains($0) }
    guard !missing.isEmpty else { return 0 }
    var shelf = Shelf(routing: routing, node: node)
    try shelf.load(missing, in: transaction)
    let lines = shelf.ordered(missing).filter { shelf.received($0, for: reader) != nil }
      .map { OutboxLine(reader: reader, id: $0, isRepeated: true) }
    if !lines.isEmpty { try transaction.enqueue(lines) }
    return lines.count
  }
}
