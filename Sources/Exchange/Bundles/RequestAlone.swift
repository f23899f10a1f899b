import Ledger

/// A bundle of a node whose directory has a hole: who may have what is not known there, so it gives
/// nothing out, no page, no receipt and no number, and asks for the entries that lack.
///
/// Its manifest names the directory's first entry as the newest: what the node has shown before may
/// be lost. Whoever reads it takes what is asked for, and nothing else of it.
extension ExportBundle {
  /// Writes an empty page and the request.
  func requestAlone(
    _ start: BundleStart.Found, naming founding: ChangeSetID, now: Timestamp,
    write: ([UInt8]) async throws -> Void
  ) async throws -> MadeBundle {
    let statement = HeadStatement(
      signer: signatory.agency, key: signatory.key.keyID, reader: start.reader,
      outbox: start.outbox, number: start.receipted, runningHash: start.before, directory: nil,
      page: DeliveryPage.digest(of: []))
    let page = DeliveryPage(
      deliveries: [], head: SignedObject(signing: statement, with: signatory.key))
    var written = WrittenEnvelopes(
      bytesMax: Limits.bundleBytesMax, pageBytesMax: Limits.pageBytesMax)
    written.add(
      try await sealed(page.encoded(), as: .page, start, write: write),
      first: start.receipted + 1, last: start.receipted)
    written.add(try await sealed(start.returns.encoded(), as: .returns, start, write: write))
    let manifest = BundleManifest(
      signer: signatory.agency, key: signatory.key.keyID,
      publicKey: signatory.key.publicKey.bytes, reader: start.reader, outbox: start.outbox,
      first: start.receipted + 1, last: start.receipted, before: start.before,
      runningHash: start.before, directory: founding, createdAt: now, envelopeKey: start.key.id,
      envelopes: written.entries, hasMore: false)
    return MadeBundle(
      opening: BundleFile.opening(SignedObject(signing: manifest, with: signatory.key)),
      manifest: manifest, carriesReceipt: false, wants: start.returns.wants.count, pieces: 0,
      isRequestAlone: true)
  }
}

extension BundleManifest {
  /// Whether it is of a node whose directory has a hole, which asks and does nothing else.
  func isRequestAlone(in directory: Directory) -> Bool {
    last < first && self.directory == directory.id.first
  }
}

extension BundleStart {
  /// What a node begins with whose directory has a hole.
  ///
  /// The question tells of nothing but the directory, so any node may be asked. The key it is
  /// sealed to may stand behind the hole and be replaced since; its owner opens it for a year.
  func requestAlone<T: StoreTransaction & ~Copyable>(
    _ node: NodeRecord, _ directory: Directory, in transaction: borrowing T
  ) throws -> Swift.Result<Found, BundleRefusal> {
    let view = directory.current
    let reader = view.agency(agency) == nil ? agency : view.host(of: agency)
    guard reader != node.agency else { return .failure(BundleRefusal(.noReader)) }
    guard let key = try lastKey(of: reader, in: transaction.logged(directory.id)) else {
      return .failure(BundleRefusal(.noEncryptionKey))
    }
    let holes = try ListHoles(of: [directory.id], for: reader).run(transaction)
    let receipted = try transaction.position(of: reader).receipted
    return .success(
      Found(
        reader: reader, key: key, outbox: node.outbox, receipted: receipted,
        before: try runningHash(at: receipted, for: reader, in: transaction),
        returns: BundleReturns(receipt: nil, wants: holes.ids, ranges: holes.ranges),
        founding: directory.id.first))
  }

  /// The newest encryption key of an agency in the rows that are left, whether or not what they
  /// stand on is here.
  private func lastKey(of agency: AgencyCode, in rows: [LoggedChangeSet]) -> EncryptionKey? {
    let published = rows.flatMap { row -> [Particulars] in
      guard case .part(let part)? = row.parts[0].map({ Part.decode($0.content) }) else { return [] }
      return part.directory.compactMap { statement in
        guard case .particulars(let signed) = statement else { return nil }
        return signed.claim(as: Particulars.self)
      }
    }
    return published.filter { $0.signer == agency }.sorted { $0.version > $1.version }
      .lazy.compactMap { EncryptionKey(bytes: $0.encryptionKey) }.first
  }
}
