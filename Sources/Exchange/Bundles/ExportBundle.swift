package import Ledger

/// A bundle whose envelopes are written: what stands before them in the file, and what it carries.
package struct MadeBundle: Sendable {
  /// The bytes before the envelopes.
  package let opening: [UInt8]
  /// What it carries.
  package let manifest: BundleManifest
  /// Whether a receipt travels back in it.
  package let carriesReceipt: Bool
  /// How many change sets it asks for.
  package let wants: Int

  /// The whole file's size.
  package var byteCount: Int {
    opening.count + manifest.envelopes.reduce(0) { $0 + $1.byteCount }
  }
}

/// Makes a bundle for one reader: what a pull from the newest receipt on would serve, page by page.
///
/// `ServeDeliveries` serves every page, so audience, numbers, blanks and the order of commit and
/// serving are those of the network. Only the reader's receipt is not waited for: it comes back in
/// a bundle of its own.
package struct ExportBundle: Sendable {
  private let reader: AgencyCode
  private let signatory: Signatory
  private let isFromStart: Bool
  private let pageBytesMax: Int

  /// Plans a bundle for the node that works for an agency.
  ///
  /// `isFromStart` begins at number 1 whatever the reader has receipted: for one that lost it.
  package init(
    reader: AgencyCode, signatory: Signatory, isFromStart: Bool = false,
    pageBytesMax: Int = Limits.pageBytesMax
  ) {
    self.isFromStart = isFromStart
    self.reader = reader
    self.signatory = signatory
    self.pageBytesMax = pageBytesMax
  }

  /// Serves, seals and writes; the caller puts the opening before what was written.
  ///
  /// - Parameters:
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - write: takes the envelopes' bytes one after the other; numbers are committed before.
  /// - Returns: what the file begins with, and what it carries.
  /// - Throws: ``BundleRefusal``, or what the store or `write` throws.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp, write: ([UInt8]) async throws -> Void
  ) async throws -> MadeBundle {
    let start = try await store.read(
      BundleStart(agency: reader, signatory: signatory, isFromStart: isFromStart, now: now())
    ).get()
    var walk = OutboxWalk(start.outbox, from: start.receipted, hash: start.before)
    var entries: [BundleManifest.Entry] = []
    var newest: ChangeSetID?
    var room = Limits.bundleBytesMax - Limits.envelopeBytesMax
    var hasMore = true
    var place: ChangeSetID?
    while hasMore, entries.count < Limits.bundleEnvelopesMax - 1, room >= Limits.envelopeBytesMax {
      let served = try await store.serve(
        ServeDeliveries(
          reader: start.reader, outbox: start.outbox, after: walk.number, hash: nil,
          bytesMax: pageBytesMax, signatory: signatory, now: now()),
        from: &place, servingsMax: .max)
      guard !served.isOtherOutbox, let page = DeliveryPage.decode(served.bytes) else {
        throw BundleRefusal(.outboxReplaced)
      }
      hasMore = served.hasMore && served.count > 0
      newest = page.head.claim(as: HeadStatement.self)?.directory ?? newest
      if served.count == 0, !entries.isEmpty { break }
      let first = walk.number + 1
      for delivery in page.deliveries {
        guard walk.take(delivery) else { throw BundleRefusal(.outboxReplaced) }
      }
      let envelope = try start.sealed(served.bytes, as: .page, by: signatory.agency)
      try await write(envelope)
      room -= envelope.count
      entries.append(
        BundleManifest.Entry(
          byteCount: envelope.count, digest: .sha256(envelope), first: first, last: walk.number))
    }
    let returns = try start.sealed(start.returns.encoded(), as: .returns, by: signatory.agency)
    try await write(returns)
    entries.append(
      BundleManifest.Entry(byteCount: returns.count, digest: .sha256(returns), first: 0, last: 0))
    guard let newest else { throw BundleRefusal(.noReader) }
    let manifest = BundleManifest(
      signer: signatory.agency, key: signatory.key.keyID,
      publicKey: signatory.key.publicKey.bytes, reader: start.reader, outbox: start.outbox,
      first: start.receipted + 1, last: walk.number, before: start.before,
      runningHash: walk.hash, directory: newest, createdAt: now(), envelopeKey: start.key.id,
      envelopes: entries, hasMore: hasMore)
    return MadeBundle(
      opening: BundleFile.opening(SignedObject(signing: manifest, with: signatory.key)),
      manifest: manifest, carriesReceipt: start.returns.receipt != nil,
      wants: start.returns.wants.count)
  }
}

/// What a bundle begins with, read in one snapshot.
struct BundleStart: StoreWork {
  /// What was read.
  struct Found: Sendable {
    let reader: AgencyCode
    let key: EncryptionKey
    let outbox: OutboxID
    let receipted: UInt64
    let before: Hash256
    let returns: BundleReturns

    func sealed(
      _ content: [UInt8], as kind: Envelope.Content, by sender: AgencyCode
    ) throws -> [UInt8] {
      try Envelope(
        sealing: content,
        Envelope.Binding(sender: sender, reader: reader, content: kind), to: key
      ).encoded()
    }
  }

  let agency: AgencyCode
  let signatory: Signatory
  let isFromStart: Bool
  let now: Timestamp

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<Found, BundleRefusal> {
    let node = try transaction.node()
    guard let view = try transaction.directory()?.current, view.agency(agency) != nil else {
      return .failure(BundleRefusal(.noReader))
    }
    let reader = view.host(of: agency)
    guard reader != node.agency, view.agency(reader) != nil else {
      return .failure(BundleRefusal(.noReader))
    }
    guard view.activeKey(of: reader) != nil else {
      return .failure(BundleRefusal(.readerSuspended))
    }
    guard let bytes = view.particulars(of: reader)?.encryptionKey,
      let key = EncryptionKey(bytes: bytes)
    else { return .failure(BundleRefusal(.noEncryptionKey)) }
    let receipted = isFromStart ? 0 : try transaction.position(of: reader).receipted
    let line =
      receipted > 0
      ? try transaction.numbered(for: reader, after: receipted - 1, limit: 1).first : nil
    let wants = try ListWanted(peers: [reader]).run(transaction).first?.request.ids ?? []
    return .success(
      Found(
        reader: reader, key: key, outbox: node.outbox, receipted: receipted,
        before: line?.runningHash ?? .zero,
        returns: BundleReturns(
          receipt: try receipt(for: reader, in: transaction), wants: wants)))
  }

  /// Where we stand in the reader's outbox, signed; nil when nothing of it has come yet.
  private func receipt<T: StoreTransaction & ~Copyable>(
    for reader: AgencyCode, in transaction: borrowing T
  ) throws -> SignedObject? {
    guard let cursor = try transaction.cursor(of: reader), cursor.number > 0 else { return nil }
    return SignedObject(
      signing: Receipt(
        signer: signatory.agency, key: signatory.key.keyID, destination: reader,
        outbox: cursor.outbox, number: cursor.number, runningHash: cursor.runningHash,
        storedAt: cursor.receivedAt ?? now, untaken: cursor.untaken), with: signatory.key)
  }
}
