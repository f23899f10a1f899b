import Exchange
import Ledger
import Testing

/// An encryption key made from the name of an agency.
private func decryptionKey(of agency: SampleAgency) throws -> DecryptionKey {
  let seed = Hash256.sha256(Array("encryption of \(agency.code)".utf8)).bytes
  return try #require(DecryptionKey(rawRepresentation: seed))
}

extension StoreConformance.Past {
  /// Publishes a key of B that discs are sealed to.
  fileprivate func publishKey() async throws {
    let particulars = Particulars(
      signer: b.agency.code, key: b.agency.signatory.key.keyID, version: 1,
      encryptionKey: try decryptionKey(of: b.agency).encryptionKey.bytes)
    let signed = SignedObject(signing: particulars, with: b.agency.signatory.key)
    try await a.append(directory, [Part(directory: [.particulars(signed)])])
    try await b.catchUp(with: a)
  }

  /// The bytes of a disc from A to B.
  fileprivate func disc(isFromStart: Bool = false) async throws -> [UInt8] {
    let envelopes = WrittenBytes()
    let made = try await ExportBundle(
      reader: b.agency.code, signatory: a.agency.signatory, isFromStart: isFromStart
    ).run(over: a.store, now: { .sample }, write: { envelopes.all += $0 })
    return made.opening + envelopes.all
  }

  /// Two steps of B that are lost with the database it is restored without.
  fileprivate func twoSteps() async throws -> [StoredChangeSet] {
    [try await b.append(dossier, [Part()]), try await b.append(dossier, [Part()])]
  }
}

/// Bytes that grow.
private final class WrittenBytes {
  var all: [UInt8] = []
}

extension SampleNode {
  /// Takes a disc.
  fileprivate func take(_ bytes: [UInt8]) async throws -> TakenBundle {
    try await ImportBundle(
      source: .memory(bytes), keys: DecryptionKeys(current: try decryptionKey(of: agency)),
      signatory: agency.signatory
    ).run(over: store, now: { .sample })
  }
}

extension StoreConformance {
  /// A node without any line is told by a disc that its database went back in time, has from
  /// another what it wrote, and goes on without using a sequence twice.
  func checkBundledPast<S: Store>(_ store: S) async throws {
    let past = try await Past()
    try await past.publishKey()
    let b = try await past.restored(over: store)
    // From before anything was lost: it agrees, whatever came later.
    let old = try await past.disc()
    let written = try await past.twoSteps()
    try await past.a.catchUp(with: past.b)
    let outbox = try await store.read(SeeNode()).outbox
    #expect(try await b.take(old).comparison == .agrees)
    #expect(try await store.read(SeeNode()).restored == nil)

    let disc = try await past.disc()
    #expect(try await b.take(disc).comparison == .ahead)
    let marked = try await store.read(SeeNode())
    #expect(marked.restored?.witness == past.a.agency.code)
    #expect(marked.outbox != outbox, "numbers once given are not given again for others")
    let alarm = try await store.read(ReadAlarms()).first
    #expect(alarm?.kind == .wentBack && alarm?.evidence.isEmpty == false)
    await #expect(throws: SampleNode<S>.Refused.self) { try await b.append(past.dossier, [Part()]) }
    let alarms = try await store.read(ReadAlarms()).count
    #expect(try await b.take(disc).comparison == nil, "it is known already")
    #expect(try await store.read(ReadAlarms()).count == alarms)

    let whole = try await b.take(past.disc(isFromStart: true))
    #expect(whole.stored == 2)
    let standing = try await store.read(ReadRestored(signatory: b.agency.signatory))
    #expect(standing?.returned.map(\.id).sorted() == written.map(\.id).sorted())
    #expect(standing?.held.isEmpty == true)
    try await store.write(ResumeAfterRestore(outbox: Entropy.system.outboxID()))
    #expect(try await b.take(past.disc()).comparison == .agrees)
    let next = try await b.append(past.dossier, [Part()])
    #expect(next.header.sequence == 3 && next.header.previous == written[1].id)
  }

  /// What a disc shows of a node that is known to have gone back in time counts, too.
  ///
  /// The node does not go on by itself without its sender. What is shown again is no news, makes no
  /// reader begin anew, and is settled once a person has decided.
  func checkShownLater<S: Store>(_ store: S) async throws {
    let past = try await Past()
    try await past.publishKey()
    let b = try await past.restored(over: store)
    let old = try await past.disc()
    _ = try await past.twoSteps()
    try await past.a.catchUp(with: past.b)
    // Its marker told it at the start.
    try await store.write(
      MarkRestored(witness: b.agency.code, subject: "marker", now: .sample))
    let marked = try await store.read(SeeNode())
    let known = try #require(marked.restored)
    #expect(try await b.take(old).comparison == nil, "from before the loss")
    #expect(try await store.read(SeeNode()).restored == known)

    let disc = try await past.disc()
    #expect(try await b.take(disc).comparison == .ahead)
    let shown = try await store.read(SeeNode())
    #expect(shown.restored?.witnesses == [b.agency.code, past.a.agency.code])
    #expect(shown.outbox == marked.outbox)
    let byItself = ResumeWhenWhole(
      signatory: b.agency.signatory, state: known, outbox: Entropy.system.outboxID())
    #expect(try await store.write(byItself) == false, "it was asked before A showed it")
    #expect(try await b.take(disc).comparison == nil)
    #expect(try await store.read(SeeNode()) == shown)

    try await store.write(ResumeAfterRestore(outbox: Entropy.system.outboxID()))
    #expect(try await b.take(past.disc()).comparison == .agrees)
    #expect(try await store.read(SeeNode()).restored == nil)
  }

  /// What a peer only holds of a node's own chain comes back by disc and proves the loss.
  func checkBundledHeldOwn<S: Store>(_ store: S) async throws {
    let past = try await Past()
    try await past.publishKey()
    let b = try await past.restored(over: store)
    let written = try await past.twoSteps()
    // A has heard the second alone, and nothing else of B's outbox.
    let copy = ReceivedChangeSet(written[1], parts: written[1].parts)
    _ = try await past.a.store.write(
      TakeFetched(
        peer: b.agency.code, deliveries: [Delivery(number: 0, content: .changeSet(copy))],
        now: .sample))
    let taken = try await b.take(past.disc())
    #expect(taken.comparison == .ahead && taken.held == 1)
    let standing = try await store.read(ReadRestored(signatory: b.agency.signatory))
    #expect(standing?.held.map(\.id) == [written[1].id])
    // The first turns up at last, and A stores both.
    let first = ReceivedChangeSet(written[0], parts: written[0].parts)
    _ = try await past.a.store.write(
      TakeFetched(
        peer: b.agency.code, deliveries: [Delivery(number: 0, content: .changeSet(first))],
        now: .sample))
    #expect(try await b.take(past.disc(isFromStart: true)).stored == 2)
    let whole = try await store.read(ReadRestored(signatory: b.agency.signatory))
    #expect(whole?.held.isEmpty == true && whole?.returned.count == 2)
  }
}
