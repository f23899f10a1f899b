import Exchange
import Ledger
import Testing

/// The store under test as the node of B, which has no line to the registrar A, and a dossier of A
/// in which both have written.
private struct Discs<S: Store> {
  let a: SampleNode<MemoryStore>
  let b: SampleNode<S>
  let directory: DossierID
  let dossier: DossierID
  private(set) var written: [StoredChangeSet] = []

  init(_ store: S) async throws {
    a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    b = SampleNode(store, SampleAgency("B"))
    directory = try await a.found()
    try await b.join(a, directory)
    let grant = MembershipStatement.grant(Grant(agency: b.agency.code, ground: .admit))
    let first = try await a.append(nil, [Part(membership: [grant])])
    dossier = first.dossier
    for agency in [a.agency, b.agency] {
      let particulars = Particulars(
        signer: agency.code, key: agency.signatory.key.keyID, version: 1,
        encryptionKey: try Self.key(of: agency).encryptionKey.bytes)
      let signed = SignedObject(signing: particulars, with: agency.signatory.key)
      try await a.append(directory, [Part(directory: [.particulars(signed)])])
    }
    written = [first]
    for _ in 0..<2 {
      try await b.catchUp(with: a)
      written.append(try await b.append(dossier, [Part()]))
      try await a.catchUp(with: b)
      written.append(try await a.append(dossier, [Part()]))
    }
    try await b.catchUp(with: a)
  }

  static func key(of agency: SampleAgency) throws -> DecryptionKey {
    let seed = Hash256.sha256(Array("encryption of \(agency.code)".utf8)).bytes
    return try #require(DecryptionKey(rawRepresentation: seed))
  }

  /// The bytes of a disc.
  static func disc<F: Store>(
    from node: SampleNode<F>, to reader: SampleAgency, holed: [DossierID] = []
  ) async throws -> [UInt8] {
    let envelopes = Grown()
    let made = try await ExportBundle(
      reader: reader.code, signatory: node.agency.signatory, holed: holed
    ).run(over: node.store, now: { .sample }, write: { envelopes.all += $0 })
    return made.opening + envelopes.all
  }

  static func take<T: Store>(
    _ bytes: [UInt8], at node: SampleNode<T>, holed: [DossierID] = []
  ) async throws -> TakenBundle {
    try await ImportBundle(
      source: .memory(bytes), keys: DecryptionKeys(current: try key(of: node.agency)),
      signatory: node.agency.signatory, holed: holed
    ).run(over: node.store, now: { .sample })
  }

  /// What B's own check finds.
  func found() async throws -> SelfCheckReport {
    try await SelfChecking(repairs: false).run(
      over: b.store, now: { .sample },
      ask: { peer, _ in throw ExchangeError(.unavailable, "\(peer)") })
  }

  /// A disc of B that asks, and one of A that answers.
  func askedAndAnswered(holed: [DossierID]) async throws -> (asked: Int, taken: TakenBundle) {
    let asked = try await Self.take(Self.disc(from: b, to: a.agency, holed: holed), at: a)
    let taken = try await Self.take(Self.disc(from: a, to: b.agency), at: b, holed: holed)
    return (asked.queued, taken)
  }
}

/// Bytes that grow.
private final class Grown {
  var all: [UInt8] = []
}

extension StoreConformance {
  /// A node without any line asks by its next disc for what its log lacks, a stretch of it and one
  /// of its own change sets, and the disc that comes back fills it.
  func checkHolesByBundle<S: Store>(_ store: S) async throws {
    let scene = try await Discs(store)
    let (b, dossier) = (scene.b, scene.dossier)
    let lost = scene.written[1...3].map(\.id)
    try await store.write(Do(.forget(lost, dossier)))
    let holes = try await scene.found().holes
    #expect(!holes.isEmpty && holes.allSatisfy { $0.dossier == dossier })

    // Who was not told by a check which dossier is holed asks for nothing of it.
    let unasked = try await scene.askedAndAnswered(holed: [])
    #expect(unasked.asked == 0 && unasked.taken.repaired == 0)
    let (asked, taken) = try await scene.askedAndAnswered(holed: [dossier])
    #expect(asked >= lost.count, "the whole stretch by one disc")
    #expect(taken.repaired >= lost.count && taken.rejected == 0)
    #expect(taken.comparison != .ahead, "what was lost was here: nothing went back in time")
    #expect(try await scene.found().isConsistent)
    let next = try await b.append(dossier, [Part()])
    #expect(next.header.sequence == 3 && next.header.previous == scene.written[3].id)
    let again = try await scene.askedAndAnswered(holed: [dossier])
    #expect(again.asked == 0 && again.taken.repaired == 0, "nothing lacks any more")
  }

  /// A node whose directory has a hole gives nothing out but its request, and a disc fills the
  /// hole.
  func checkDirectoryByBundle<S: Store>(_ store: S) async throws {
    let scene = try await Discs(store)
    let (a, b, directory) = (scene.a, scene.b, scene.directory)
    let later = SampleAgency("C")
    try await a.carry(
      .admission(entry: later.entry, key: later.signatory.key.publicKey, particulars: nil),
      in: directory)
    try await b.catchUp(with: a)
    let owed = try await b.append(scene.dossier, [Part()])
    let newest = try #require(try await store.read(NewestEntryOf()))
    try await store.write(Do(.forget([newest], directory)))
    let hole = ExchangeError.hole(in: directory)
    await #expect(throws: hole) { try await b.append(scene.dossier, [Part()]) }

    let before = try await a.store.read(CursorOf(b.agency.code))
    let disc = try await Discs<S>.disc(from: b, to: a.agency)
    let file = try await BundleFile(reading: .memory(disc))
    let keys = DecryptionKeys(current: try Discs<S>.key(of: a.agency))
    let page = try await file.page(at: 0, with: keys)
    let returns = try await file.returns(with: keys)
    #expect(file.manifest.envelopes.count == 2 && page.deliveries.isEmpty)
    #expect(page.head.claim(as: HeadStatement.self)?.directory == nil)
    #expect(returns.receipt == nil && returns.head == nil && returns.held.isEmpty)
    #expect(returns.particulars == nil && returns.wants.contains(newest))
    let asked = try await Discs<S>.take(disc, at: a)
    #expect(asked.isRequestAlone && asked.queued > 0 && asked.receipt == nil)
    let after = try await a.store.read(CursorOf(b.agency.code))
    #expect(after == before, "nothing but the request was taken")

    let taken = try await Discs<S>.take(Discs<S>.disc(from: a, to: b.agency), at: b)
    #expect(taken.repaired > 0 && !taken.isRequestAlone)
    #expect(try await scene.found().isConsistent)
    #expect(try await store.read(NewestEntryOf()) == newest)
    let next = try await b.append(scene.dossier, [Part()])
    #expect(next.header.previous == owed.id)
    #expect(try await Discs<S>.take(Discs<S>.disc(from: b, to: a.agency), at: a).stored == 2)
  }
}

/// The registrar's newest entry.
private struct NewestEntryOf: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> ChangeSetID? {
    try transaction.directory()?.newest
  }
}
