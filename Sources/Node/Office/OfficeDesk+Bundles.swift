import Exchange
import FoundationEssentials
import Ledger
import Office
import Replica

extension OfficeDesk {
  /// Makes a bundle and keeps it until its last piece has been read.
  func exportBundle(
    _ request: API.ExportBundleRequest, by acting: Acting
  ) async throws -> API.ExportedBundle {
    guard let reader = AgencyCode(request.to) else {
      throw OfficeError(.peerUnknown, ["peer": request.to])
    }
    let words = try await words(for: reader)
    let (id, begun) = try spool.begin()
    do {
      var present = 0
      let made = try await ExportBundle(
        reader: reader, signatory: synchronizer.desk.signatory, isFromStart: request.fromStart,
        carriesAttachments: !request.withoutAttachments, particulars: words.particulars,
        keyRequest: words.keyRequest, holed: try await office.holedDossiers(),
        turn: .random(in: 0 ... .max)
      ).run(over: store, now: { office.clock.now }) { bytes in
        try await begun.file.write(bytes, at: present)
        present += bytes.count
      }
      spool.keep(
        BundleSpool.Entry(
          file: begun.file, opening: made.opening, byteCount: made.byteCount, present: present),
        as: id)
      let manifest = made.manifest
      try await office.record(
        API.exportBundle.operation, on: manifest.reader.rawValue,
        detail: "\(manifest.outbox) \(manifest.first)-\(manifest.last)", by: acting)
      return API.ExportedBundle(id, made, made.isRequestAlone ? Words() : words)
    } catch {
      spool.remove(id)
      throw try await told(error, API.exportBundle.operation, peer: reader.rawValue, acting)
    }
  }

  /// What the agencies that work here have to say to the registrar.
  struct Words: Sendable {
    /// Particulars, or that a key is withdrawn.
    var particulars: SignedObject?
    /// A request for a new key.
    var keyRequest: JoinRequest?

    /// Whether a key is withdrawn.
    var isSuspension: Bool { particulars?.claim(as: Suspension.self) != nil }
  }

  /// What the directory does not show yet, for a bundle to the registrar: a node without any line
  /// publishes an encryption key, withdraws a key and asks for a new one by disc.
  ///
  /// One bundle carries what one agency has to say: the node's own first, and of a hosted one the
  /// rest, when that is published.
  private func words(for reader: AgencyCode) async throws -> Words {
    guard try await store.read(ReadStanding()).registrar == reader else { return Words() }
    var words = Words()
    let hosted = try await desks.open()
    for desk in [office] + hosted where words.particulars == nil {
      words.particulars = try await desk.unpublished()
    }
    words.keyRequest = try await keyRequests().first?.joining.request
    return words
  }

  /// Reads a piece of a bundle; the last one ends it.
  func bundlePiece(_ request: API.BundlePieceRequest) async throws -> API.BundlePiece {
    let entry = try spool.entry(request.bundle)
    let pieces = (entry.byteCount + API.bundlePieceBytes - 1) / API.bundlePieceBytes
    guard (0..<max(1, pieces)).contains(request.piece), !entry.opening.isEmpty else {
      throw OfficeError(.notFound, ["id": "\(request.bundle)/\(request.piece)"])
    }
    let bytes = try await entry.read(
      request.piece * API.bundlePieceBytes, API.bundlePieceBytes)
    let isLast = request.piece >= pieces - 1
    if isLast { spool.remove(request.bundle) }
    return API.BundlePiece(content: Data(bytes).base64EncodedString(), last: isLast)
  }

  /// Begins to take a bundle over.
  func receiveBundle(_ request: API.ReceiveBundleRequest) throws -> API.ReceivedBundle {
    let limit = Exchange.Limits.bundleBytesMax + Exchange.Limits.bundleManifestBytesMax
    guard request.bytes > 0 else {
      throw OfficeError(.integrity, ["detail": "bundle.notABundle"])
    }
    guard request.bytes <= limit else {
      throw OfficeError(.tooLarge, ["bytes": "\(request.bytes)", "limit": "\(limit)"])
    }
    return API.ReceivedBundle(bundle: try spool.begin(byteCount: request.bytes).id, bytes: 0)
  }

  /// Takes a piece over.
  func putBundlePiece(_ request: API.PutBundlePieceRequest) async throws -> API.ReceivedBundle {
    var entry = try spool.entry(request.bundle)
    guard let bytes = Data(base64Encoded: request.content), !bytes.isEmpty,
      bytes.count <= API.bundlePieceBytes
    else { throw OfficeError(.malformed, ["detail": "bundle.base64"]) }
    guard entry.opening.isEmpty, (0...entry.present).contains(request.offset),
      bytes.count <= entry.byteCount - request.offset
    else {
      throw OfficeError(
        .conflict, ["detail": "bundle.order", "number": "\(entry.present)"])
    }
    try await entry.file.write(Array(bytes), at: request.offset)
    entry.present = max(entry.present, request.offset + bytes.count)
    spool.keep(entry, as: request.bundle)
    return API.ReceivedBundle(bundle: request.bundle, bytes: entry.present)
  }

  /// Checks a bundle that was handed over, takes it, and forgets the file in any case.
  func importBundle(
    _ request: API.ImportBundleRequest, by acting: Acting
  ) async throws -> API.ImportedBundle {
    let entry = try spool.entry(request.bundle)
    guard entry.opening.isEmpty, entry.present == entry.byteCount else {
      throw OfficeError(
        .conflict, ["detail": "bundle.order", "number": "\(entry.present)"])
    }
    defer { spool.remove(request.bundle) }
    let desk = synchronizer.desk
    do {
      let taken = try await ImportBundle(
        source: try await entry.file.bundle(), keys: decryption, signatory: desk.signatory,
        holed: try await office.holedDossiers()
      ).run(
        over: store, now: { office.clock.now }, settled: { desk.settled(Aftermath($0)) },
        fetched: { desk.settled(Aftermath($0)) })
      let sender = taken.manifest.signer
      if taken.comparison == .ahead { signals.ring(.restored) }
      if taken.isNewOutbox { desk.noticed(.newOutbox(sender)) }
      if taken.receipt == .wentBack { desk.noticed(.claimsMore(sender)) }
      if taken.queued > 0 { desk.bell.ring([sender]) }
      var imported = API.ImportedBundle(taken)
      imported.published = try await published(taken.particulars)
      imported.keyRequest = try await asked(taken.keyRequest, from: sender)
      try await office.record(
        API.importBundle.operation, on: imported.sender,
        detail: "\(imported.outbox) \(imported.from)-\(imported.to)"
          + (imported.repeated ? " repeated" : " stored \(imported.stored)")
          + (imported.repaired > 0 ? " repaired \(imported.repaired)" : ""), by: acting)
      return imported
    } catch {
      throw try await told(error, API.importBundle.operation, peer: "?", acting)
    }
  }

  /// Publishes, as registrar, what came by disc as it does what comes by line.
  private func published(_ signed: SignedObject?) async throws -> String? {
    guard let signed, let word = try await office.publish(signed) else { return nil }
    synchronizer.desk.settled(Aftermath(readers: [], changedDirectory: true, isWanting: false))
    return word.rawValue
  }

  /// Takes a request for a new key; the operator compares its fingerprint before it is proposed.
  private func asked(_ request: JoinRequest?, from sender: AgencyCode) async throws -> String? {
    guard let request else { return nil }
    let outcome = try await office.takeKeyRequest(request, from: sender)
    signals.ring(.directory)
    return outcome
  }

  /// What the caller is told; a refused bundle stands in the audit too.
  private func told(
    _ error: any Error, _ operation: String, peer: String, _ acting: Acting
  ) async throws -> any Error {
    guard let refusal = error as? BundleRefusal else { return error }
    if refusal.wentBack { signals.ring(.restored) }
    try await office.record(
      operation, on: refusal.agency?.rawValue ?? peer, outcome: refusal.code.rawValue, by: acting)
    return OfficeError(refusal, peer: peer)
  }
}

extension API.ExportedBundle {
  /// A bundle just made, as the API shows it.
  init(_ id: String, _ made: MadeBundle, _ words: OfficeDesk.Words) {
    let manifest = made.manifest
    self.init(
      bundle: id, sender: manifest.signer.rawValue, reader: manifest.reader.rawValue,
      outbox: manifest.outbox.hex, from: Int(clamping: manifest.first),
      to: Int(clamping: manifest.last), bytes: made.byteCount, pages: manifest.pages.count,
      receipt: made.carriesReceipt, wants: made.wants, pieces: made.pieces,
      suspension: words.isSuspension, keyRequest: words.keyRequest != nil, more: manifest.hasMore)
  }
}

extension API.ImportedBundle {
  /// A bundle just taken, as the API shows it.
  init(_ taken: TakenBundle) {
    let manifest = taken.manifest
    var receipted: Int?
    if case .kept(let number) = taken.receipt { receipted = Int(clamping: number) }
    self.init(
      sender: manifest.signer.rawValue, outbox: manifest.outbox.hex,
      from: Int(clamping: manifest.first), to: Int(clamping: manifest.last),
      repeated: taken.isRepeated, stored: taken.stored, known: taken.known, held: taken.held,
      rejected: taken.rejected, receipted: receipted, queued: taken.queued,
      pieces: taken.pieces, wentBack: taken.comparison == .ahead, repaired: taken.repaired,
      requestAlone: taken.isRequestAlone)
  }
}
