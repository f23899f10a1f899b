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
  /// What came with it to be published, particulars or a suspension; the caller judges it.
  package var particulars: SignedObject?
  /// What came with it to ask for a new key; the caller judges it.
  package var keyRequest: JoinRequest?
  /// Whether nothing but what it asks for was taken, for its sender's key is withdrawn or its
  /// sender's directory has a hole.
  package var isRequestAlone = false
  /// Holes of the own log that it filled, and rows made again behind them.
  package var repaired = 0
  /// Pieces of attachments stored.
  package var pieces = 0
  /// Whether the sender's outbox is another than the one followed before.
  package var isNewOutbox = false
  /// What it showed of this node, as after a start; nil where that is known to have gone back in
  /// time and this is no news.
  ///
  /// `agrees` opens no gate: the disc may be older than what was lost.
  package var comparison: SealingGate.Comparison?
}

/// Takes a bundle: checks the whole file first, then takes every page as if it had been pulled.
///
/// `TakeDeliveries` takes the pages, so verdicts, holding, folding and the cursor are those of the
/// network. What the bundle shows of this node itself is weighed before, as after a start: it may
/// prove that the database went back in time. Pieces of attachments come last, each held against
/// the root that its part states. A failure of the machine between two envelopes leaves what a
/// broken connection would; the same file goes on from there.
package struct ImportBundle: Sendable {
  private let source: BundleSource
  private let keys: DecryptionKeys
  private let signatory: Signatory
  private let holed: [DossierID]

  /// Plans to take a file.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - keys: the keys that it may be sealed to.
  ///   - signatory: who signs receipts.
  ///   - holed: dossiers in whose logs a check has found a hole, to be filled with what it brings.
  package init(
    source: BundleSource, keys: DecryptionKeys, signatory: Signatory, holed: [DossierID] = []
  ) {
    self.source = source
    self.keys = keys
    self.signatory = signatory
    self.holed = holed
  }

  /// Checks, then takes.
  ///
  /// - Parameters:
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - settled: called after each page that is durable.
  ///   - fetched: called after what is durable and has no number: entries of the directory that
  ///     name the key of the sender, own change sets that the sender held, and what filled holes.
  /// - Returns: what became of it.
  /// - Throws: ``BundleRefusal`` when nothing was taken for what the file is, or `full` or
  ///   `untaken`, before which pages may have been taken; what the store or reading throws. Even
  ///   then the entries that name its key may have been taken, and the file may have proved that
  ///   this database went back in time, as ``BundleRefusal/wentBack`` tells of one that follows
  ///   another: both stand in the store.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp, settled: (TakenPage) -> Void = { _ in },
    fetched: @escaping @Sendable (TakenFetch) -> Void = { _ in }
  ) async throws -> TakenBundle {
    let begun = now()
    let file = try await BundleFile(reading: source)
    let manifest = file.manifest
    var taken = TakenBundle(manifest: manifest)
    let mending = MendLog(carrier: manifest.signer, settled: fetched)
    if let directory = try await store.read(HoledDirectory()) {
      let copies = try await checked(file, for: [directory])
      taken.repaired = try await mending.run(copies, over: store, now: now)
    }
    let (place, news): (BundlePlace.Found, TakenFetch?)
    do {
      (place, news) = try await placed(file, begun, over: store, fetched: fetched)
    } catch let refusal as BundleRefusal where refusal.code == .withdrawnKey {
      return try await keyRequest(of: file, refusedFor: refusal)
    }
    taken.isRepeated = place.isRepeated
    let copies: CarriedCopies
    do {
      copies = try await checked(file, for: holed, known: place.known)
    } catch let refusal as BundleRefusal where refusal.code == .otherHistory {
      try await store.write(RaiseBundleAlarm(file: file, now: now()))
      throw refusal
    }
    let returns = try await file.returns(with: keys)
    if place.isRequestAlone {
      taken.isRequestAlone = true
      try await queue(returns, into: &taken, over: store)
      return taken
    }
    taken.add(news)
    taken.repaired += try await mending.run(copies, over: store, now: now)
    taken.note(
      try await weighed(returns.held, returns.position, of: file, begun, over: store))
    for index in manifest.pages.indices where !place.isRepeated {
      let page = try await file.page(at: index, with: keys)
      let own = page.deliveries.compactMap(\.received).filter { copy in
        copy.origin.map { place.local.contains($0.author) } == true
      }
      if !own.isEmpty { taken.note(try await weighed(own, of: file, begun, over: store)) }
      var work = TakeDeliveries(
        peer: manifest.signer, page: page, signatory: signatory, now: now())
      work.passesOverKnown = true
      switch try await store.take(work) {
      case .failure(.full): throw BundleRefusal(.full)
      case .failure(.untaken): throw BundleRefusal(.untaken, agency: manifest.signer)
      case .failure: throw BundleRefusal(.otherHistory, envelope: index + 1)
      case .success(let outcome):
        taken.add(outcome)
        settled(outcome)
        // The file goes on from there once a receipt can name what is next, or that has come.
        guard outcome.cursor.number >= manifest.envelopes[index].last else {
          throw BundleRefusal(.untaken, agency: manifest.signer)
        }
      }
    }
    if let copies = try await take(returns.held, of: manifest.signer, over: store, now: now()) {
      taken.add(copies)
      fetched(copies)
    }
    try await take(returns, into: &taken, over: store, now: now)
    for index in manifest.pieceIndices {
      let pieces = try await file.pieces(at: index, with: keys)
      taken.pieces += try await store.write(
        TakePieces(peer: manifest.signer, pieces, now: now()))
    }
    return taken
  }

  /// Checks the whole file; gives what it brings of some dossiers.
  private func checked(
    _ file: BundleFile, for dossiers: [DossierID], known: (number: UInt64, hash: Hash256)? = nil
  ) async throws -> CarriedCopies {
    var copies = CarriedCopies(of: dossiers)
    try await file.check(with: keys, known: known, seen: { copies.add($0) })
    return copies
  }

  /// The request for a new key of an agency whose key is withdrawn: it proves itself by another way
  /// than the key, and is all that is taken.
  private func keyRequest(
    of file: BundleFile, refusedFor refusal: BundleRefusal
  ) async throws -> TakenBundle {
    guard let request = try? await file.returns(with: keys).keyRequest else { throw refusal }
    var taken = TakenBundle(manifest: file.manifest)
    taken.keyRequest = request
    taken.isRequestAlone = true
    return taken
  }

  /// Takes what the sender only held; nil when that is nothing.
  private func take<S: Store>(
    _ held: [ReceivedChangeSet], of sender: AgencyCode, over store: S, now: Timestamp
  ) async throws -> TakenFetch? {
    guard !held.isEmpty else { return nil }
    let deliveries = held.map { Delivery(number: 0, content: .changeSet($0)) }
    return try await store.write(TakeFetched(peer: sender, deliveries: deliveries, now: now))
  }

  /// Takes the receipt and what the sender lacks.
  private func take<S: Store>(
    _ returns: BundleReturns, into taken: inout TakenBundle, over store: S, now: () -> Timestamp
  ) async throws {
    let sender = taken.manifest.signer
    taken.particulars = returns.particulars
    taken.keyRequest = returns.keyRequest
    if let receipt = returns.receipt {
      taken.receipt = try await store.write(
        TakeReceipt(reader: sender, signed: receipt, now: now()))
    }
    try await queue(returns, into: &taken, over: store)
  }

  /// Queues what the sender lacks.
  private func queue<S: Store>(
    _ returns: BundleReturns, into taken: inout TakenBundle, over store: S
  ) async throws {
    guard !returns.wants.isEmpty || !returns.ranges.isEmpty else { return }
    taken.queued = try await store.write(
      QueueWanted(
        reader: taken.manifest.signer, wants: returns.wants, ranges: returns.ranges))
  }
}

extension ImportBundle {
  /// Where the bundle belongs here; refused when it does not.
  ///
  /// A key that the directory here does not name may be named by the entries that the bundle
  /// itself brings. A bundle that seems to follow one that has not come may follow one that came
  /// before this database went back in time, so that is looked at first.
  private func placed<S: Store>(
    _ file: BundleFile, _ begun: Timestamp, over store: S, fetched: (TakenFetch) -> Void
  ) async throws -> (place: BundlePlace.Found, news: TakenFetch?) {
    var place = try await store.read(BundlePlace(file.manifest))
    var news: TakenFetch?
    if case .failure(let refusal) = place, refusal.code == .unknownKey {
      let entries = try await learned(file, begun, over: store)
      fetched(entries)
      news = entries
      place = try await store.read(BundlePlace(file.manifest))
    }
    if case .failure(var refusal) = place, refusal.code == .gap {
      try await file.check(with: keys)
      let returns = try await file.returns(with: keys)
      let shown = try await weighed(returns.held, returns.position, of: file, begun, over: store)
      refusal.wentBack = shown == .ahead
      throw refusal
    }
    return (try place.get(), news)
  }

  /// Takes the entries of the directory that a bundle brings, if with them its key is in force.
  private func learned<S: Store>(
    _ file: BundleFile, _ begun: Timestamp, over store: S
  ) async throws -> TakenFetch {
    guard let directory = try await store.read(PinnedDossier()) else {
      throw BundleRefusal(.unknownKey, agency: file.manifest.signer)
    }
    var entries: [Delivery] = []
    var room = Limits.joinAnswerBytesMax
    do {
      try await file.check(
        with: keys,
        seen: { page in
          for received in page.deliveries.compactMap(\.received)
          where received.origin?.dossier == directory {
            let entry = Delivery(number: 0, content: .changeSet(received))
            room -= entry.wireBytes
            if room >= 0 { entries.append(entry) }
          }
        })
    } catch is BundleRefusal {
      // Whatever else is wrong with it: nobody whom we know has signed it.
      throw BundleRefusal(.unknownKey, agency: file.manifest.signer)
    }
    return try await store.write(
      LearnSigner(manifest: file.manifest, entries: entries, now: begun))
  }

  private func weighed<S: Store>(
    _ copies: [ReceivedChangeSet], _ position: ReaderPosition? = nil, of file: BundleFile,
    _ begun: Timestamp, over store: S
  ) async throws -> SealingGate.Comparison? {
    try await store.write(
      WeighShown(
        conclusion: Conclude(
          peer: file.manifest.signer, position: position, claimed: [], copies: copies,
          signatory: signatory, begun: begun)))
  }
}

/// Weighs what a bundle shows of this node, also while that is known to have gone back in time: its
/// sender may have what nobody has who can be asked, and then the node may not go on by itself.
private struct WeighShown: StoreWork {
  let conclusion: Conclude

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> SealingGate.Comparison? {
    let known = try transaction.node().restored
    let comparison = try conclusion.run(transaction)
    guard let known else { return comparison }
    return try transaction.node().restored == known ? nil : comparison
  }
}

/// Takes entries of the directory if with them a bundle's key is its sender's; else nothing.
///
/// Every entry proves itself, whoever carries it.
private struct LearnSigner: StoreWork {
  let manifest: BundleManifest
  let entries: [Delivery]
  let now: Timestamp

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> TakenFetch {
    let taken = try TakeFetched(peer: manifest.signer, deliveries: entries, now: now)
      .run(transaction)
    guard let key = manifest.directoryKey(in: try transaction.directory()) else {
      throw BundleRefusal(.unknownKey, agency: manifest.signer)
    }
    guard key.withdrawnBy == nil else { throw BundleRefusal(.withdrawnKey) }
    return taken
  }
}

extension BundleManifest {
  /// The key that signed, as a directory has it; nil when it has no such key of the signer.
  fileprivate func directoryKey(in directory: Directory?) -> DirectoryKey? {
    guard let found = directory?.current.agency(signer)?.key(self.key),
      found.verification?.bytes == publicKey
    else { return nil }
    return found
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

  fileprivate mutating func add(_ copies: TakenFetch?) {
    stored += copies?.stored ?? 0
    held += copies?.held ?? 0
  }

  /// A proof stands, whatever comes after; a claim stands until there is one.
  fileprivate mutating func note(_ shown: SealingGate.Comparison?) {
    guard comparison != .ahead, let shown else { return }
    if comparison == nil || shown != .agrees { comparison = shown }
  }
}

/// Whether a bundle may be taken here now: who signed it, for whom, and where it begins.
private struct BundlePlace: StoreWork {
  /// Where the node stands in the sender's outbox.
  struct Found: Sendable {
    let known: (number: UInt64, hash: Hash256)?
    var isRepeated = false
    /// Whether its sender could say nothing but what it lacks.
    var isRequestAlone = false
    /// The agencies that work here.
    let local: [AgencyCode]
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
    guard let directory = try transaction.wholeDirectory(),
      let key = manifest.directoryKey(in: directory)
    else { return .failure(BundleRefusal(.unknownKey, agency: manifest.signer)) }
    guard key.withdrawnBy == nil else { return .failure(BundleRefusal(.withdrawnKey)) }
    let cursor = try transaction.cursor(of: manifest.signer)
    let local = Routing(node: node.agency, view: directory.current).local
    if manifest.isRequestAlone(in: directory) {
      return .success(Found(known: nil, isRequestAlone: true, local: local))
    }
    guard let cursor, cursor.outbox == manifest.outbox else {
      guard manifest.first == 1 else { return .failure(BundleRefusal(.gap, number: 1)) }
      return isOlder(cursor, directory)
        ? .failure(BundleRefusal(.olderDirectory))
        : .success(Found(known: nil, local: local))
    }
    let known = (number: cursor.number, hash: cursor.runningHash)
    guard manifest.first <= cursor.number + 1 else {
      return .failure(BundleRefusal(.gap, number: cursor.number + 1))
    }
    if manifest.first <= manifest.last, manifest.last <= cursor.number {
      return .success(Found(known: known, isRepeated: true, local: local))
    }
    guard !isOlder(cursor, directory) else { return .failure(BundleRefusal(.olderDirectory)) }
    return .success(Found(known: known, local: local))
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
