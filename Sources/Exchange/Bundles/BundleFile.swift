package import Ledger
import Wire

/// Where the bytes of a bundle are: a file in production, an array in tests.
package struct BundleSource: Sendable {
  /// How many bytes there are.
  package let byteCount: Int
  /// Reads exactly so many bytes from a place that has them.
  package let read: @Sendable (_ offset: Int, _ count: Int) async throws -> [UInt8]

  /// Takes a size and a way to read.
  package init(
    byteCount: Int, read: @escaping @Sendable (_ offset: Int, _ count: Int) async throws -> [UInt8]
  ) {
    self.byteCount = byteCount
    self.read = read
  }
}

/// The bytes of a bundle file, `*.gtb`.
///
/// ```
/// "GTB1\n"   length of the signed manifest, 4 bytes, most significant first   signed manifest
/// envelope   envelope   …                     each as long as the manifest says, nothing after:
///                                             pages, the returns, pieces of attachments
/// ```
package struct BundleFile: Sendable {
  /// What every bundle begins with.
  package static let magic = Array("GTB1\n".utf8)

  private let source: BundleSource
  /// The manifest as signed.
  package let signed: SignedObject
  /// What the manifest says.
  package let manifest: BundleManifest
  /// Where each envelope begins.
  private let offsets: [Int]

  /// What stands before the envelopes.
  package static func opening(_ manifest: SignedObject) -> [UInt8] {
    let bytes = LawfulForm.encode(manifest.wire)
    let length = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) }
    return magic + length + bytes
  }

  /// Reads the opening: form, sizes, and the signature by the key that the manifest names.
  ///
  /// Whose key that is, the caller finds in a directory.
  ///
  /// - Throws: ``BundleRefusal``, or what reading throws.
  package init(reading source: BundleSource) async throws {
    let start = Self.magic.count + 4
    guard source.byteCount >= start else {
      throw BundleRefusal(source.byteCount == 0 ? .notABundle : .truncated)
    }
    let head = try await source.read(0, start)
    guard Array(head.prefix(Self.magic.count)) == Self.magic else {
      throw BundleRefusal(.notABundle)
    }
    let length = head.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    guard length <= Limits.bundleManifestBytesMax else { throw BundleRefusal(.manifest) }
    guard source.byteCount >= start + length else { throw BundleRefusal(.truncated) }
    let bytes = try await source.read(start, length)
    guard let wire = LawfulForm.decode(WireSignedObject.self, bytes),
      let claim = SignedObject(wire: wire).claim(as: BundleManifest.self),
      let key = VerificationKey(bytes: claim.publicKey)
    else { throw BundleRefusal(.manifest) }
    let signed = SignedObject(wire: wire)
    guard let manifest = signed.verified(as: BundleManifest.self, by: key) else {
      throw BundleRefusal(.signature)
    }
    var offsets = [start + length]
    for entry in manifest.envelopes { offsets.append((offsets.last ?? 0) + entry.byteCount) }
    let end = offsets.removeLast()
    guard source.byteCount >= end else { throw BundleRefusal(.truncated) }
    guard source.byteCount == end else { throw BundleRefusal(.overlong) }
    self.source = source
    self.signed = signed
    self.manifest = manifest
    self.offsets = offsets
  }

  /// The key that the manifest names and that made its signature.
  package var signingKey: VerificationKey? { VerificationKey(bytes: manifest.publicKey) }

  /// One envelope as it stands in the file, held against its digest.
  package func envelope(at index: Int) async throws -> Envelope {
    let entry = manifest.envelopes[index]
    let bytes = try await source.read(offsets[index], entry.byteCount)
    guard Hash256.sha256(bytes) == entry.digest else {
      throw BundleRefusal(.digest, envelope: index + 1)
    }
    guard let envelope = Envelope.decode(bytes), envelope.key == manifest.envelopeKey else {
      throw BundleRefusal(.content, envelope: index + 1)
    }
    return envelope
  }

  /// One page, opened and held against the manifest.
  package func page(at index: Int, with keys: DecryptionKeys) async throws -> DeliveryPage {
    let content = try await open(index, as: .page, with: keys)
    let entry = manifest.envelopes[index]
    guard let page = DeliveryPage.decode(content), let key = signingKey,
      let head = page.head.verified(as: HeadStatement.self, by: key),
      head.signer == manifest.signer, head.reader == manifest.reader,
      head.outbox == manifest.outbox, head.number >= entry.last,
      head.page == page.digest,
      UInt64(page.deliveries.count) == entry.last + 1 - entry.first
    else { throw BundleRefusal(.content, envelope: index + 1) }
    return page
  }

  /// What travels back, opened.
  package func returns(with keys: DecryptionKeys) async throws -> BundleReturns {
    let index = manifest.returnsIndex
    let content = try await open(index, as: .returns, with: keys)
    guard let returns = BundleReturns.decode(content) else {
      throw BundleRefusal(.content, envelope: index + 1)
    }
    return returns
  }

  /// Pieces of attachments, opened; that they are the attachments' is not looked at here.
  package func pieces(at index: Int, with keys: DecryptionKeys) async throws -> BundlePieces {
    let content = try await open(index, as: .pieces, with: keys)
    guard let pieces = BundlePieces.decode(content) else {
      throw BundleRefusal(.content, envelope: index + 1)
    }
    return pieces
  }

  private func open(
    _ index: Int, as content: Envelope.Content, with keys: DecryptionKeys
  ) async throws -> [UInt8] {
    let envelope = try await envelope(at: index)
    let binding = Envelope.Binding(
      sender: manifest.signer, reader: manifest.reader, content: content)
    guard let bytes = envelope.opened(binding, with: keys) else {
      throw BundleRefusal(.envelope, envelope: index + 1)
    }
    return bytes
  }
}

extension BundleFile {
  /// Checks every digest, and with keys also that everything opens and is what the manifest says,
  /// one envelope in memory at a time.
  ///
  /// - Parameters:
  ///   - keys: the reader's keys; nil checks the digests only.
  ///   - known: the number up to which the outbox is here already, and h of it: where the bundle
  ///     passes it, both must agree.
  ///   - seen: called for every page in its order.
  ///   - seenPieces: called for every envelope with pieces in its order, after the pages.
  /// - Throws: ``BundleRefusal`` for the first thing that is wrong, or what reading throws.
  package func check(
    with keys: DecryptionKeys?, known: (number: UInt64, hash: Hash256)? = nil,
    seen: (DeliveryPage) -> Void = { _ in }, seenPieces: (BundlePieces) -> Void = { _ in }
  ) async throws {
    guard let keys else {
      for index in manifest.envelopes.indices { _ = try await envelope(at: index) }
      return
    }
    var walk = OutboxWalk(manifest.outbox, from: manifest.first - 1, hash: manifest.before)
    for index in manifest.pages.indices {
      let page = try await page(at: index, with: keys)
      try hold(walk, against: known)
      for delivery in page.deliveries {
        guard walk.take(delivery) else { throw BundleRefusal(.content, envelope: index + 1) }
        try hold(walk, against: known)
      }
      seen(page)
    }
    guard walk.number == manifest.last, walk.hash == manifest.runningHash else {
      throw BundleRefusal(.content)
    }
    _ = try await returns(with: keys)
    for index in manifest.pieceIndices { seenPieces(try await pieces(at: index, with: keys)) }
  }

  private func hold(
    _ walk: OutboxWalk, against known: (number: UInt64, hash: Hash256)?
  ) throws {
    if let known, known.number == walk.number, known.hash != walk.hash {
      throw BundleRefusal(.otherHistory, number: walk.number)
    }
  }
}
