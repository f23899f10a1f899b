package import Exchange
package import Ledger

/// Files in which their sender signs whatever it likes.
extension [UInt8] {
  /// The file with other returns, other copies in its one page, or another newest entry.
  ///
  /// - Parameters:
  ///   - returns: what is to travel back; nil leaves that as it is.
  ///   - copies: what an empty page is to carry.
  ///   - sender: who signs.
  ///   - key: the reader's key that it is sealed to.
  ///   - entry: what the manifest is to name as the newest entry.
  /// - Returns: the bytes of the file.
  /// - Throws: what reading or sealing throws.
  package func replacing(
    _ returns: BundleReturns? = nil, copies: [ReceivedChangeSet] = [],
    signedBy sender: Signatory, sealedTo key: EncryptionKey, naming entry: ChangeSetID? = nil
  ) async throws -> [UInt8] {
    var manifest = try await BundleFile(reading: .memory(self)).manifest
    var place = count - manifest.envelopes.reduce(0) { $0 + $1.byteCount }
    var envelopes: [[UInt8]] = []
    for entry in manifest.envelopes {
      envelopes.append(Array(self[place..<place + entry.byteCount]))
      place += entry.byteCount
    }
    func sealed(_ content: [UInt8], as kind: Envelope.Content) throws -> [UInt8] {
      let binding = Envelope.Binding(
        sender: sender.agency, reader: manifest.reader, content: kind)
      return try Envelope(sealing: content, binding, to: key).encoded()
    }
    if let entry { manifest.directory = entry }
    if !copies.isEmpty {
      let page = manifest.page(of: copies, signedBy: sender)
      envelopes[0] = try sealed(page.encoded(), as: .page)
      manifest.envelopes[0].last = manifest.last
    }
    if let returns {
      envelopes[manifest.returnsIndex] = try sealed(returns.encoded(), as: .returns)
    }
    for (index, envelope) in envelopes.enumerated() {
      manifest.envelopes[index].byteCount = envelope.count
      manifest.envelopes[index].digest = .sha256(envelope)
    }
    return BundleFile.opening(SignedObject(signing: manifest, with: sender.key))
      + envelopes.flatMap(\.self)
  }
}

extension BundleSource {
  /// Bytes in memory; a place outside them is a fault of the reader.
  package static func memory(_ bytes: [UInt8]) -> BundleSource {
    BundleSource(byteCount: bytes.count) { offset, count in
      Array(bytes[offset..<offset + count])
    }
  }
}

extension BundleManifest {
  /// A page of copies behind the last number, which is noted.
  fileprivate mutating func page(
    of copies: [ReceivedChangeSet], signedBy sender: Signatory
  ) -> DeliveryPage {
    var deliveries: [Delivery] = []
    for copy in copies {
      last += 1
      runningHash = RunningHash.next(
        after: runningHash, outbox: outbox, number: last, change: copy.id,
        parts: RunningHash.bits(of: copy.parts.keys))
      deliveries.append(Delivery(number: last, content: .changeSet(copy)))
    }
    let statement = HeadStatement(
      signer: sender.agency, key: sender.key.keyID, reader: reader, outbox: outbox, number: last,
      runningHash: runningHash, directory: directory, page: DeliveryPage.digest(of: deliveries))
    return DeliveryPage(
      deliveries: deliveries, head: SignedObject(signing: statement, with: sender.key))
  }
}
