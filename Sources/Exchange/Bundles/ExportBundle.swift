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
  /// How many pieces of attachments it carries.
  package let pieces: Int
  /// Whether it gives nothing out and only asks, for the directory of its maker has a hole.
  package var isRequestAlone = false

  /// The whole file's size.
  package var byteCount: Int {
    opening.count + manifest.envelopes.reduce(0) { $0 + $1.byteCount }
  }
}

/// Makes a bundle for one reader: what a pull from the newest receipt on would serve, page by page,
/// and behind it the attachments that those pages list.
///
/// `ServeDeliveries` serves every page and `AnswerAttachment` every piece, so audience, numbers,
/// blanks and the order of commit and serving are those of the network. Only the reader's receipt
/// is not waited for: it comes back in a bundle of its own, with the change sets whose attachments
/// have not come whole; those are served again, and their attachments with them.
package struct ExportBundle: Sendable {
  private let reader: AgencyCode
  let signatory: Signatory
  private let isFromStart: Bool
  private let carriesAttachments: Bool
  private let particulars: SignedObject?
  private let keyRequest: JoinRequest?
  private let holed: [DossierID]
  private let pageBytesMax: Int
  private let bytesMax: Int
  private let turn: UInt64

  /// Plans a bundle for the node that works for an agency.
  ///
  /// - Parameters:
  ///   - reader: the agency.
  ///   - signatory: who signs.
  ///   - isFromStart: begins at number 1 whatever the reader has receipted, and brings what its
  ///     agencies wrote back to it: for one that lost what it had.
  ///   - carriesAttachments: false leaves attachments out, for a small disc or an older reader.
  ///   - particulars: what a reader that is the registrar is to publish of an agency here.
  ///   - keyRequest: what an agency here asks a reader that is the registrar a new key with.
  ///   - holed: dossiers in whose logs a check has found a hole: what lacks is asked for.
  ///   - pageBytesMax: bytes of a page, and of the pieces of one envelope.
  ///   - bytesMax: bytes of all envelopes.
  ///   - turn: where to begin when the attachments do not fit together, another number each time,
  ///     so that each has its turn.
  package init(
    reader: AgencyCode, signatory: Signatory, isFromStart: Bool = false,
    carriesAttachments: Bool = true, particulars: SignedObject? = nil,
    keyRequest: JoinRequest? = nil, holed: [DossierID] = [],
    pageBytesMax: Int = Limits.pageBytesMax, bytesMax: Int = Limits.bundleBytesMax,
    turn: UInt64 = 0
  ) {
    self.isFromStart = isFromStart
    self.carriesAttachments = carriesAttachments
    self.particulars = particulars
    self.keyRequest = keyRequest
    self.holed = holed
    self.reader = reader
    self.signatory = signatory
    self.pageBytesMax = pageBytesMax
    self.bytesMax = bytesMax
    self.turn = turn
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
      BundleStart(
        agency: reader, signatory: signatory, isFromStart: isFromStart, particulars: particulars,
        keyRequest: keyRequest, holed: holed, now: now())
    ).get()
    if let founding = start.founding {
      return try await requestAlone(start, naming: founding, now: now(), write: write)
    }
    if isFromStart { try await queueChains(of: start.reader, over: store) }
    var walk = OutboxWalk(start.outbox, from: start.receipted, hash: start.before)
    var written = WrittenEnvelopes(bytesMax: bytesMax, pageBytesMax: pageBytesMax)
    var listed = CarriedAttachments()
    var newest: ChangeSetID?
    var hasMore = true
    var place: ChangeSetID?
    while hasMore, written.hasRoom {
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
      if served.count == 0, !written.entries.isEmpty { break }
      let first = walk.number + 1
      for delivery in page.deliveries {
        guard walk.take(delivery) else { throw BundleRefusal(.outboxReplaced) }
      }
      if carriesAttachments { listed.add(try await store.read(ListCarried(page))) }
      written.add(
        try await sealed(served.bytes, as: .page, start, write: write),
        first: first, last: walk.number)
    }
    written.add(try await sealed(start.returns.encoded(), as: .returns, start, write: write))
    let pieces = try await writePieces(of: listed, start, &written, over: store, write: write)
    guard let newest else { throw BundleRefusal(.noReader) }
    let manifest = BundleManifest(
      signer: signatory.agency, key: signatory.key.keyID,
      publicKey: signatory.key.publicKey.bytes, reader: start.reader, outbox: start.outbox,
      first: start.receipted + 1, last: walk.number, before: start.before,
      runningHash: walk.hash, directory: newest, createdAt: now(), envelopeKey: start.key.id,
      envelopes: written.entries, hasMore: hasMore || !pieces.isAll)
    return MadeBundle(
      opening: BundleFile.opening(SignedObject(signing: manifest, with: signatory.key)),
      manifest: manifest, carriesReceipt: start.returns.receipt != nil,
      wants: start.returns.wants.count, pieces: pieces.count)
  }

  /// Queues what the reader's own agencies wrote: who lost its database has it from its peers
  /// alone, and no outbox holds it for its author.
  private func queueChains<S: Store>(of reader: AgencyCode, over store: S) async throws {
    for author in try await store.read(ReaderAgencies(at: reader)) {
      var after: DossierID?
      repeat {
        let listed = try await store.read(ListChain(of: author, after: after))
        for ids in listed.ids.slices(of: Limits.fetchIDsMax) {
          _ = try await store.write(QueueWanted(reader: reader, wants: ids.sorted()))
        }
        after = listed.last
      } while after != nil
    }
  }

  /// Writes the pieces of these attachments that are here, as many as there is room for.
  private func writePieces<S: Store>(
    of listed: CarriedAttachments, _ start: BundleStart.Found, _ written: inout WrittenEnvelopes,
    over store: S, write: ([UInt8]) async throws -> Void
  ) async throws -> (count: Int, isAll: Bool) {
    var (count, batch, bytes) = (0, [BundlePieces.Piece](), 0)
    for attachment in listed.inOrder(from: turn, room: written.room) {
      let cut = attachment.content.cut
      var first: UInt64 = 0
      for number in cut.pieces {
        defer { first += UInt64(cut.frameBytes(of: number)) }
        guard let range = AttachmentRange(first: first),
          case .slice(let slice) = try await store.read(
            AnswerAttachment(requester: start.reader, place: attachment.place, range: range))
        else { continue }
        let piece = BundlePieces.Piece(
          place: attachment.place, number: number, frame: slice.bytes)
        if !batch.isEmpty,
          bytes + piece.byteCount > pageBytesMax || batch.count == Limits.bundlePiecesPerEnvelopeMax
        {
          written.add(
            try await sealed(BundlePieces(batch).encoded(), as: .pieces, start, write: write))
          (count, batch, bytes) = (count + batch.count, [], 0)
        }
        guard written.hasRoom else { return (count, false) }
        batch.append(piece)
        bytes += piece.byteCount
      }
    }
    guard !batch.isEmpty else { return (count, !listed.isCut) }
    written.add(try await sealed(BundlePieces(batch).encoded(), as: .pieces, start, write: write))
    return (count + batch.count, !listed.isCut)
  }

  /// Seals content to the reader and writes the envelope.
  func sealed(
    _ content: [UInt8], as kind: Envelope.Content, _ start: BundleStart.Found,
    write: ([UInt8]) async throws -> Void
  ) async throws -> [UInt8] {
    let envelope = try start.sealed(content, as: kind, by: signatory.agency)
    try await write(envelope)
    return envelope
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
    /// The directory's first entry, where its log has a hole: nothing but a request goes.
    var founding: ChangeSetID?

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
  let particulars: SignedObject?
  let keyRequest: JoinRequest?
  let holed: [DossierID]
  let now: Timestamp

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<Found, BundleRefusal> {
    let node = try transaction.node()
    let directory = try transaction.directory()
    if let directory, directory.isHoled {
      return try requestAlone(node, directory, in: transaction)
    }
    guard let view = directory?.current, view.agency(agency) != nil else {
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
    let holes = try ListHoles(of: holed, for: reader).run(transaction)
    let wants = try wants(of: reader, beside: holes.ids, in: transaction)
    let cursor = try transaction.cursor(of: reader).flatMap { $0.number > 0 ? $0 : nil }
    let authors = Routing(node: node.agency, view: view).agencies(at: reader)
    return .success(
      Found(
        reader: reader, key: key, outbox: node.outbox, receipted: receipted,
        before: try runningHash(at: receipted, for: reader, in: transaction),
        returns: BundleReturns(
          receipt: cursor.map { receipt(for: reader, at: $0) }, wants: wants,
          particulars: particulars, head: cursor?.head,
          held: try held(writtenBy: authors, for: reader, in: transaction),
          ranges: holes.ranges, keyRequest: keyRequest)))
  }

  /// h of a number of the reader's outbox.
  func runningHash<T: StoreTransaction & ~Copyable>(
    at number: UInt64, for reader: AgencyCode, in transaction: borrowing T
  ) throws -> Hash256 {
    guard number > 0 else { return .zero }
    let line = try transaction.numbered(for: reader, after: number - 1, limit: 1).first
    return line?.runningHash ?? .zero
  }

  /// What is wanted: the holes, what is waited for, and the change sets whose attachments have not
  /// come whole and that the reader may have: it serves them again, and their attachments with
  /// them.
  private func wants<T: StoreTransaction & ~Copyable>(
    of reader: AgencyCode, beside holes: [ChangeSetID], in transaction: borrowing T
  ) throws -> [ChangeSetID] {
    let waited = try ListWanted(peers: [reader]).run(transaction).first?.request.ids ?? []
    let wants = Array((holes + waited.filter { !holes.contains($0) }).prefix(Limits.fetchIDsMax))
    let room = max(0, Limits.fetchIDsMax - wants.count)
    var changes: Set<ChangeSetID> = []
    var after: AttachmentPlace?
    // Many may lack that this reader has not: what it has must not stand behind them.
    while changes.count < room {
      let open = try ListWantedAttachments(after: after).run(transaction)
      changes.formUnion(open.filter { $0.peers.contains(reader) }.map(\.listed.place.change))
      changes.subtract(wants)
      guard open.count == Limits.wantedAttachmentsMax else { break }
      after = open.last?.listed.place
    }
    return (wants + changes.sorted().prefix(room)).sorted()
  }

  /// What the reader's agencies wrote and is only held here, as it would be told when it asks.
  private func held<T: StoreTransaction & ~Copyable>(
    writtenBy authors: [AgencyCode], for reader: AgencyCode, in transaction: borrowing T
  ) throws -> [ReceivedChangeSet] {
    let ids = try transaction.held(writtenBy: authors, limit: Limits.reportEntriesMax)
    guard !ids.isEmpty else { return [] }
    let request = FetchRequest(ids: ids.sorted())
    return try AnswerFetch(
      requester: reader, request: request, bytesMax: Limits.bundleHeldBytesMax
    ).run(transaction).deliveries.compactMap(\.received)
  }

  /// Where we stand in the reader's outbox, signed.
  private func receipt(for reader: AgencyCode, at cursor: Cursor) -> SignedObject {
    SignedObject(
      signing: Receipt(
        signer: signatory.agency, key: signatory.key.keyID, destination: reader,
        outbox: cursor.outbox, number: cursor.number, runningHash: cursor.runningHash,
        storedAt: cursor.receivedAt ?? now, untaken: cursor.untaken.map(\.number)),
      with: signatory.key)
  }
}
